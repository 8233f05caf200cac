import type { Dataset } from '@shared/domain/datasets'
import type { Store } from '../connection'
import { descriptorOf } from '../datasets'
import { listOf } from '../read/query'
import { all, get, inTransaction, run, sql, trusted, type Db, type Query } from '../sql'
import { emptyState, readState, writeState } from './dataset-state'
import { stampCounted } from './stale'

interface Appended {
  connectionId: string
  dataset: Dataset
}

/** Which of these rows were there when the list was last known without a gap. */
export const knownAtMark = (
  { cache }: Store,
  { connectionId, dataset, ids, mark }: Appended & { ids: string[]; mark: number },
): Set<string> => {
  const table = trusted(descriptorOf(dataset).table)
  const rows = all<{ id: string }>(
    cache,
    sql`SELECT id FROM ${table} WHERE connection_id = ${connectionId} AND id IN ${listOf(ids)} AND walk BETWEEN 0 AND ${mark}`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** What tells a row that could not be read from another: its id, or all that came where it has none. */
export const unreadKey = ({ id, raw }: { id: string | null; raw: unknown }): string => id ?? JSON.stringify(raw)

const wholeRows = ({ connectionId, dataset }: Appended): Query =>
  sql`FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = '' AND field IS NULL`

/** The rows that could not be read so far. */
export const knownUnread = ({ cache }: Store, list: Appended): Set<string> =>
  new Set(all<{ key: string }>(cache, sql`SELECT coalesce(row_id, raw) AS key ${wholeRows(list)}`).map(({ key }) => key))

interface Reached extends Appended {
  asOf: number
  /** How many rows the platform counts that are known here now; null: it does not count them. */
  total: number | null
  /** The whole list was read, not only its beginning. */
  whole: boolean
}

/** Ends a reading that left no gap: from here on what it saw is known. */
export const completeAppended = (store: Store, { asOf, total, whole, ...list }: Reached): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, list.connectionId, list.dataset) ?? emptyState(list.dataset)
    const end = { cursor: null, running: false, complete: true, asOf, error: null, confirms: null, confirmsAt: null, suspect: 0 }
    writeState(store.cache, list.connectionId, { ...state, ...end, markWalk: state.walk, markTotal: total })
    forgetRead(store.cache, list, { walk: state.walk, whole })
    recountUnread(store, list)
    stampCounted(store.cache, list.connectionId)
  })
}

/** Of a row that was seen again the last reading counts; what lies deeper and could not be read still cannot. */
const forgetRead = (db: Db, { connectionId, dataset }: Appended, { walk, whole }: { walk: number; whole: boolean }): void => {
  const table = trusted(descriptorOf(dataset).table)
  const older = sql`connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = '' AND walk < ${walk}`
  const again = sql`SELECT coalesce(row_id, raw) FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = '' AND walk = ${walk}`
  const seen = sql`coalesce(row_id, raw) IN (${again}) OR EXISTS (SELECT 1 FROM ${table} t
    WHERE t.connection_id = ${connectionId} AND t.id = unreadable.row_id AND t.walk = ${walk})`
  run(db, whole ? sql`DELETE FROM unreadable WHERE ${older}` : sql`DELETE FROM unreadable WHERE ${older} AND (${seen})`)
}

/** Counts what could not be read over all readings: each reading sees only the beginning. */
export const recountUnread = ({ cache }: Store, list: Appended): void => {
  const unread = get<{ n: number }>(cache, sql`SELECT count(DISTINCT coalesce(row_id, raw)) n ${wholeRows(list)}`)?.n ?? 0
  run(cache, sql`UPDATE dataset_state SET unreadable = ${unread} WHERE connection_id = ${list.connectionId} AND dataset = ${list.dataset}`)
}
