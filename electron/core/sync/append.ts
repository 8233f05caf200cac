import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Page, Sideload } from '../platforms/port/reads'
import { completeAppended, knownAtMark, knownUnread, recountUnread, unreadKey } from '../store/cache/append-state'
import { emptyState, readState, type DatasetState } from '../store/cache/dataset-state'
import { commitPage, END_OF_LIST, type PageOutcome } from '../store/cache/page'
import { beginWalk, countRowsInSlices, failWalk, resumableWalk } from '../store/cache/walk-state'
import { passesByItself } from './backoff'
import { yieldToEventLoop, stopped } from './pausing'
import type { PullEnd } from './pull'
import { readList, type WalkContext } from './walk'

/** Pages in a row that hold only known rows before the rest is believed to be known too. */
const KNOWN_PAGES = 2
/** Readings on top of the first, where that one could not be sure to have seen everything. */
const MORE_READINGS = 2
/** Requests that bring no row that this reading has not seen, before the list is said not to end. */
const BARREN = { pages: 3, rows: 50 }

/**
 * A list that only grows and comes newest first: once it was read whole, only its beginning is read, back to the rows that
 * were known when it was last known without a gap. Rows of a reading that was cut off do not count as known: below them may
 * be others that were never read. A row that is told late stands deeper: the platform's total tells that one is missing,
 * and the reading goes on until it is found. Nothing is ever removed from the list here.
 */
export const pullAppended = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId, signal } = context
  try {
    const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    return before.markWalk === null ? await readWhole(context, dataset) : await readBeginning(context, dataset, before)
  } catch (thrown) {
    // Cut off from outside: that says nothing about this list.
    const error = signal.aborted ? new AppError('cancelled', 'the walk was cut off') : AppError.from(thrown)
    const keepCursor = signal.aborted || (passesByItself(error) && error.details['reason'] !== 'endless')
    failWalk(store, { connectionId, dataset, error: error.toData(), keepCursor })
    recountUnread(store, { connectionId, dataset })
    return { kind: signal.aborted ? 'interrupted' : 'incomplete', error }
  }
}

const readWhole = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId, clock, signal } = context
  let state = resumableWalk(store, connectionId, dataset) ?? beginWalk(store, { connectionId, dataset })
  for (let more = 0; ; more++) {
    const reading = await readList(context, dataset, { from: state, overlap: more > 0 })
    state = reading.state
    if (reading.kind === 'whole') break
    const reason = reading.kind === 'short' ? 'short' : 'moving'
    if (more >= MORE_READINGS) throw new AppError('bad-answer', 'the list could not be read whole', { reason })
    state = beginWalk(store, { connectionId, dataset })
  }
  const rows = await countRowsInSlices(store, connectionId, { dataset, pause: yieldToEventLoop })
  if (signal.aborted) throw stopped(signal)
  const asOf = state.startedAt ?? clock.now()
  // A row that was told late while the list was read is in its total, and not here.
  const total = state.total === null ? null : Math.min(state.total, rows + state.unreadable)
  completeAppended(store, { connectionId, dataset, asOf, total, whole: true })
  return { kind: 'complete', at: asOf, changed: true }
}

/** What one reading of the beginning has seen. */
interface Reading {
  /** Of its first page. */
  at: number | null
  total: number | null
  /** All rows, and those that are new since the mark. */
  seen: Set<string>
  fresh: Set<string>
  /** Pages in a row that were known already. */
  known: number
  barren: { pages: number; rows: number }
  changed: boolean
}
type AnyPage = Page<EntityOf[Dataset]> & { sideload: Sideload }

const readBeginning = async (context: WalkContext, dataset: Dataset, before: DatasetState): Promise<PullEnd> => {
  const { store, connectionId, clock, requests, adapter, signal } = context
  const unreadBefore = knownUnread(store, { connectionId, dataset })
  beginWalk(store, { connectionId, dataset })
  const reading: Reading = {
    ...{ at: null, total: null, seen: new Set(), fresh: new Set() },
    ...{ known: 0, barren: { pages: 0, rows: 0 }, changed: false },
  }
  let whole = false
  for (let cursor: string | null = null; !whole && !isThrough(reading, before);) {
    const at: string | null = cursor
    const askedAt = clock.now()
    const page: AnyPage = await requests.send((inner) => adapter.page({ dataset, cursor: at, signal: inner }), { signal })
    const ids = page.items.map(({ id }) => id)
    const named = [...ids, ...page.unreadable.flatMap(({ id }) => id ?? [])]
    const known = knownAtMark(store, { connectionId, dataset, ids: named, mark: before.markWalk ?? 0 })
    const unread = page.unreadable.filter((one) => !reading.seen.has(unreadKey(one)))
    const outcome = await commit(context, dataset, { ...page, unreadable: unread, askedAt })
    const fresh = [...ids, ...unread.map(unreadKey)].filter((key) => !known.has(key) && !unreadBefore.has(key))
    note(reading, page, { ids: [...ids, ...unread.map(unreadKey)], fresh, outcome })
    cursor = page.next
    whole = cursor === null
  }
  const asOf = reading.at ?? clock.now()
  // Read to its end, the list holds what it holds, whatever the platform counts.
  const found = (before.markTotal ?? 0) + reading.fresh.size
  const total = reading.total === null || whole ? reading.total : Math.min(reading.total, found)
  completeAppended(store, { connectionId, dataset, asOf, total, whole })
  return { kind: 'complete', at: asOf, changed: reading.changed }
}

/** Everything down to the mark was seen, and as many rows as the platform counts more. */
const isThrough = ({ known, total, fresh }: Reading, { markTotal }: DatasetState): boolean =>
  known >= KNOWN_PAGES && total !== null && markTotal !== null && total - markTotal <= fresh.size

const commit = async (
  context: WalkContext,
  dataset: Dataset,
  { askedAt, ...page }: AnyPage & { askedAt: number },
): Promise<PageOutcome> => {
  const { store, connectionId, sequence } = context
  const write = { connectionId, dataset, page, cursor: END_OF_LIST, sideloads: [], sequence, askedAt }
  const outcome = await context.serial(() => commitPage(store, write))
  context.onPage(outcome)
  return outcome
}

/** @throws AppError where the list brings the same rows again and again. */
const note = (reading: Reading, page: AnyPage, { ids, fresh, outcome }: { ids: string[]; fresh: string[]; outcome: PageOutcome }): void => {
  reading.total = reading.at === null ? page.total : reading.total
  reading.at ??= page.at
  reading.changed ||= outcome.changed.length > 0
  const isNew = fresh.some((id) => !reading.fresh.has(id))
  reading.known = isNew || outcome.changed.length > 0 ? 0 : reading.known + 1
  const seenBefore = ids.length > 0 && ids.every((id) => reading.seen.has(id))
  reading.barren = seenBefore ? { pages: reading.barren.pages + 1, rows: reading.barren.rows + ids.length } : { pages: 0, rows: 0 }
  for (const id of ids) reading.seen.add(id)
  for (const id of fresh) reading.fresh.add(id)
  if (reading.barren.pages >= BARREN.pages && reading.barren.rows >= BARREN.rows)
    throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
}
