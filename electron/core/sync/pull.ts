import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import { emptyState, readState, type DatasetState } from '../store/cache/dataset-state'
import { hasUnseen, removeUnseen } from '../store/cache/tombstones'
import { beginWalk, completeWalk, failWalk, resumableWalk } from '../store/cache/walk-state'
import { passesByItself } from './backoff'
import { breathe, stopped } from './pausing'
import { readList, type WalkContext } from './walk'

/** How a dataset's pull ended. */
export type PullEnd =
  | { kind: 'complete'; at: number }
  | { kind: 'incomplete'; error: AppError }
  /** Cut off by us or by the line: the next pass goes on from the cursor. */
  | { kind: 'interrupted'; error: AppError }

/** A walk is begun anew this often when the list keeps changing under it. */
const REWALKS = 3

/**
 * Brings one dataset in step with the platform: the whole list, then what it no longer holds is removed. Ends complete,
 * or says why not; rows are never removed on the word of a walk that did not see everything.
 */
export const pullDataset = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  try {
    return await pull(context, dataset)
  } catch (thrown) {
    const error = AppError.from(thrown)
    const keepCursor = context.signal.aborted || passesByItself(error)
    settle(context, dataset, { error, keepCursor })
    return { kind: context.signal.aborted ? 'interrupted' : 'incomplete', error }
  }
}

const pull = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId } = context
  let state = resumableWalk(store, connectionId, dataset) ?? beginWalk(store, connectionId, dataset)
  /** A whole walk that waits to be confirmed before anything is removed on its word. */
  let first: DatasetState | null = null
  for (let rewalks = 0; ;) {
    const reading = await readList(context, dataset, state)
    if (reading.kind !== 'whole') {
      if (rewalks++ >= REWALKS) return giveUp(context, dataset, changing(reading.kind))
      first = null
      state = beginWalk(store, connectionId, dataset)
      continue
    }
    if (reading.state.unreadable > 0) return giveUp(context, dataset, unreadable(reading.state.unreadable))
    const walks = [reading.state.walk, ...(first ? [first.walk] : [])]
    if (first === null && reading.pages > 1 && unseen(context, dataset, walks)) {
      first = reading.state
      state = beginWalk(store, connectionId, dataset)
      continue
    }
    return finish(context, dataset, { walks, startedAt: (first ?? reading.state).startedAt })
  }
}

/**
 * One row deleted and one added during a walk leave its total as it was, yet a third may slip between two pages. So rows
 * that a walk of several pages missed are removed only when a second walk misses them too.
 */
const unseen = (context: WalkContext, dataset: Dataset, walks: number[]): boolean =>
  [dataset, ...nested(context, dataset)].some((name) =>
    hasUnseen(context.store, { connectionId: context.connectionId, dataset: name, walks }),
  )

const nested = ({ sideloads }: WalkContext, dataset: Dataset) => (dataset === 'clients' ? sideloads : [])

const finish = async (
  context: WalkContext,
  dataset: Dataset,
  { walks, startedAt }: { walks: number[]; startedAt: number | null },
): Promise<PullEnd> => {
  const { store, connectionId } = context
  for (const name of [dataset, ...nested(context, dataset)]) await bury(context, name, { walks, at: startedAt })
  completeWalk(store, { connectionId, dataset, sideloads: nested(context, dataset), startedAt })
  return { kind: 'complete', at: startedAt ?? context.clock.now() }
}

const bury = async (context: WalkContext, dataset: Dataset, { walks, at }: { walks: number[]; at: number | null }): Promise<void> => {
  const { store, connectionId, sequence } = context
  const since = (readState(store.cache, connectionId, dataset) ?? emptyState(dataset)).asOf
  const changes = since === null ? null : { sequence, dataset, since, at: at ?? context.clock.now() }
  const row = { db: store.cache, connectionId, askedAt: 0, removedNotes: store.removedNotes }
  for (;;) {
    const ids = removeUnseen(store, { connectionId, dataset, walks }, { changes, context: row })
    if (ids.length === 0) return
    context.onPage({ state: readState(store.cache, connectionId, dataset) ?? emptyState(dataset), changed: [{ dataset, ids }] })
    await breathe()
    if (context.signal.aborted) throw stopped(context.signal)
  }
}

const changing = (kind: 'drifted' | 'short'): AppError =>
  new AppError('bad-answer', 'the list changed during every walk', { reason: kind, rewalks: REWALKS })
const unreadable = (count: number): AppError => new AppError('bad-answer', 'some rows could not be read', { reason: 'unreadable', count })

const giveUp = (context: WalkContext, dataset: Dataset, error: AppError): PullEnd => {
  settle(context, dataset, { error, keepCursor: false })
  return { kind: 'incomplete', error }
}

/** A walk that was stopped before its first page has changed nothing: what was complete stays complete. */
const settle = (context: WalkContext, dataset: Dataset, { error, keepCursor }: { error: AppError; keepCursor: boolean }): void => {
  const { store, connectionId } = context
  const untouched = (readState(store.cache, connectionId, dataset)?.cursor ?? null) === null
  failWalk(store, { connectionId, dataset, error: error.toData(), keepCursor: keepCursor && !untouched, untouched })
}
