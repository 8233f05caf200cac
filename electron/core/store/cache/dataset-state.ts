import type { AppErrorData } from '@shared/errors'
import type { Unread } from '../../platforms/port/reads'
import { get, run, sql, statement, type Db } from '../sql'

/** Where one dataset stands, as kept between runs of the program. */
export interface DatasetState {
  dataset: string
  /** Number of the running or last walk. */
  walk: number
  /** Next page of an unfinished walk. */
  cursor: string | null
  running: boolean
  /** Server time of the walk's first page. */
  startedAt: number | null
  done: number
  total: number | null
  asOf: number | null
  complete: boolean
  rows: number
  unreadable: number
  error: AppErrorData | null
  /** false: this deployment does not offer it, and `error` says why. */
  offered: boolean
  /** Our clock: when it is due; null = at once. */
  nextAt: number | null
  /** Failed attempts in a row. */
  failures: number
  /** Complete walks in a row that changed nothing. */
  unchanged: number
  /** Pages of the running or last walk. */
  pages: number
  /** Rows that came meanwhile, by the totals of that walk. */
  inserts: number
  /** Number and begin (server time) of the walk that the running one confirms; null = it confirms none. */
  confirms: number | null
  confirmsAt: number | null
  /** Rows that would go, while a second walk is awaited. */
  suspect: number
  /** As of when the figures kept beside the rows were computed. */
  countedAsOf: number | null
  /** Of a list that only grows: the last walk that reached what was known before, and the platform's total at its begin. */
  markWalk: number | null
  markTotal: number | null
}

const columns = {
  walk: 'walk',
  cursor: 'cursor',
  running: 'running',
  startedAt: 'started_at',
  done: 'done',
  total: 'total',
  asOf: 'as_of',
  complete: 'complete',
  rows: 'rows',
  unreadable: 'unreadable',
  error: 'error',
  offered: 'offered',
  nextAt: 'next_at',
  failures: 'failures',
  unchanged: 'unchanged',
  pages: 'pages',
  inserts: 'inserts',
  confirms: 'confirms',
  confirmsAt: 'confirms_at',
  suspect: 'suspect',
  countedAsOf: 'counted_as_of',
  markWalk: 'mark_walk',
  markTotal: 'mark_total',
} satisfies Record<Exclude<keyof DatasetState, 'dataset'>, string>
const fields = Object.keys(columns) as (keyof typeof columns)[]
const read = ['dataset', ...fields.map((field) => `${columns[field]} AS ${field}`)].join(', ')
/** When figures were computed is written where they are (stale.ts); a state that was read before must not undo it. */
const written = fields.filter((field) => field !== 'countedAsOf')
const write = `INSERT INTO dataset_state (connection_id, dataset, ${written.map((field) => columns[field]).join(', ')})
  VALUES (?, ?${', ?'.repeat(written.length)})
  ON CONFLICT DO UPDATE SET ${written.map((field) => `${columns[field]} = excluded.${columns[field]}`).join(', ')}`

type Row = { [K in keyof DatasetState]: DatasetState[K] extends boolean ? number : K extends 'error' ? string | null : DatasetState[K] }

const fromRow = (row: Row): DatasetState => ({
  ...row,
  running: row.running === 1,
  complete: row.complete === 1,
  offered: row.offered === 1,
  error: row.error === null ? null : (JSON.parse(row.error) as AppErrorData),
})

export const readState = (db: Db, connectionId: string, dataset: string): DatasetState | null => {
  const row = statement(db, `SELECT ${read} FROM dataset_state WHERE connection_id = ? AND dataset = ?`).get(connectionId, dataset)
  return row ? fromRow(row as Row) : null
}

export const readStates = (db: Db, connectionId: string): Map<string, DatasetState> =>
  new Map(
    statement(db, `SELECT ${read} FROM dataset_state WHERE connection_id = ?`)
      .all(connectionId)
      .map((row) => [(row as Row).dataset, fromRow(row as Row)]),
  )

export const emptyState = (dataset: string): DatasetState => ({
  dataset,
  walk: 0,
  cursor: null,
  running: false,
  startedAt: null,
  done: 0,
  total: null,
  asOf: null,
  complete: false,
  rows: 0,
  unreadable: 0,
  error: null,
  offered: true,
  nextAt: null,
  failures: 0,
  unchanged: 0,
  pages: 0,
  inserts: 0,
  confirms: null,
  confirmsAt: null,
  suspect: 0,
  countedAsOf: null,
  markWalk: null,
  markTotal: null,
})

export const writeState = (db: Db, connectionId: string, state: DatasetState): void => {
  const cells = written.map((field) => {
    const value = state[field]
    if (typeof value === 'boolean') return Number(value)
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  })
  statement(db, write).run(connectionId, state.dataset, ...cells)
}

/** Where rows that could not be read come from: one walk of a whole list, or the list of one client or partner. */
interface UnreadOf {
  connectionId: string
  dataset: string
  walk: number
}
const WHOLE_LIST = ''

/** What of one walk could not be read: kept raw, with id and name, up to a bound; `unreadable` of the state counts them all. */
export const keepUnread = (db: Db, { connectionId, dataset, walk }: UnreadOf, found: readonly Unread[]): void => {
  if (found.length === 0) return
  const kept =
    get<{ n: number }>(
      db,
      sql`SELECT count(*) n FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${WHOLE_LIST} AND walk = ${walk}`,
    )?.n ?? 0
  for (const [index, one] of found.slice(0, Math.max(0, MOST_KEPT - kept)).entries())
    insertUnread(db, { connectionId, dataset, ownerId: WHOLE_LIST, walk, number: kept + index }, one)
}
const MOST_KEPT = 500
const MOST_RAW = 4_000
const cut = <T extends string | null>(text: T, most: number): T => (text === null ? text : (text.slice(0, most) as T))

