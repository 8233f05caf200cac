import { datasets, type Dataset } from '@shared/domain/datasets'
import { AppErrorData } from '@shared/errors'
import type { DatasetStatus, SyncStatus } from '@shared/ipc/sync'
import type { AsOf } from '@shared/ipc/rows'
import type { Capabilities } from '../../platforms/port'
import { all, get, sql, type Db } from '../sql'
import { listOf } from './query'

interface StateRow {
  dataset: string
  done: number
  total: number | null
  as_of: number | null
  complete: number
  rows: number
  unreadable: number
  error: string | null
}

/** The oldest as-of of what a figure stands on; complete only if all of it is. */
export const asOfAll = (cache: Db, connectionId: string | null, needed: readonly Dataset[]): AsOf => {
  const one = connectionId === null ? sql`` : sql`connection_id = ${connectionId} AND`
  const row = get<{ at: number | null; known: number; seen: number; whole: number }>(
    cache,
    sql`SELECT min(as_of) AS at, count(as_of) AS known, count(*) AS seen, ifnull(min(complete), 0) AS whole
      FROM dataset_state WHERE ${one} dataset IN ${listOf(needed)}`,
  )
  if (!row || row.known < row.seen || row.seen < needed.length) return { at: null, complete: false }
  return { at: row.at, complete: row.whole === 1 }
}

/** As of when one owner's rows (a client's notes, limits…) were read; falls back to the dataset's own walk. */
export const asOfOwner = (
  cache: Db,
  { connectionId, dataset, ownerId }: { connectionId: string; dataset: Dataset; ownerId: string },
): AsOf => {
  const own = get<{ at: number | null; error: string | null }>(
    cache,
    sql`SELECT as_of AS at, error FROM owner_state WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${ownerId}`,
  )
  const whole = asOfAll(cache, connectionId, [dataset])
  if (!own || own.at === null) return whole
  return whole.at !== null && whole.at > own.at ? whole : { at: own.at, complete: own.error === null }
}

const lists: readonly Dataset[] = ['clients', 'projects', 'servers', 'disks']

/** The status of a connection that does not run (yet): everything that the cache knows about it. */
export const connectionStatus = (
  cache: Db,
  input: { connectionId: string; stopped: boolean; capabilities: Capabilities | null; error: AppErrorData | null },
): SyncStatus => {
  const states = all<StateRow>(cache, sql`SELECT * FROM dataset_state WHERE connection_id = ${input.connectionId}`)
  const asOf = asOfAll(cache, input.connectionId, lists)
  const heard = states.reduce<number | null>((latest, { as_of }) => (as_of !== null && as_of > (latest ?? 0) ? as_of : latest), null)
  return {
    connectionId: input.connectionId,
    online: false,
    offlineSince: heard,
    lastHeardAt: heard,
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
  const capability = capabilities?.datasets[dataset]
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
  }
}

const parseError = (text: string): AppErrorData | null => {
  const read = AppErrorData.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}

export const syncProblems = (cache: Db, connectionId: string): { dataset: Dataset; why: string; count: number }[] =>
  all(cache, sql`SELECT dataset, why, count FROM unreadable WHERE connection_id = ${connectionId} ORDER BY dataset, count DESC`)

/** Datasets whose last walk did not see everything. One that was never begun is not offered, or is on its way. */
export const incompleteDatasets = (cache: Db, connectionId: string): number =>
  get<{ count: number }>(
    cache,
    sql`SELECT count(*) AS count FROM dataset_state
      WHERE connection_id = ${connectionId} AND running = 0 AND (complete = 0 OR unreadable > 0) AND (started_at IS NOT NULL OR error IS NOT NULL)`,
  )?.count ?? 0
