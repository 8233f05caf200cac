import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import type { SearchKind } from '@shared/domain/dataset-names'
import type { Touched } from '../cache/touched'
import type { TouchKind } from '../cache/stale'
import type { Db } from '../sql'
import type { Column } from './columns'

/**
 * Everything that the store and the sync know of one dataset. `connection_id`, `id`, `extra`, `hash` and `walk` are columns
 * of every table and not named.
 */
export interface DatasetDescriptor<D extends Dataset> {
  dataset: D
  table: string
  columns: readonly Column<EntityOf[D]>[]
  /**
   * The client that what comes, changes and goes is told under in the journal; null: under nobody. 'none': nothing of
   * this dataset is told, it is a journal itself.
   */
  journal: ((row: RowText, context: RowContext) => string | null) | 'none'
  /** What a row is found by. */
  search?: {
    kind: SearchKind
    text: (entity: EntityOf[D], context: RowContext) => string
    /** The row keeps the client that it is told under, so that finding it finds whose it is. */
    keepsClient: boolean
  }
  /** It hardly ever changes, and no figure stands on its being fresh: read less often the longer it stays the same. */
  rests?: true
  /** Its rows come nested in this other one where a deployment does not list them by themselves. */
  nestedIn?: Dataset
  /** true: what the store holds is newer than this row, which only counts as seen. */
  isStale?(entity: EntityOf[D], context: RowContext & { rowid: number }): boolean
  /** The figures kept beside the rows that stand on this one: told where the row comes, goes, or one of these columns changes. */
  touches?: readonly Touches[]
  /** Other rows that must follow an added or changed one, in the same transaction. */
  follow?(entity: EntityOf[D], context: RowContext): void
  /** Other rows that must go with a removed one, in the same transaction. */
  remove?(id: string, context: RowContext): void
}

/** A row's text in one of its columns, of a row that is written as of one that goes. @throws where there is no such column. */
export type RowText = (column: string) => string | null

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

export const ofNobody = (): null => null
