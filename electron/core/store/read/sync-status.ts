import { datasets, type Dataset } from '@shared/domain/datasets'
import { AppErrorData } from '@shared/errors'
import type { DatasetStatus, Problem, SyncStatus } from '@shared/ipc/sync'
import type { AsOf, Missing } from '@shared/ipc/rows'
import { capabilityOf, type Capabilities } from '../../platforms/port/core'
import { all, get, sql, trusted, type Db } from '../sql'
import { listOf } from './query'

interface StateRow {
  dataset: string
  done: number
  total: number | null
  as_of: number | null
  complete: number
  rows: number
  unreadable: number
  suspect: number
  error: string | null
}

interface DatasetRow {
  dataset: Dataset
  at: number | null
  complete: number
  unreadable: number
  offered: number
  error: string | null
  /** 1: its rows were read, whatever was computed from them. */
  read: number
}

const asOfColumn = (cache: Db, column: 'as_of' | 'counted_as_of', { connectionId, needed }: Needed): AsOf => {
  const one = connectionId === null ? sql`` : sql`connection_id = ${connectionId} AND`
  const rows = all<DatasetRow>(
    cache,
    sql`SELECT dataset, ${trusted(column)} AS at, complete, unreadable, offered, error, as_of IS NOT NULL AS read FROM dataset_state WHERE ${one} dataset IN ${listOf(needed)}`,
  )
  const without = rows.reduce((sum, row) => sum + row.unreadable, 0)
  const lacking = needed.find((dataset) => !rows.some((row) => row.dataset === dataset)) ?? null
  const broken =
    rows.find(({ at, error, offered }) => at === null && (error !== null || offered === 0)) ?? rows.find(({ at }) => at === null)
  if (broken) return { at: null, complete: false, missing: missingOf(broken), without }
  if (lacking !== null) return { ...unknown(lacking), without }
  const failing = rows.find(({ error }) => error !== null && parseError(error)?.code !== 'cancelled')
  return {
    at: rows.reduce((oldest, { at }) => Math.min(oldest, at ?? oldest), Number.POSITIVE_INFINITY),
    complete: rows.every(({ complete }) => complete === 1),
    missing: failing ? missingOf(failing) : null,
    without,
  }
}
interface Needed {
  connectionId: string | null
  needed: readonly Dataset[]
}

/** Nothing of a dataset was read yet. */
export const unknown = (dataset: Dataset): AsOf => ({
  at: null,
  complete: false,
  missing: { dataset, why: 'not-read', text: null },
  without: 0,
})

const REFUSED: ReadonlySet<string> = new Set(['forbidden', 'rejected', 'unauthorized'])

/** Why a list is missing, by the error that its last attempt left. */
export const missingOf = ({
  dataset,
  error,
  offered,
  read = 0,
}: Pick<DatasetRow, 'dataset' | 'error' | 'offered'> & { read?: number }): Missing => {
  const told = error === null ? null : parseError(error)
  if (told === null || told.code === 'cancelled')
    return { dataset, why: offered === 0 ? 'not-offered' : read === 1 ? 'not-counted' : 'not-read', text: null }
  const texts = told.details['texts']
  const text = Array.isArray(texts) && typeof texts[0] === 'string' ? texts[0].slice(0, 300) : null
  if (REFUSED.has(told.code)) return { dataset, why: 'refused', text }
  return { dataset, why: told.code === 'not-found' || told.code === 'not-offered' ? 'not-offered' : 'failing', text }
}

/**
 * The oldest as-of of what a list of rows stands on; complete only if all of it is. Where something of it has never been
 * read, `at` is null and `missing` says which and why; where it was read and fails now, `missing` says that too.
 */
export const asOfAll = (cache: Db, connectionId: string | null, needed: readonly Dataset[]): AsOf =>
  asOfColumn(cache, 'as_of', { connectionId, needed })

/** The same for figures that are kept beside the rows: as of when they were computed, never newer than that. */
export const figuresAsOf = (cache: Db, connectionId: string | null, needed: readonly Dataset[]): AsOf =>
  asOfColumn(cache, 'counted_as_of', { connectionId, needed })

/** Two readings together: as old as the older, whole only if both are, and missing what either misses. */
export const older = (a: AsOf, b: AsOf): AsOf => ({
  at: a.at === null || b.at === null ? null : Math.min(a.at, b.at),
  complete: a.complete && b.complete,
  missing: a.at === null ? a.missing : b.at === null ? b.missing : (a.missing ?? b.missing),
  without: a.without + b.without,
})

