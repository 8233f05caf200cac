import type { z } from 'zod'
import type { Money } from '@shared/domain/money'
import { foldText } from '@shared/domain/text'
import type { SqlValue } from '../sql'

export type CellValue = Exclude<SqlValue, boolean | bigint | Buffer>

export interface Column<E> {
  name: string
  type: 'TEXT' | 'INTEGER' | 'REAL'
  nullable: boolean
  /** What a change of it is told under; null: derived from another column, not told and not dumped. */
  field: string | null
  /** The cell is JSON. */
  json: boolean
  cell: (entity: E) => CellValue
}

type KeysOf<E, V> = { [K in keyof E]-?: E[K] extends V ? K : never }[keyof E] & string
interface Named {
  id: string
  name: string
}

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/**
 * Builds the columns of one entity, field by field: `createdAt` lies in `created_at`. Whether a column may be empty is
 * what the entity's schema says of the field.
 */
export const columnsOf = <S extends z.ZodRawShape>(schema: z.ZodObject<S>) => {
  type E = z.infer<z.ZodObject<S>>
  const nullable = (key: string): boolean => (schema.shape[key] as unknown as z.ZodType).safeParse(null).success
  const column = (key: string, { name, type, ...more }: Pick<Column<E>, 'name' | 'type' | 'cell'> & Partial<Column<E>>): Column<E> => ({
    name,
    type,
    nullable: nullable(key),
    field: camel(name),
    json: false,
    ...more,
  })
  const plain =
    (type: Column<E>['type']) =>
    <K extends KeysOf<E, string | number | null>>(...keys: K[]): Column<E>[] =>
      keys.map((key) => column(key, { name: snake(key), type, cell: (entity) => entity[key] as CellValue }))
  const inside = <T>(key: string, part: string, cell: (value: T) => CellValue): Column<E> => {
    const read = (entity: E): CellValue => {
      const value = (entity as Record<string, unknown>)[key] as T | null
      return value === null ? null : cell(value)
    }
    return column(key, { name: `${snake(key)}_${part}`, type: 'TEXT', cell: read })
  }
  const ref = <K extends KeysOf<E, Named | null>>(key: K): Column<E>[] => [
    inside<Named>(key, 'id', ({ id }) => id),
    inside<Named>(key, 'name', ({ name }) => name),
  ]
  return {
    text: plain('TEXT'),
    /** Times, counts and whatever else is whole. */
    integer: plain('INTEGER'),
    real: plain('REAL'),
    flag: <K extends KeysOf<E, boolean | null>>(...keys: K[]): Column<E>[] =>
      keys.map((key) => {
        const cell = (entity: E): CellValue => (entity[key] === null ? null : Number(entity[key]))
        return column(key, { name: snake(key), type: 'INTEGER', cell })
      }),
    /** Lists and records; one that is not known is the JSON `null`. */
    json: <K extends keyof E & string>(...keys: K[]): Column<E>[] =>
      keys.map((key) =>
        column(key, { name: snake(key), type: 'TEXT', nullable: false, json: true, cell: (entity) => JSON.stringify(entity[key]) }),
      ),
    /** A text as it is sorted by and looked for: `name_folded`. */
    folded: <K extends KeysOf<E, string | null>>(...keys: K[]): Column<E>[] =>
      keys.map((key) => {
        const cell = (entity: E): CellValue => {
          const text = entity[key] as string | null
          return text === null ? null : foldText(text)
        }
        return column(key, { name: `${snake(key)}_folded`, type: 'TEXT', field: null, cell })
      }),
    /** A text that lies under another name than its own. */
    renamed: <K extends KeysOf<E, string | null>>(key: K, name: string): Column<E>[] => [
      column(key, { name, type: 'TEXT', field: key, cell: (entity) => entity[key] as CellValue }),
    ],
    /** `partner_id` and `partner_name`. */
    ref,
    /** A reference with its kind: `hypervisor_type`, `left_entity`. */
    kindRef: <P extends string, K extends KeysOf<E, (Named & Record<P, string | null>) | null>>(key: K, part: P): Column<E>[] => [
      ...ref(key as unknown as KeysOf<E, Named | null>),
      { ...inside<Record<P, string | null>>(key, part, (value) => value[part]), nullable: true },
    ],
    /** `balance_minor`, told as `balance`, and `currency`. */
    money: <K extends KeysOf<E, Money | null>>(key: K): Column<E>[] => [
      { ...inside<Money>(key, 'minor', ({ minor }) => minor), type: 'INTEGER', field: key },
      { ...inside<Money>(key, 'currency', ({ currency }) => currency), name: 'currency', field: 'currency' },
    ],
  }
}
