import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { Capabilities } from '../platforms/port'
import { partnerIds } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { passesByItself } from './backoff'
import { ownedDatasets, readChildren, readOwner, readPartnerLimits, type ChildrenOptions } from './children'

export interface BackgroundOptions {
  children: ChildrenOptions
  capabilities: () => Capabilities
  intervalMs: () => number
  onRunning: (dataset: Dataset, running: boolean) => void
  onError: (error: AppError) => void
}
export interface Background {
  /** One round over the children of the clients; does nothing while one runs. */
  round(): void
  /** Rows that a pass has just changed. */
  changed(rows: readonly { dataset: Dataset; ids: readonly string[] }[]): void
  opened(clientId: string): void
  busy(): boolean
  whenIdle(): Promise<void>
  stop(): void
}

/** Opened again within this time, a client is not read again. */
const FRESH_MS = 15_000
const MOST_CHANGED = 2_000

/** What is read besides the lists: the children of clients, in a round after each pass and at once where a person looks. */
export const createBackground = ({ children, capabilities, intervalMs, onRunning, onError }: BackgroundOptions): Background => {
  let controller = new AbortController()
  const work = new Set<Promise<void>>()
  const openedAt = new Map<string, number>()
  let roundRuns = false
  const changedClients = new Set<string>()

  const track = (promise: Promise<void>): void => {
    const settled = promise
      .catch((thrown: unknown) => {
        const error = AppError.from(thrown)
        // What could not be read is noted where it belongs; a stop and a dead line are no faults.
        if (!passesByItself(error) && error.code !== 'cancelled') onError(error)
      })
      .finally(() => work.delete(settled))
    work.add(settled)
  }

  const round = async (): Promise<void> => {
    const { signal } = controller
    const changed = [...changedClients]
    changedClients.clear()
    const caps = capabilities()
    if (caps.datasets.limits.offered) await readPartnerLimits(children, partnerIds(children.store, children.connectionId), signal)
    for (const dataset of ownedDatasets(caps)) {
      onRunning(dataset, true)
      try {
        await readChildren(children, { dataset, intervalMs: intervalMs(), signal, changed })
      } finally {
        onRunning(dataset, false)
      }
    }
  }

  const open = async (clientId: string): Promise<void> => {
    const { datasets } = capabilities()
    const wanted = (['notes', 'limits'] as const satisfies OwnedDataset[]).filter((dataset) => datasets[dataset].offered)
    const sequence = children.newSequence()
    const read = (dataset: OwnedDataset): Promise<void> =>
      readOwner(children, { dataset, owner: { kind: 'client', id: clientId }, sequence, signal: controller.signal, urgent: true })
    await Promise.allSettled(wanted.map(read))
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
    opened: (clientId) => {
      const now = children.clock.now()
      if (now - (openedAt.get(clientId) ?? Number.NEGATIVE_INFINITY) < FRESH_MS) return
      openedAt.set(clientId, now)
      track(open(clientId))
    },
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
