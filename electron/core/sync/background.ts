import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import { offers, type Capabilities } from '../platforms/port/core'
import { emptyState, readState, writeSchedule, writeState } from '../store/cache/dataset-state'
import { partnerIds } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { ownedDatasets, readChildren, readOpened, readPartnerLimits, type ChildrenOptions } from './children'
import { afterFailure, waitOf } from './due'

export interface BackgroundOptions {
  children: ChildrenOptions
  capabilities: () => Capabilities
  intervalMs: () => number
  onRunning: (dataset: Dataset, running: boolean) => void
  /** How a round over a dataset ended; null = well. */
  onEnd: (dataset: Dataset, error: AppError | null) => void
}
export interface Background {
  /** One round over the children of the clients; does nothing while one runs. */
  round(): void
  /** Rows that a walk has just changed. */
  changed(rows: readonly { dataset: Dataset; ids: readonly string[] }[]): void
  /** The next round ignores the back-off: the platform answers again, or a person asked. */
  allDue(): void
  opened(clientId: string): void
  /** When the running round will have read what was never read, our clock; null while that cannot be told. */
  endsAt(dataset: Dataset): number | null
  busy(): boolean
  whenIdle(): Promise<void>
  stop(): void
}

interface OneRound {
  /** Also what is waiting after failures. */
  due: boolean
  signal: AbortSignal
}

/** Opened again within this time, a client is not read again. */
const FRESH_MS = 15_000
const MOST_CHANGED = 2_000

/** What is read besides the lists: the children of clients, in a round after the lists and at once where a person looks. */
export const createBackground = ({ children, capabilities, intervalMs, onRunning, onEnd }: BackgroundOptions): Background => {
  const { store, connectionId, clock } = children
  let controller = new AbortController()
  const work = new Set<Promise<void>>()
  const openedAt = new Map<string, number>()
  const ends = new Map<Dataset, number>()
  let roundRuns = false
  let asked = false
  /** Clients whose own row changed in the lists, and whose children were not read since. */
  const changedClients: Record<OwnedDataset, Set<string>> = { limits: new Set(), notes: new Set() }

  const track = (promise: Promise<void>): void => {
    const settled = promise.catch(() => undefined).finally(() => work.delete(settled))
    work.add(settled)
  }

  const nextChanged =
    (waiting: Set<string>) =>
    (isDone: (id: string) => boolean): string | null => {
      for (const id of waiting) {
        if (isDone(id)) continue
        waiting.delete(id)
        return id
      }
      return null
    }

  /** One dataset's fault ends nothing else. */
  const readDataset = async (dataset: OwnedDataset, { due, signal }: OneRound): Promise<void> => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    if (!due && state.failures > 0 && waitOf(state, { now: clock.now(), intervalMs: intervalMs() }) > 0) return
    onRunning(dataset, true)
    try {
      if (dataset === 'limits') await readPartnerLimits(children, partnerIds(store, connectionId), signal)
      const onRate = (at: number | null): void => void (at === null ? ends.delete(dataset) : ends.set(dataset, at))
      await readChildren(children, { dataset, intervalMs: intervalMs(), signal, nextChanged: nextChanged(changedClients[dataset]), onRate })
      if (signal.aborted || !store.cache.open) return
      if (state.failures > 0) keep(dataset, { ...state, failures: 0, nextAt: null })
      onEnd(dataset, null)
    } catch (thrown) {
      if (signal.aborted || !store.cache.open) return
      const error = AppError.from(thrown)
      noteFailure(dataset, error)
      onEnd(dataset, error)
    } finally {
      ends.delete(dataset)
      onRunning(dataset, false)
    }
  }
  const noteFailure = (dataset: OwnedDataset, error: AppError): void => {
    const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    const timing = { now: clock.now(), roundAt: clock.now(), intervalMs: intervalMs(), random: children.random() }
    try {
      writeState(store.cache, connectionId, { ...state, error: error.toData() })
      keep(dataset, { ...state, ...afterFailure(timing, state, error) })
    } catch {
      // A disk that is full takes no note of it either.
    }
  }
  const keep = (dataset: Dataset, state: Parameters<typeof writeSchedule>[3]): void => {
    writeSchedule(store.cache, connectionId, dataset, state)
  }

  const round = async (): Promise<void> => {
    const { signal } = controller
    const due = asked
    asked = false
    for (const dataset of ownedDatasets(capabilities())) {
      if (signal.aborted) return
      await readDataset(dataset, { due, signal })
    }
  }

  const open = async (clientId: string): Promise<void> => {
    const offered = capabilities()
    const owned = (['notes', 'limits'] as const satisfies OwnedDataset[]).filter((dataset) => offers(offered, dataset))
    const sequence = children.newSequence()
    const { signal } = controller
    await Promise.all(
      owned.map((dataset) => readOpened(children, { dataset, owner: { kind: 'client', id: clientId }, sequence, signal, urgent: true })),
    )
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
      const ids = rows.filter(({ dataset }) => dataset === 'clients').flatMap(({ ids: some }) => some)
      for (const waiting of Object.values(changedClients)) for (const id of ids) if (waiting.size < MOST_CHANGED) waiting.add(id)
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