/** As of when one owner's rows (a client's notes, limits…) were read; falls back to the dataset's own walk. */
export const asOfOwner = (
  cache: Db,
  { connectionId, dataset, ownerId }: { connectionId: string; dataset: Dataset; ownerId: string },
): AsOf => {
  const own = get<{ at: number | null; error: string | null; unread: number }>(
    cache,
    sql`SELECT as_of AS at, error, unread FROM owner_state WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${ownerId}`,
  )
  const whole = asOfAll(cache, connectionId, [dataset])
  if (!own || own.at === null) return whole
  return whole.at !== null && whole.at > own.at
    ? { ...whole, without: own.unread }
    : { ...whole, at: own.at, complete: own.error === null, without: own.unread }
}

const lists: readonly Dataset[] = ['clients', 'projects', 'servers', 'disks']

/** The status of a connection that does not run (yet): everything that the cache knows about it. */
export const connectionStatus = (
  cache: Db,
  input: { connectionId: string; stopped: boolean; capabilities: Capabilities | null; error: AppErrorData | null },
): SyncStatus => {
  const states = all<StateRow>(cache, sql`SELECT * FROM dataset_state WHERE connection_id = ${input.connectionId}`)
  const asOf = asOfAll(cache, input.connectionId, lists)
  const lastAnswer = states.reduce<number | null>((latest, { as_of }) => (as_of !== null && as_of > (latest ?? 0) ? as_of : latest), null)
  return {
    connectionId: input.connectionId,
    online: false,
    offlineSince: lastAnswer,
    lastAnswerAt: lastAnswer,
    nextTryAt: null,
    intervalMs: null,
    phase: input.stopped ? 'stopped' : 'paused',
    first: asOf.at === null,
    error:
      input.error ?? (input.stopped ? { code: 'unauthorized', message: 'the token is not accepted', retryable: false, details: {} } : null),
    asOf: asOf.at,
    complete: asOf.complete,
    datasets: datasets.map((dataset) =>
      datasetStatus(dataset, { row: states.find((it) => it.dataset === dataset), capabilities: input.capabilities }),
    ),
  }
}

const datasetStatus = (
  dataset: Dataset,
  { row, capabilities }: { row: StateRow | undefined; capabilities: Capabilities | null },
): DatasetStatus => {
  const capability = capabilities === null ? null : capabilityOf(capabilities, dataset)
  return {
    dataset,
    certainty: capability?.certainty ?? 'known',
    offered: capability?.offered ?? true,
    error: row?.error ? parseError(row.error) : (capability?.reason ?? null),
    asOf: row?.as_of ?? null,
    complete: row?.complete === 1,
    rows: row?.rows ?? 0,
    unreadable: row?.unreadable ?? 0,
    running: false,
    done: row?.done ?? 0,
    total: row?.total ?? null,
    endsAt: null,
    nextAt: null,
    suspect: row?.suspect ?? 0,
  }
}

const parseError = (text: string): AppErrorData | null => {
  const read = AppErrorData.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}

const MOST_PROBLEMS = 200
/** What of a raw row goes to the window. */
const RAW_SHOWN = 400

/** What could not be read: whole rows first, then fields. */
export const syncProblems = (cache: Db, connectionId: string): { rows: Problem[]; total: number } => {
  const total = get<{ n: number }>(cache, sql`SELECT count(*) n FROM unreadable WHERE connection_id = ${connectionId}`)?.n ?? 0
  const rows = all<Problem>(
    cache,
    sql`SELECT dataset, row_id AS id, name, field, why, substr(raw, 1, ${RAW_SHOWN}) AS raw FROM unreadable WHERE connection_id = ${connectionId}
      ORDER BY field IS NOT NULL, dataset, number LIMIT ${MOST_PROBLEMS}`,
  )
  return { rows, total }
}

/** Datasets whose last walk did not see everything. One that was never begun is not offered, or is on its way. */
export const incompleteDatasets = (cache: Db, connectionId: string): number =>
  get<{ count: number }>(
    cache,
    sql`SELECT count(*) AS count FROM dataset_state
      WHERE connection_id = ${connectionId} AND running = 0 AND offered = 1 AND (complete = 0 OR unreadable > 0) AND (started_at IS NOT NULL OR error IS NOT NULL)`,
  )?.count ?? 0
