import { datasets, type Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import type { DatasetStatus, SyncStatus } from '@shared/ipc/sync'
import { capabilityOf, type Capabilities } from '../platforms/port/core'
import { emptyState, readStates, type DatasetState } from '../store/cache/dataset-state'
import type { Store } from '../store/connection'
import { listDatasets } from './lists'

/** What only the running program knows. */
export interface LiveState {
  connectionId: string
  capabilities: Capabilities
  phase: SyncStatus['phase']
  error: AppErrorData | null
  running: ReadonlySet<Dataset>
  /** When a background round will have read what was never read; null = not known. */
  progress: (dataset: Dataset) => number | null
  connectivity: { online: boolean; offlineSince: number | null; lastAnswerAt: number | null; nextTryAt: number | null }
  /** When the next pass is due. */
  nextPassAt: number | null
  intervalMs: number
}

/** Puts the stored state of every dataset and the live one together. */
export const syncStatus = (store: Store, live: LiveState): SyncStatus => {
  const states = readStates(store.cache, live.connectionId)
  const all = datasets.map((dataset) => datasetStatus(states.get(dataset) ?? emptyState(dataset), live, dataset))
  const lists = new Set(listDatasets(live.capabilities))
  const listed = all.filter(({ dataset }) => lists.has(dataset))
  // A list that fails keeps its own as-of and its name in the bar; what the others show is as fresh as they are.
  const working = listed.filter(({ error }) => error === null || error.code === 'cancelled')
  const never = working.some(({ asOf }) => asOf === null)
  return {
    connectionId: live.connectionId,
    ...live.connectivity,
    nextTryAt: live.connectivity.nextTryAt ?? live.nextPassAt,
    intervalMs: live.intervalMs,
    phase: live.phase,
    first: listed.some(({ asOf, error }) => asOf === null && error === null),
    error: live.error,
    asOf: never || working.length === 0 ? null : Math.min(...working.map(({ asOf }) => asOf ?? 0)),
    complete: listed.length > 0 && listed.every(({ complete }) => complete),
    datasets: all,
  }
}

const datasetStatus = (state: DatasetState, { capabilities, running, progress }: LiveState, dataset: Dataset): DatasetStatus => {
  const { offered, certainty, reason } = capabilityOf(capabilities, dataset)
  return {
    dataset,
    certainty,
    offered,
    error: offered ? state.error : reason,
    asOf: state.asOf,
    complete: state.complete,
    rows: state.rows,
    unreadable: state.unreadable,
    running: running.has(dataset),
    done: state.done,
    total: state.total,
    endsAt: progress(dataset),
    nextAt: state.nextAt,
    suspect: state.suspect,
  }
}
