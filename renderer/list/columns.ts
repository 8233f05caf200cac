import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { TableColumn } from '@renderer/ui/table/types'
import type { ListSpec } from '@shared/domain/list-spec'
import type { Money } from '@shared/domain/money'
import type { FileColumn } from '@shared/ipc/list'
import { sayFor, type ListText, type ListTexts } from './words'

/** A column of a list, and what of it goes into a file. */
export interface ListColumn<Row> extends TableColumn<Row> {
  file: FileColumn[]
}
interface Shape<Row> {
  /** The row's field, where it is not called as the column is. */
  of?: keyof Row & string
  width: number
  rank: number
  grow?: number
  short?: string
}

/** Columns by what they hold: text, number, money and moments look, sort, copy and are written to files alike in all lists. */
export const useColumnKinds = <Row extends object>({ spec, texts }: { spec: ListSpec; texts: ListTexts }) => {
  const t = useText()
  const f = useFormat()
  const say = sayFor(texts, t)
  const at = (row: Row, field: string): unknown => (row as Record<string, unknown>)[field]
  const head = (key: string, { width, rank, grow, short }: Shape<Row>) => ({
    key,
    label: say(`col.${key}`),
    width,
    rank,
    ...(grow === undefined ? {} : { grow }),
    ...(short === undefined ? {} : { short }),
    ...(spec.sorts.includes(key) ? { sort: spec.down.includes(key) ? ('desc' as const) : true } : {}),
  })
  const number = (row: Row, field: string): number | null => {
    const value = at(row, field)
    return typeof value === 'number' ? value : null
  }
  const moment =
    (as: 'day' | 'moment') =>
    (key: string, shape: Shape<Row>): ListColumn<Row> => {
      const field = shape.of ?? key
      const shown = (ms: number): string => (as === 'day' ? f.dateShort(ms) : `${f.dateShort(ms)} ${f.time(ms)}`)
      const text = (row: Row): string => {
        const value = number(row, field)
        return value === null ? '—' : shown(value)
      }
      return { ...head(key, shape), end: as === 'day', text, file: [{ field, as, title: say(`col.${key}`) }] }
    }
  return {
    text: (key: string, shape: Shape<Row> & { text?: (row: Row) => string; file?: FileColumn[] }): ListColumn<Row> => {
      const field = shape.of ?? key
      const plain = (row: Row): string => {
        const value = at(row, field)
        return typeof value === 'string' ? value : '—'
      }
      return { ...head(key, shape), text: shape.text ?? plain, file: shape.file ?? [{ field, as: 'text', title: say(`col.${key}`) }] }
    },
    /** A code with the words for those that the list knows; another one is shown as it is. */
    code: (key: string, shape: Shape<Row> & { known: readonly string[] }): ListColumn<Row> => {
      const field = shape.of ?? key
      const words = Object.fromEntries(shape.known.map((code) => [code, say(`value.${key}.${code}` as ListText)]))
      const text = (row: Row): string => {
        const value = at(row, field)
        return typeof value === 'string' ? (words[value] ?? value) : '—'
      }
      return { ...head(key, shape), text, file: [{ field, as: 'text', title: say(`col.${key}`), words }] }
    },
    count: (key: string, shape: Shape<Row>): ListColumn<Row> => {
      const field = shape.of ?? key
      const put = (form: (n: number) => string, none: string) => (row: Row) => {
        const value = number(row, field)
        return value === null ? none : form(value)
      }
      return {
        ...head(key, shape),
        end: true,
        text: put(f.num, '—'),
        copy: put(f.plain, ''),
        file: [{ field, as: 'number', title: say(`col.${key}`) }],
      }
    },
    /** A sum of money, and its currency beside it in a file, so that no sum stands without one. */
    money: (key: string, shape: Shape<Row>): ListColumn<Row> => {
      const field = shape.of ?? key
      const put = (form: (money: Money) => string, none: string) => (row: Row) => {
        const value = at(row, field) as Money | null | undefined
        return value ? form(value) : none
      }
      const file: FileColumn[] = [
        { field, as: 'money', title: say(`col.${key}`) },
        { field, as: 'currency', title: t('list.currency') },
      ]
      return { ...head(key, shape), end: true, text: put(f.money, '—'), copy: put(({ minor }) => f.plain(minor / 100), ''), file }
    },
    day: moment('day'),
    moment: moment('moment'),
  }
}
