import { AppError, type AppErrorData } from '@shared/errors'
import { pause } from '../user-activity'
import { capabilityOf, type Capabilities } from '../platforms/port/core'
import { readState, writeOwnerState } from '../store/cache/dataset-state'
import { findOwner, writeOwnersState } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { isNetworkError } from './backoff'
import { ownersOf } from './owners-in-turn'
import { readOwner, type ChildrenOptions, type OwnerRead, type ReadOwner } from './owner'

export type { ChildrenOptions } from './owner'

/** Two of the three requests: one is left for lists and for what a person looks at. */
const LANES = 2
/** Between two clients of a lane: the platform and the person who looks at a screen come first, the background has all day. */
const PAUSE_MS = 40

/** The datasets that this deployment lists one client at a time. */
export const ownedDatasets = (capabilities: Capabilities): OwnedDataset[] =>
  (['limits', 'notes'] as const).filter((dataset) => {
    const { offered, walk } = capabilityOf(capabilities, dataset)
    return offered && walk === 'per-owner'
  })

/** Owners in a row that could not be read: then it is the endpoint that is broken, and asking all the others proves nothing. */
const MOST_FAILED = 3

interface Brake {
  failed: number
}

/** Reads an owner, or notes on it why it could not be read. A network error, a stop or a broken endpoint ends the round instead. */
const tryOwner = async (options: ChildrenOptions, read: ReadOwner, brake: Brake): Promise<OwnerRead | AppError> => {
  try {
    const answer = await readOwner(options, read)
    brake.failed = 0
    return answer
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (read.signal.aborted || error.code === 'unauthorized' || !options.store.cache.open) throw error
    // A network error says nothing about this client.
    if (isNetworkError(error)) throw error
    const { connectionId } = options
    writeOwnerState(options.store.cache, connectionId, { dataset: read.dataset, ownerId: read.owner.id, asOf: null, error: error.toData() })
    if (++brake.failed >= MOST_FAILED) throw error
    return error
  }
}

/** Reads at once what a person looks at. Why it could not be read is kept beside what was known; a network error or a refused token is told elsewhere. */
export const readOpened = async (options: ChildrenOptions, read: ReadOwner): Promise<void> => {
  const { store, connectionId } = options
  const { dataset, owner, signal } = read
  try {
    await readOwner(options, read)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (signal.aborted || !store.cache.open || error.code === 'unauthorized' || isNetworkError(error)) return
    writeOwnerState(store.cache, connectionId, { dataset, ownerId: owner.id, asOf: null, error: error.toData() })
    options.onChanged(dataset, owner.id, true)
  }
}

interface Round {
  dataset: OwnedDataset
  intervalMs: number
  signal: AbortSignal
  /** The next client whose own row changed in the lists: they come first, also those of the time that the round takes. */
  nextChanged: (isDone: (id: string) => boolean) => string | null
  /** When what was never read will have been read, at the pace so far (our clock); null when nothing is left. */
  onRate: (endsAt: number | null) => void
}

/**
 * One round over the clients: those never read until there are none left, those that changed, then the oldest ones
 * within the interval's budget. Each owner is asked at most once a round. Clients are gone over once, at its begin; what
 * comes after costs the same however many there are.
 */
export const readChildren = async (options: ChildrenOptions, round: Round): Promise<void> => {
  const { dataset, signal, nextChanged, onRate } = round
  const { store, connectionId, clock } = options
  const sequence = options.newSequence()
  const owners = await ownersOf(options, round)
  const next = (): string | null => {
    for (;;) {
      const id = nextChanged((known) => owners.isDone(known)) ?? owners.next()
      if (id === null) return null
      const found = findOwner(store, { connectionId, dataset, id })
      if (found) owners.begun(id, found.asOf)
      else owners.gone(id)
      if (found) return id
    }
  }
  /** Why clients that were never read still are not. */
  let unread: AppError | null = null
  const before = readState(store.cache, connectionId, dataset)?.error ?? null
  const brake: Brake = { failed: 0 }
  // One lane's failure ends the round for the other too.
  const ending = new AbortController()
  const both = AbortSignal.any([signal, ending.signal])
  const begunAt = clock.now()
  const lane = async (): Promise<void> => {
    try {
      for (let id = next(); id !== null && !both.aborted; id = next()) {
        const read = await tryOwner(options, { dataset, owner: { kind: 'client', id }, sequence, signal: both, urgent: false }, brake)
        if (!(read instanceof AppError)) owners.read(id, read)
        else if (owners.isUnread(id)) unread ??= read
        await pause(clock, PAUSE_MS, both)
        await options.activity.whenIdle(both)
        if (owners.asked() % PROGRESS_EVERY === 0) tell()
      }
    } catch (thrown) {
      ending.abort(AppError.from(thrown))
      throw thrown
    }
  }
  const tell = (running = true, error: AppErrorData | null = before): void => {
    const progress = owners.progress()
    const left = progress.clients - progress.read
    writeOwnersState(store, connectionId, { ...progress, dataset, running, error: unread?.toData() ?? error })
    onRate(left <= 0 || owners.asked() === 0 ? null : Math.round(clock.now() + ((clock.now() - begunAt) / owners.asked()) * left))
    options.onProgress()
  }
  tell()
  let whole = false
  try {
    await Promise.all(Array.from({ length: LANES }, lane))
    whole = !signal.aborted
  } finally {
    if (store.cache.open) tell(false, whole ? null : before)
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
