import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { Capabilities } from '../platforms/port'
import { emptyState, readState, writeSchedule } from '../store/cache/dataset-state'
import { partnerIds } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { passesByItself } from './backoff'
import { ownedDatasets, readChildren, readPartnerLimits, type ChildrenOptions } from './children'
import { afterFailure, waitOf } from './due'
import { readOwner } from './owner'

export interface BackgroundOptions {
  children: ChildrenOptions
  capabilities: () => Capabilities
  intervalMs: () => number
  onRunning: (dataset: Dataset, running: boolean) => void
  /** A fault of our own: what a platform refuses or fails stands with its dataset. */
  onError: (error: AppError) => void
}
export interface Background {
  /** One round over the children of the clients; does nothing while one runs. */
  round(): void
  /** Rows that a walk has just changed. */
  changed(rows: readonly { dataset: Dataset; ids: readonly string[] }[]): void
  /** The next round waits for no back-off: the line is back, or a person asked. */
  allDue(): void
  opened(clientId: string): void
  /** When the running round will have read what was never read, our clock; null while that cannot be told. */
  endsAt(dataset: Dataset): number | null
  busy(): boolean
  whenIdle(): Promise<void>
  stop(): void
}

interface OneRound {
  /** Clients whose own row changed in the lists. */
  changed: readonly string[]
  /** Also what is waiting after failures. */
  due: boolean
  signal: AbortSignal
}

/** Opened again within this time, a client is not read again. */
const FRESH_MS = 15_000
const MOST_CHANGED = 2_000

/** What is read besides the lists: the children of clients, in a round after the lists and at once where a person looks. */
export const createBackground = ({ children, capabilities, intervalMs, onRunning, onError }: BackgroundOptions): Background => {
  const { store, connectionId, clock } = children
  let controller = new AbortController()
  const work = new Set<Promise<void>>()
  const openedAt = new Map<string, number>()
  const ends = new Map<Dataset, number>()
  let roundRuns = false
  let asked = false
  const changedClients = new Set<string>()

  const track = (promise: Promise<void>): void => {
    const settled = promise
      .catch((thrown: unknown) => {
        const error = AppError.from(thrown)
        if (error.code === 'internal' || error.code === 'storage' || error.code === 'disk-full') onError(error)
      })
      .finally(() => work.delete(settled))
    work.add(settled)
  }

  const readDataset = async (dataset: OwnedDataset, { changed, due, signal }: OneRound): Promise<void> => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    if (!due && state.failures > 0 && waitOf(state, { now: clock.now(), intervalMs: intervalMs() }) > 0) return
    onRunning(dataset, true)
    try {
      if (dataset === 'limits') await readPartnerLimits(children, partnerIds(store, connectionId), signal)
      const onRate = (at: number | null): void => void (at === null ? ends.delete(dataset) : ends.set(dataset, at))
      await readChildren(children, { dataset, intervalMs: intervalMs(), signal, changed, onRate })
      if (state.failures > 0 && store.cache.open) keep(dataset, { ...state, failures: 0, nextAt: null })
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (signal.aborted || !store.cache.open) throw error
      const timing = { now: clock.now(), roundAt: clock.now(), intervalMs: intervalMs(), random: children.random() }
      keep(dataset, { ...state, ...afterFailure(timing, state, error) })
      if (!passesByItself(error)) throw error
    } finally {
      ends.delete(dataset)
      onRunning(dataset, false)
    }
  }
  const keep = (dataset: Dataset, state: Parameters<typeof writeSchedule>[3]): void => {
    writeSchedule(store.cache, connectionId, dataset, { ...state, triedAt: clock.now() })
  }

  const round = async (): Promise<void> => {
    const { signal } = controller
    const changed = [...changedClients]
    changedClients.clear()
    const due = asked
    asked = false
    for (const dataset of ownedDatasets(capabilities())) {
      if (signal.aborted) return
      await readDataset(dataset, { changed, due, signal })
    }
  }

  const open = async (clientId: string): Promise<void> => {
    const { datasets } = capabilities()
    const owned = (['notes', 'limits'] as const satisfies OwnedDataset[]).filter((dataset) => datasets[dataset].offered)
    const sequence = children.newSequence()
    const { signal } = controller
    const read = (dataset: OwnedDataset): Promise<void> =>
      readOwner(children, { dataset, owner: { kind: 'client', id: clientId }, sequence, signal, urgent: true })
    await Promise.allSettled(owned.map(read))
  }

  return {
    round: () => {
      if (roundRuns) return
      roundRuns = true
      track(
        round().finally(() => {
          roundRuns = false
        }),
      )
    },
    changed: (rows) => {
      for (const { dataset, ids } of rows)
        if (dataset === 'clients' && changedClients.size < MOST_CHANGED) for (const id of ids) changedClients.add(id)
    },
    allDue: () => {
      asked = true
    },
    opened: (clientId) => {
      const now = clock.now()
      if (now - (openedAt.get(clientId) ?? Number.NEGATIVE_INFINITY) < FRESH_MS) return
      openedAt.set(clientId, now)
      track(open(clientId))
    },
    endsAt: (dataset) => ends.get(dataset) ?? null,
    busy: () => work.size > 0,
    whenIdle: async () => {
      while (work.size > 0) await Promise.all(work)
    },
    stop: () => {
      controller.abort()
      controller = new AbortController()
    },
  }
}
