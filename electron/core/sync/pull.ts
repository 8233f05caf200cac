import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import { emptyState, readState, unreadWithoutId, type DatasetState } from '../store/cache/dataset-state'
import { MOST_REMOVED, removeUnseen, unseenIds } from '../store/cache/tombstones'
import { beginWalk, completeWalk, countRows, countRowsInSlices, failWalk, resumableWalk, suspectWalk } from '../store/cache/walk-state'
import { passesByItself } from './backoff'
import { yieldToEventLoop, stopped } from './pausing'
import { readList, type Reading, type WalkContext } from './walk'

/** How an attempt at a dataset ended. */
export type PullEnd =
  | { kind: 'complete'; at: number; changed: boolean }
  /** Most rows would go: believed only when a second walk, at `again` (our clock), says so too. */
  | { kind: 'suspect'; again: number; error: AppError }
  | { kind: 'incomplete'; error: AppError }
  /** Stopped by us or by the network: the next attempt goes on from the cursor. */
  | { kind: 'interrupted'; error: AppError }

/** Walks on top of the first, where that one could not be sure to have seen everything. */
const MORE_WALKS = 2
/** An answer by which more than both of these would go is asked for again. */
const MASS = { share: 0.3, rows: 20 }
const CONFIRM_MASS_MS = 60_000

/**
 * Brings one dataset in step with the platform: the whole list, then what two walks no longer saw is removed. Ends
 * complete, or says why not; rows are never removed on the word of a walk that may not have seen everything.
 */
export const pullDataset = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  let changed = false
  const watched: WalkContext = {
    ...context,
    onPage: (outcome) => {
      changed ||= outcome.changed.length > 0
      context.onPage(outcome)
    },
  }
  try {
    const end = await pull(watched, dataset)
    return end.kind === 'complete' ? { ...end, changed } : end
  } catch (thrown) {
    const { store, connectionId, signal } = context
    // Cut off from outside: that says nothing about this list.
    const error = signal.aborted ? new AppError('cancelled', 'the walk was cut off') : AppError.from(thrown)
    const keepCursor = signal.aborted || (passesByItself(error) && error.details['reason'] !== 'endless')
    failWalk(store, { connectionId, dataset, error: error.toData(), keepCursor })
    return { kind: signal.aborted ? 'interrupted' : 'incomplete', error }
  }
}

const pull = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId } = context
  const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
  const mass = before.suspect > 0 && before.confirms !== null ? firstOf(before) : null
  let state = resumableWalk(store, connectionId, dataset) ?? beginWalk(store, { connectionId, dataset, confirms: mass })
  let overlap = false
  for (let more = 0; ; more++) {
    const reading = await readList(context, dataset, { from: state, overlap })
    if (reading.kind !== 'whole') {
      if (more >= MORE_WALKS) return giveUp(context, dataset, notSure(reading))
      overlap = true
      state = beginWalk(store, { connectionId, dataset, confirms: reading.state.startedAt === null ? null : reading.state })
      continue
    }
    const { confirms, suspect, pages } = reading.state
    const gone = await missed(context, dataset, reading.state)
    const most = gone.find(({ name, ids }) => suspect === 0 && isMass(context, name, ids.length))
    if (most) return suspectMass(context, dataset, most)
    if (pages > 1 && confirms === null && gone.some(({ ids }) => ids.length > 0)) {
      state = beginWalk(store, { connectionId, dataset, confirms: reading.state })
      continue
    }
    return finish(context, dataset, reading.state, gone)
  }
}

/** The walk of a suspicious answer, as the state that a second walk confirms. */
const firstOf = (state: DatasetState): DatasetState => ({ ...state, walk: state.confirms ?? state.walk, startedAt: state.confirmsAt })

const walksOf = (walk: number, confirms: number | null): number[] => (confirms === null ? [walk] : [walk, confirms])

interface Missed {
  name: Dataset
  ids: string[]
}

/**
 * What neither the walk nor the one that it confirms has seen. A row may slip between two pages with nothing to show for
 * it, so rows that a walk of several pages missed are removed only when a second walk misses them too.
 */