const insertUnread = (
  db: Db,
  at: { connectionId: string; dataset: string; ownerId: string; walk: number; number: number },
  { id, name, field, why, raw }: Unread,
): void => {
  run(
    db,
    sql`INSERT INTO unreadable (connection_id, dataset, owner_id, walk, number, row_id, name, field, why, raw)
      VALUES (${at.connectionId}, ${at.dataset}, ${at.ownerId}, ${at.walk}, ${at.number}, ${cut(id, 200)}, ${cut(name, 200)}, ${cut(field, 200)},
      ${why}, ${cut(JSON.stringify(raw), MOST_RAW)})`,
  )
}

/** Rows of one walk that cannot even be told apart. */
export const unreadWithoutId = (db: Db, { connectionId, dataset, walk }: UnreadOf): number =>
  get<{ n: number }>(
    db,
    sql`SELECT count(*) n FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${WHOLE_LIST}
      AND walk = ${walk} AND row_id IS NULL AND field IS NULL`,
  )?.n ?? 0

/** Once a newer walk has ended, what an older one could not read is of no interest. */
export const dropUnreadBefore = (db: Db, { connectionId, dataset, walk }: UnreadOf): void => {
  run(
    db,
    sql`DELETE FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${WHOLE_LIST} AND walk < ${walk}`,
  )
}

/** What the last reading of a list, whole or of one owner, could not read, in place of what was kept of an earlier one. */
export const replaceUnread = (
  db: Db,
  { connectionId, dataset, ownerId = WHOLE_LIST }: { connectionId: string; dataset: string; ownerId?: string },
  found: readonly Unread[],
): void => {
  run(db, sql`DELETE FROM unreadable WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${ownerId}`)
  const kept = found.slice(0, ownerId === WHOLE_LIST ? MOST_KEPT : MOST_KEPT_OF_OWNER)
  for (const [number, one] of kept.entries()) insertUnread(db, { connectionId, dataset, ownerId, walk: 0, number }, one)
}
/** There may be a hundred thousand owners, each with the same fault. */
const MOST_KEPT_OF_OWNER = 5

/** One owner's reading: whole, or why not. A failed one leaves what was known, with its moment. */
export type OwnerState = { dataset: string; ownerId: string } & (
  { asOf: number; unread: number; error: null } | { asOf: null; error: AppErrorData }
)

export const writeOwnerState = (db: Db, connectionId: string, owner: OwnerState): void => {
  const error = owner.error === null ? null : JSON.stringify(owner.error)
  const unread = owner.asOf === null ? null : owner.unread
  run(
    db,
    sql`INSERT INTO owner_state (connection_id, dataset, owner_id, as_of, error, unread)
      VALUES (${connectionId}, ${owner.dataset}, ${owner.ownerId}, ${owner.asOf}, ${error}, ${unread ?? 0})
      ON CONFLICT DO UPDATE SET as_of = coalesce(excluded.as_of, as_of), error = excluded.error, unread = coalesce(${unread}, unread)`,
  )
}

/** Rows of all owners' lists that could not be read. */
export const unreadOfOwners = (db: Db, connectionId: string, dataset: string): number =>
  get<{ n: number }>(
    db,
    sql`SELECT ifnull(sum(unread), 0) n FROM owner_state WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND unread > 0`,
  )?.n ?? 0

/** When a dataset is due and how its attempts went; nothing else of its state is touched. */
export const writeSchedule = (
  db: Db,
  connectionId: string,
  dataset: string,
  { nextAt, failures, unchanged }: Pick<DatasetState, 'nextAt' | 'failures' | 'unchanged'>,
): void => {
  run(
    db,
    sql`INSERT INTO dataset_state (connection_id, dataset, next_at, failures, unchanged)
      VALUES (${connectionId}, ${dataset}, ${nextAt}, ${failures}, ${unchanged})
      ON CONFLICT DO UPDATE SET (next_at, failures, unchanged) = (excluded.next_at, excluded.failures, excluded.unchanged)`,
  )
}

/** Forgets faults of these kinds: they were not the lists' own. */
export const forgetFaults = (db: Db, connectionId: string, codes: readonly string[]): void => {
  run(
    db,
    sql`UPDATE dataset_state SET error = NULL WHERE connection_id = ${connectionId} AND offered = 1 AND error IS NOT NULL
      AND json_extract(error, '$.code') IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`,
  )
}

/** Whether this deployment offers a dataset; where it does not, the reason stands in its error. */
export const writeOffered = (
  db: Db,
  connectionId: string,
  { dataset, offered, reason }: { dataset: string; offered: boolean; reason: AppErrorData | null },
): void => {
  const error = reason === null ? null : JSON.stringify(reason)
  run(
    db,
    sql`INSERT INTO dataset_state (connection_id, dataset, offered, error) VALUES (${connectionId}, ${dataset}, ${offered}, ${offered ? null : error})
      ON CONFLICT DO UPDATE SET error = CASE WHEN excluded.offered = 0 THEN excluded.error WHEN offered = 0 THEN NULL ELSE error END, offered = excluded.offered`,
  )
}
