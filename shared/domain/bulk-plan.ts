import type { BulkCell } from './bulk-rules'
import type { LimitPlace } from './limit-cells'
import { limitWarnings, type LimitWarning } from './limit-matrix'

export interface PlannedCell extends BulkCell {
  warnings: LimitWarning[]
  /** `was` is what our own change, still on its way, makes of it. */
  waiting: boolean
}
/**
 * `unread`: this client's limits were never read, so nobody knows what a rule would change. `undecided`: an own change of
 * them waits for the person's decision, and nothing goes out behind it.
 */
export type RowState = 'changed' | 'same' | 'unread' | 'undecided'
/** In which order rows stand: what needs eyes first. */
export const bulkGroups = ['check', 'plain', 'same', 'out'] as const
export type BulkGroup = (typeof bulkGroups)[number]

export interface PlannedRow {
  clientId: string
  name: string
  partnerId: string | null
  state: RowState
  cells: PlannedCell[]
}

export const isChanged = ({ was, then }: Pick<BulkCell, 'was' | 'then'>): boolean => was !== then

/** A cell with what to think of before it is sent. `limit` is the partner's own at this place. */
export const planned = (cell: BulkCell, { limit, waiting }: { limit: number | null; waiting: boolean }): PlannedCell => ({
  ...cell,
  waiting,
  warnings: isChanged(cell) ? limitWarnings({ was: cell.was, use: cell.use, room: { limit, given: null } }, cell.then) : [],
})

export const stateOfRow = (cells: readonly PlannedCell[], of: { read: boolean; undecided: boolean }): RowState => {
  if (!of.read) return 'unread'
  if (!cells.some(isChanged)) return 'same'
  return of.undecided ? 'undecided' : 'changed'
}

/** How much a row needs eyes: 3 what may be refused or closes a client in, 2 what stands on another change, 1 what is out of the usual, 0 nothing. */
export const concern = ({ cells, state }: Pick<PlannedRow, 'cells' | 'state'>): number => {
  if (state !== 'changed') return 0
  if (cells.some(({ warnings }) => warnings.length > 0)) return 3
  if (cells.some((cell) => cell.waiting && isChanged(cell))) return 2
  return cells.some((cell) => cell.remark !== null || (isChanged(cell) && (cell.was === null || cell.then === null))) ? 1 : 0
}

export const groupOf = (row: Pick<PlannedRow, 'cells' | 'state'>): BulkGroup => {
  if (row.state === 'same') return 'same'
  if (row.state !== 'changed') return 'out'
  return concern(row) > 0 ? 'check' : 'plain'
}

/** What a place comes to over the rows that will change. Limits that are not set are counted, never summed as 0. */
export interface PlaceTotal extends LimitPlace {
  key: string
  clients: number
  was: number
  then: number
  added: number
  removed: number
}
export const totalsOf = (rows: readonly Pick<PlannedRow, 'cells' | 'state'>[]): PlaceTotal[] => {
  const totals = new Map<string, PlaceTotal>()
  for (const { cells, state } of rows) {
    if (state !== 'changed') continue
    for (const cell of cells.filter(isChanged)) {
      const sum = totals.get(cell.key) ?? {
        key: cell.key,
        hypervisorId: cell.hypervisorId,
        type: cell.type,
        clients: 0,
        was: 0,
        then: 0,
        added: 0,
        removed: 0,
      }
      sum.clients++
      sum.was += cell.was ?? 0
      sum.then += cell.then ?? 0
      sum.added += cell.was === null ? 1 : 0
      sum.removed += cell.then === null ? 1 : 0
      totals.set(cell.key, sum)
    }
  }
  return [...totals.values()]
}
