import type { SearchKind } from '../search-kinds'
import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import type { Db, SqlValue } from '../sql'
import type { TouchKind } from './stale'
import type { Touched } from './touched'

export type CellValue = Exclude<SqlValue, boolean | bigint | Buffer>

/** What a row says in the search index. */
export interface SearchText {
  kind: SearchKind
  clientId: string | null
  /** Not folded yet. */
  text: string
}

/** How one dataset's entities lie in their table. `columns` and `cells` go in step; `connection_id`, `id` and `extra` are added for all. */
export interface EntityTable<D extends Dataset> {
  dataset: D
  table: string
  columns: readonly ColumnName[]
  cells(entity: EntityOf[D]): CellValue[]
  /** The client that a row's changes are told under, where there is one. */
  clientOf(entity: EntityOf[D], context: RowContext): string | null
  search?(entity: EntityOf[D], context: RowContext): SearchText
  /** true: what the store holds is newer than this row, which only counts as seen. */
  isStale?(entity: EntityOf[D], context: RowContext & { rowid: number }): boolean
  /** The figures kept beside the rows that stand on this one: told where the row comes, goes, or one of these columns changes. */
  touches?: readonly Touches[]
  /** Other rows that must follow an added or changed one, in the same transaction. */
  follow?(entity: EntityOf[D], context: RowContext): void
  /** Other rows that must go with a removed one, in the same transaction. */
  remove?(id: string, context: RowContext): void
}

interface Touches {
  kind: TouchKind
  /** The column that names whose figures they are; a change of it is told under both. */
  by: string
  of: readonly string[]
  /** Only rows whose number in this column is below zero count in them. */
  negative?: string
}

export interface RowContext {
  db: Db
  connectionId: string
  /** Our clock when the page was asked for. */
  askedAt: number
  removedNotes: ReadonlyMap<string, number>
  /** Gathers whose figures stand on the rows that are written. */
  touched?: Touched
  /** Names that came nested in the same page: a client is found by its contract before the contracts are walked. */
  contractNames?: ReadonlyMap<string, string>
}

/** A column and the field that a change of it is told under; null: derived from another column, not told. */
export type ColumnName = readonly [column: string, field: string | null]

/** Columns whose field has the same name but for its case: `created_at` is told as `createdAt`. */
export const named = (...columns: string[]): ColumnName[] =>
  columns.map((column) => [column, column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] as const)

export const flag = (value: boolean | null): number | null => (value === null ? null : Number(value))
