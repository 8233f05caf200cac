import type { AppErrorData } from '@shared/errors'
import { all, get, run, sql, type Db } from '../sql'

/** Where one dataset's walk stands, as kept between runs of the program. */
export interface DatasetState {
  dataset: string
  walk: number
  /** Next page of an unfinished walk. */
  cursor: string | null
  running: boolean
  startedAt: number | null
  done: number
  total: number | null
  firstTotal: number | null
  asOf: number | null
  complete: boolean
  rows: number
  unreadable: number
  error: AppErrorData | null
}
interface Row {
  dataset: string
  walk: number
  cursor: string | null
  running: number
  started_at: number | null
  done: number
  total: number | null
  first_total: number | null
  as_of: number | null
  complete: number
  rows: number
  unreadable: number
  error: string | null
}

const fromRow = (row: Row): DatasetState => ({
  dataset: row.dataset,
  walk: row.walk,
  cursor: row.cursor,
  running: row.running === 1,
  startedAt: row.started_at,
  done: row.done,
  total: row.total,
  firstTotal: row.first_total,
  asOf: row.as_of,
  complete: row.complete === 1,
  rows: row.rows,
  unreadable: row.unreadable,
  error: row.error === null ? null : (JSON.parse(row.error) as AppErrorData),
})

export const readState = (db: Db, connectionId: string, dataset: string): DatasetState | null => {
  const row = get<Row>(db, sql`SELECT * FROM dataset_state WHERE connection_id = ${connectionId} AND dataset = ${dataset}`)
  return row ? fromRow(row) : null
}

export const readStates = (db: Db, connectionId: string): Map<string, DatasetState> =>
  new Map(all<Row>(db, sql`SELECT * FROM dataset_state WHERE connection_id = ${connectionId}`).map((row) => [row.dataset, fromRow(row)]))

export const emptyState = (dataset: string): DatasetState => ({
  dataset,
  walk: 0,
  cursor: null,
  running: false,
  startedAt: null,
  done: 0,
  total: null,
  firstTotal: null,
  asOf: null,
  complete: false,
  rows: 0,
  unreadable: 0,
  error: null,
})

export const writeState = (db: Db, connectionId: string, state: DatasetState): void => {
  const error = state.error === null ? null : JSON.stringify(state.error)
  run(
    db,
    sql`INSERT OR REPLACE INTO dataset_state
      (connection_id, dataset, walk, cursor, running, started_at, done, total, first_total, as_of, complete, rows, unreadable, error)
      VALUES (${connectionId}, ${state.dataset}, ${state.walk}, ${state.cursor}, ${state.running}, ${state.startedAt}, ${state.done}, ${state.total},
      ${state.firstTotal}, ${state.asOf}, ${state.complete}, ${state.rows}, ${state.unreadable}, ${error})`,
  )
}

/** The reasons of rows that could not be read, counted. A new walk starts counting anew. */
export const countUnreadable = (db: Db, at: { connectionId: string; dataset: string }, reasons: readonly string[]): void => {
  for (const why of reasons)
    run(
      db,
      sql`INSERT INTO unreadable (connection_id, dataset, why, count) VALUES (${at.connectionId}, ${at.dataset}, ${why}, 1)
        ON CONFLICT DO UPDATE SET count = count + 1`,
    )
}
export const clearUnreadable = (db: Db, connectionId: string, dataset: string): void => {
  run(db, sql`DELETE FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset}`)
}

export const writeOwnerState = (
  db: Db,
  connectionId: string,
  owner: { dataset: string; ownerId: string; asOf: number | null; error: AppErrorData | null },
): void => {
  const error = owner.error === null ? null : JSON.stringify(owner.error)
  run(
    db,
    sql`INSERT INTO owner_state (connection_id, dataset, owner_id, as_of, error)
      VALUES (${connectionId}, ${owner.dataset}, ${owner.ownerId}, ${owner.asOf}, ${error})
      ON CONFLICT DO UPDATE SET as_of = coalesce(excluded.as_of, as_of), error = excluded.error`,
  )
}