const missed = async (context: WalkContext, dataset: Dataset, { walk, confirms, rows, done }: DatasetState): Promise<Missed[]> => {
  const names = [dataset, ...nested(context, dataset)]
  // A row that came without a readable id may be any of those that were not seen.
  if (unreadWithoutId(context.store.cache, { connectionId: context.connectionId, dataset, walk }) > 0) return []
  // Every row is counted when it is added and when it is seen: no need to look for what is not there.
  if (names.length === 1 && dataset !== 'notes' && confirms === null && rows === done) return [{ name: dataset, ids: [] }]
  const found: Missed[] = []
  for (const name of names) {
    const ids = await unseenIds(
      context.store,
      { connectionId: context.connectionId, dataset: name, walks: walksOf(walk, confirms) },
      yieldToEventLoop,
    )
    if (context.signal.aborted) throw stopped(context.signal)
    found.push({ name, ids })
  }
  return found
}

const isMass = ({ store, connectionId }: WalkContext, dataset: Dataset, gone: number): boolean =>
  gone > MASS.rows && gone > MASS.share * countRows(store, connectionId, dataset)

const suspectMass = ({ store, connectionId, clock }: WalkContext, dataset: Dataset, { name, ids }: Missed): PullEnd => {
  const rows = ids.length
  const of = countRows(store, connectionId, name)
  const error = new AppError('bad-answer', 'most rows are missing in the answer', { reason: 'mass-removal', rows, of })
  suspectWalk(store, { connectionId, dataset, rows, error: error.toData() })
  return { kind: 'suspect', again: clock.now() + CONFIRM_MASS_MS, error }
}

const nested = ({ sideloads }: WalkContext, dataset: Dataset) => (dataset === 'clients' ? sideloads : [])

const finish = async (context: WalkContext, dataset: Dataset, state: DatasetState, gone: readonly Missed[]): Promise<PullEnd> => {
  const { store, connectionId } = context
  // A row that only the first walk saw may be gone since: everything here was there when the first one began.
  const asOf = state.confirmsAt ?? state.startedAt ?? context.clock.now()
  for (const missing of gone) await removeGone(context, missing, { walks: walksOf(state.walk, state.confirms), at: asOf })
  const sideloads = nested(context, dataset)
  const rows = await countedRows(context, [dataset, ...sideloads])
  completeWalk(store, { connectionId, dataset, rows, sideloads, asOf })
  return { kind: 'complete', at: asOf, changed: false }
}

export const countedRows = async (
  { store, connectionId, signal }: WalkContext,
  names: readonly Dataset[],
): Promise<Map<Dataset, number>> => {
  const rows = new Map<Dataset, number>()
  for (const dataset of names) rows.set(dataset, await countRowsInSlices(store, connectionId, { dataset, pause: yieldToEventLoop }))
  if (signal.aborted) throw stopped(signal)
  return rows
}

const removeGone = async (context: WalkContext, { name, ids }: Missed, { walks, at }: { walks: number[]; at: number }): Promise<void> => {
  const { store, connectionId, sequence } = context
  const since = (readState(store.cache, connectionId, name) ?? emptyState(name)).asOf
  const changes = since === null ? null : { sequence, dataset: name, since, at }
  const row = { db: store.cache, connectionId, askedAt: 0, removedNotes: store.removedNotes }
  for (let from = 0; from < ids.length; from += MOST_REMOVED) {
    const some = ids.slice(from, from + MOST_REMOVED)
    const removed = removeUnseen(store, { connectionId, dataset: name, walks }, { ids: some, changes, context: row })
    const state = readState(store.cache, connectionId, name) ?? emptyState(name)
    context.onPage({ state, fresh: 0, changed: [{ dataset: name, ids: removed }] })
    await yieldToEventLoop()
    if (context.signal.aborted) throw stopped(context.signal)
  }
}

const notSure = ({ kind, state }: Reading): AppError =>
  new AppError('bad-answer', 'the list could not be read whole', {
    reason: kind === 'short' ? 'short' : 'moving',
    seen: state.done + state.unreadable,
    total: state.total,
  })

const giveUp = ({ store, connectionId }: WalkContext, dataset: Dataset, error: AppError): PullEnd => {
  failWalk(store, { connectionId, dataset, error: error.toData(), keepCursor: false })
  return { kind: 'incomplete', error }
}
