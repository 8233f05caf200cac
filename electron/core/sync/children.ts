import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import { pause, type Attention } from '../attention'
import type { Clock } from '../clock'
import type { Capabilities, Page, PageRequest, PlatformAdapter } from '../platforms/port'
import type { ChangeSequence } from '../store/cache/change-spool'
import { writeOwnerState } from '../store/cache/dataset-state'
import { dueOwners, ownersProgress, writeOwnersState } from '../store/cache/owners'
import { replaceOwnerRows, type OwnedDataset } from '../store/cache/owner-rows'
import type { Store } from '../store/connection'
import { isNetworkError } from './backoff'
import type { Requests } from './requests'
import type { Skew } from './walk'

export interface ChildrenOptions {
  store: Store
  adapter: PlatformAdapter
  requests: Requests
  clock: Clock
  connectionId: string
  newSequence: () => ChangeSequence
  skew: Skew
  /** The round steps aside for a person; what is read because of a person does not. */
  attention: Attention
  onChanged: (dataset: Dataset, clientId: string | null, urgent: boolean) => void
  onProgress: () => void
}
export interface Owner {
  kind: 'client' | 'partner'
  id: string
}
export interface ReadOwner {
  dataset: OwnedDataset
  owner: Owner
  sequence: ChangeSequence
  signal: AbortSignal
  urgent: boolean
}

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

/** Reads one owner's rows whole and replaces what was known. */
export const readOwner = async (options: ChildrenOptions, { dataset, owner, sequence, signal, urgent }: ReadOwner): Promise<void> => {
  const { store, adapter, requests, clock, connectionId } = options
  const askedAt = clock.now()
  const rows: EntityOf[OwnedDataset][] = []
  let at = 0
  let cursor: string | null = null
  do {
    const asked: Omit<PageRequest<OwnedDataset>, 'signal'> = { dataset, cursor, ownerId: owner.id, ownerKind: owner.kind }
    const page: Page<EntityOf[OwnedDataset]> = await requests.send((inner) => adapter.page({ ...asked, signal: inner }), {
      signal,
      urgent,
      tries: urgent ? 3 : 8,
    })
    if (page.unreadable.length > 0)
      throw new AppError('bad-answer', 'some rows could not be read', { reason: 'unreadable', count: page.unreadable.length })
    rows.push(...page.items)
    at = at === 0 ? page.at : at
    cursor = page.next
  } while (cursor !== null)
  const changed = replaceOwnerRows(store, {
    connectionId,
    dataset,
    owner: owner.kind,
    ownerId: owner.id,
    rows,
    at,
    askedAt,
    sequence,
  })
  if (changed) options.onChanged(dataset, owner.kind === 'client' ? owner.id : null, urgent)
}

/** Reads an owner, or notes on it why it could not be read. A line that is dead, or a stop, ends the round instead. */
const tryOwner = async (options: ChildrenOptions, read: ReadOwner): Promise<void> => {
  try {
    await readOwner(options, read)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (read.signal.aborted || error.code === 'unauthorized' || !options.store.cache.open) throw error
    const { connectionId } = options
    writeOwnerState(options.store.cache, connectionId, { dataset: read.dataset, ownerId: read.owner.id, asOf: null, error: error.toData() })
    if (isNetworkError(error)) throw error
  }
}

interface Round {
  dataset: OwnedDataset
  intervalMs: number
  signal: AbortSignal
  /** Clients whose own row changed in the lists: they come first. */
  changed: readonly string[]
}

/**
 * One round over the clients: those never read until there are none left, those that changed, then the oldest ones
 * within the interval's budget. Each owner is asked at most once a round.
 */
export const readChildren = async (options: ChildrenOptions, { dataset, intervalMs, signal, changed }: Round): Promise<void> => {
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
  const lane = async (): Promise<void> => {
    for (let id = next(); id !== null && !signal.aborted; id = next()) {
      await tryOwner(options, { dataset, owner: { kind: 'client', id }, sequence, signal, urgent: false })
      budget = Math.max(0, budget - 1)
      await pause(clock, PAUSE_MS, signal)
      await options.attention.quiet(signal)
      if (done.size % PROGRESS_EVERY === 0) tell()
    }
  }
  const tell = (running = true): void => {
    writeOwnersState(store, connectionId, { dataset, running })
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
  for (const id of partnerIds)
    await tryOwner(options, { dataset: 'limits', owner: { kind: 'partner', id }, sequence, signal, urgent: false })
}
