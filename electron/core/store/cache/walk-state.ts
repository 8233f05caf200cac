import type { Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import type { Store } from '../connection'
import { descriptorOf } from '../datasets'
import { get, inTransaction, run, sql, trusted } from '../sql'
import { dropUnreadBefore, emptyState, readState, writeState, type DatasetState } from './dataset-state'
import { unprotectOwnNotes } from './notes'
import type { SideloadDataset } from './page'
import { stampCounted } from './stale'

/** Begins a walk of a dataset from its first page. `confirms`: the walk whose word it is to confirm, or to make good. */
export const beginWalk = (
  store: Store,
  { connectionId, dataset, confirms = null }: { connectionId: string; dataset: Dataset; confirms?: DatasetState | null },
): DatasetState =>
  inTransaction(store.cache, () => {
    const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const fresh = {
      cursor: null,
      running: true,
      startedAt: null,
      done: 0,
      total: null,
      unreadable: 0,
      pages: 0,
      inserts: 0,
    }
    const first = { confirms: confirms?.walk ?? null, confirmsAt: confirms?.startedAt ?? null }
    const state: DatasetState = { ...before, ...fresh, ...first, walk: before.walk + 1 }
    if (dataset === 'notes') unprotectOwnNotes(store, connectionId, before.walk)
    writeState(store.cache, connectionId, state)
    return state
  })

/** A walk that was cut off and may go on from its cursor; null when there is none. */
export const resumableWalk = (store: Store, connectionId: string, dataset: Dataset): DatasetState | null => {
  const state = readState(store.cache, connectionId, dataset)
  return state !== null && state.running && state.cursor !== null ? state : null
}

export interface CompleteWalk {
  connectionId: string
  dataset: Dataset
  /** How many rows there are, as counted; by default as noted while they were written. */
  rows?: ReadonlyMap<Dataset, number>
  sideloads: readonly SideloadDataset[]
  asOf: number
}

/** Ends a walk that saw everything, after its tombstones. */
export const completeWalk = (store: Store, { connectionId, dataset, rows = new Map(), sideloads, asOf }: CompleteWalk): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const end = {
      cursor: null,
      running: false,
      complete: true,
      asOf,
      error: null,
      confirms: null,
      confirmsAt: null,
      suspect: 0,
    }
    dropUnreadBefore(store.cache, { connectionId, dataset, walk: state.walk })
    writeState(store.cache, connectionId, { ...state, ...end, rows: rows.get(dataset) ?? state.rows })
    // What came nested inside this list is as old and as complete as the list itself.
    for (const nested of sideloads) {
      const before = readState(store.cache, connectionId, nested) ?? emptyState(nested)
      const all = rows.get(nested) ?? before.rows
      writeState(store.cache, connectionId, { ...before, ...end, walk: state.walk, done: all, total: all, rows: all })
    }
    stampCounted(store.cache, connectionId)
  })
}

export interface FailedWalk {
  connectionId: string
  dataset: Dataset
  error: AppErrorData
  /** The next attempt goes on from where this one stands. */
  keepCursor: boolean
}

/**
 * Ends an attempt that did not see everything: what it wrote stays, what it did not see stays too, and the figure says
 * so. One that was stopped before its first page has changed nothing: what was complete stays complete.
 */
export const failWalk = (store: Store, { connectionId, dataset, error, keepCursor }: FailedWalk): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const untouched = state.pages === 0
    const first = keepCursor && state.suspect > 0 ? {} : { confirms: null, confirmsAt: null, suspect: 0 }
    const where = keepCursor && !untouched ? {} : { running: false, cursor: null, ...first }
    // Cut off, a list that was broken is not known to be mended.
    const told = error.code === 'cancelled' ? (state.error ?? error) : error
    writeState(store.cache, connectionId, { ...state, ...where, complete: untouched && state.complete, error: told })
  })
}

/** A walk by which most rows would go waits for a second one before it is believed. What was complete stays so, as of before. */
export const suspectWalk = (
  store: Store,
  { connectionId, dataset, rows, error }: { connectionId: string; dataset: Dataset; rows: number; error: AppErrorData },
): void => {
  inTransaction(store.cache, () => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const first = { confirms: state.walk, confirmsAt: state.startedAt }
    writeState(store.cache, connectionId, { ...state, ...first, cursor: null, running: false, suspect: rows, error })
  })
}

/** At the start: a walk that was cut off by the end of the program has left a mixture, and a mixture is not complete. */
export const markCutOffWalks = (store: Store, connectionId: string): void => {
  run(store.cache, sql`UPDATE dataset_state SET complete = 0 WHERE connection_id = ${connectionId} AND running = 1 AND cursor IS NOT NULL`)
}

export const countRows = (store: Store, connectionId: string, dataset: Dataset): number => {
  const query = sql`SELECT count(*) n FROM ${trusted(descriptorOf(dataset).table)} WHERE connection_id = ${connectionId}`
  return get<{ n: number }>(store.cache, query)?.n ?? 0
}

const COUNTED_AT_ONCE = 20_000

/** The same in slices: a large table is never counted at one stretch. */
export const countRowsInSlices = async (
  { cache }: Store,
  connectionId: string,
  { dataset, pause }: { dataset: Dataset; pause: () => Promise<void> },
): Promise<number> => {
  const table = trusted(descriptorOf(dataset).table)
  for (let rows = 0, after = ''; ;) {
    const slice = get<{ n: number; last: string | null }>(
      cache,
      sql`SELECT count(*) n, max(id) last FROM
        (SELECT id FROM ${table} WHERE connection_id = ${connectionId} AND id > ${after} ORDER BY id LIMIT ${COUNTED_AT_ONCE})`,
    )
    rows += slice?.n ?? 0
    if (!slice || slice.n < COUNTED_AT_ONCE) return rows
    after = slice.last ?? ''
    await pause()
  }
}
