import type { Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import type { Store } from '../connection'
import { get, inTransaction, run, sql, trusted } from '../sql'
import { dropUnreadBefore, emptyState, readState, writeState, type DatasetState } from './dataset-state'
import { unprotectOwnNotes } from './notes'
import type { SideloadDataset } from './page'
import { stampCounted } from './stale'
import { tableOf } from './tables'

/** Begins a walk of a dataset from its first page. */
export const beginWalk = (store: Store, connectionId: string, dataset: Dataset): DatasetState =>
  inTransaction(store.cache, () => {
    const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const fresh = { cursor: null, running: true, startedAt: null, done: 0, total: null, firstTotal: null, unreadable: 0 }
    const state: DatasetState = { ...before, ...fresh, walk: before.walk + 1 }
    dropUnreadBefore(store.cache, { connectionId, dataset, walk: before.walk + 1 })
    if (dataset === 'notes') unprotectOwnNotes(store, connectionId, before.walk)
    writeState(store.cache, connectionId, state)
    return state
  })

/** A walk that was cut off and may go on from its cursor; null when there is none. */
export const resumableWalk = (store: Store, connectionId: string, dataset: Dataset): DatasetState | null => {
  const state = readState(store.cache, connectionId, dataset)
  return state !== null && state.running && state.cursor !== null ? state : null
}

/** Ends a walk that saw everything, after its tombstones. */
export const completeWalk = (
  store: Store,
  {
    connectionId,
    dataset,
    sideloads,
    startedAt,
  }: { connectionId: string; dataset: Dataset; sideloads: readonly SideloadDataset[]; startedAt: number | null },
): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const end = { cursor: null, running: false, complete: true, asOf: startedAt ?? state.startedAt, error: null }
    writeState(store.cache, connectionId, { ...state, ...end, rows: countRows(store, connectionId, dataset) })
    // What came nested inside this list is as old and as complete as the list itself.
    for (const nested of sideloads) {
      const rows = countRows(store, connectionId, nested)
      writeState(store.cache, connectionId, { ...emptyState(nested), ...end, walk: state.walk, done: rows, total: rows, rows })
    }
    stampCounted(store.cache, connectionId)
  })
}

/** Ends a walk that did not see everything: what it wrote stays, what it did not see stays too, and the figure says so. */
export const failWalk = (
  store: Store,
  at: { connectionId: string; dataset: Dataset; error: AppErrorData; keepCursor: boolean; untouched: boolean },
): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, at.connectionId, at.dataset) ?? emptyState(at.dataset)
    const rows = countRows(store, at.connectionId, at.dataset)
    const where = at.keepCursor ? {} : { running: false, cursor: null }
    writeState(store.cache, at.connectionId, { ...state, ...where, complete: at.untouched && state.complete, error: at.error, rows })
  })
}

/** At the start: a walk that was cut off by the end of the program has left a mixture, and a mixture is not complete. */
export const markCutOffWalks = (store: Store, connectionId: string): void => {
  run(store.cache, sql`UPDATE dataset_state SET complete = 0 WHERE connection_id = ${connectionId} AND running = 1 AND cursor IS NOT NULL`)
}

const countRows = (store: Store, connectionId: string, dataset: Dataset): number => {
  const query = sql`SELECT count(*) n FROM ${trusted(tableOf(dataset).table)} WHERE connection_id = ${connectionId}`
  return get<{ n: number }>(store.cache, query)?.n ?? 0
}
