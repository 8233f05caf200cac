import { AppError } from '@shared/errors'
import { pause } from '../attention'
import type { Capabilities } from '../platforms/port'
import { writeOwnerState } from '../store/cache/dataset-state'
import { dueOwners, ownersProgress, writeOwnersState } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { isNetworkError } from './backoff'
import { readOwner, type ChildrenOptions, type ReadOwner } from './owner'

export type { ChildrenOptions } from './owner'

/** Two of the three requests: one is left for lists and for what a person looks at. */
const LANES = 2
const DAY_MS = 86_400_000
const LEAST_BUDGET = 20
/** Between two clients of a lane: the platform and the person who looks at a screen come first, the background has all day. */
const PAUSE_MS = 40

/** The datasets that this deployment lists one client at a time. */
export const ownedDatasets = ({ datasets }: Capabilities): OwnedDataset[] =>
  (['limits', 'notes'] as const).filter((dataset) => datasets[dataset].offered && datasets[dataset].walk === 'per-owner')

/** How many known clients are read again in one interval, so that each is at least once a day. */
export const refreshBudget = (clients: number, intervalMs: number): number =>
  Math.max(LEAST_BUDGET, Math.ceil((clients * intervalMs * 1.5) / DAY_MS))

/** Owners in a row that could not be read: then it is the endpoint that is broken, and asking all the others proves nothing. */
const MOST_FAILED = 3

interface Brake {
  failed: number
}

/** Reads an owner, or notes on it why it could not be read. A dead line, a stop or a broken endpoint ends the round instead. */
const tryOwner = async (options: ChildrenOptions, read: ReadOwner, brake: Brake): Promise<void> => {
  try {
    await readOwner(options, read)
    brake.failed = 0
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (read.signal.aborted || error.code === 'unauthorized' || !options.store.cache.open) throw error
    const { connectionId } = options
    writeOwnerState(options.store.cache, connectionId, { dataset: read.dataset, ownerId: read.owner.id, asOf: null, error: error.toData() })
    if (isNetworkError(error) || ++brake.failed >= MOST_FAILED) throw error
  }
}

interface Round {
  dataset: OwnedDataset
  intervalMs: number
  signal: AbortSignal
  /** Clients whose own row changed in the lists: they come first. */
  changed: readonly string[]
  /** When what was never read will have been read, at the pace so far (our clock); null when nothing is left. */
  onRate: (endsAt: number | null) => void
}

/**
 * One round over the clients: those never read until there are none left, those that changed, then the oldest ones
 * within the interval's budget. Each owner is asked at most once a round.
 */
export const readChildren = async (options: ChildrenOptions, { dataset, intervalMs, signal, changed, onRate }: Round): Promise<void> => {
  const { store, connectionId, clock } = options
  const sequence = options.newSequence()
  const done = new Set<string>()
  const { clients } = ownersProgress(store, connectionId, dataset)
  let budget = refreshBudget(clients, intervalMs)
  const waiting = [...changed]
  const next = (): string | null => {
    for (;;) {
      if (waiting.length === 0)
        waiting.push(
          ...dueOwners(store, { connectionId, dataset, readBefore: clock.now() + options.skew.ms - DAY_MS / 2, skip: done, budget }),
        )
      const id = waiting.shift()
      if (id === undefined) return null
      if (done.has(id)) continue
      done.add(id)
      return id
    }
  }
  const brake: Brake = { failed: 0 }
  // One lane's failure ends the round for the other too.
  const ending = new AbortController()
  const both = AbortSignal.any([signal, ending.signal])
  const begunAt = clock.now()
  const lane = async (): Promise<void> => {
    try {
      for (let id = next(); id !== null && !both.aborted; id = next()) {
        await tryOwner(options, { dataset, owner: { kind: 'client', id }, sequence, signal: both, urgent: false }, brake)
        budget = Math.max(0, budget - 1)
        await pause(clock, PAUSE_MS, both)
        await options.attention.quiet(both)
        if (done.size % PROGRESS_EVERY === 0) tell()
      }
    } catch (thrown) {
      ending.abort(AppError.from(thrown))
      throw thrown
    }
  }
  const tell = (running = true): void => {
    const { clients: all, read } = writeOwnersState(store, connectionId, { dataset, running })
    const left = all - read
    onRate(left <= 0 || done.size === 0 ? null : Math.round(clock.now() + ((clock.now() - begunAt) / done.size) * left))
    options.onProgress()
  }
  tell()
  try {
    await Promise.all(Array.from({ length: LANES }, lane))
  } finally {
    if (store.cache.open) tell(false)
  }
}
const PROGRESS_EVERY = 25

/** The partners' own limits: few, and what every tile on the dashboard is measured against. */
export const readPartnerLimits = async (options: ChildrenOptions, partnerIds: readonly string[], signal: AbortSignal): Promise<void> => {
  const sequence = options.newSequence()
  const brake: Brake = { failed: 0 }
  for (const id of partnerIds)
    await tryOwner(options, { dataset: 'limits', owner: { kind: 'partner', id }, sequence, signal, urgent: false }, brake)
}
