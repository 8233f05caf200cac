import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import type { PlatformAdapter } from '../platforms/port/core'
import type { Page, Sideload } from '../platforms/port/reads'
import type { ChangeSequence } from '../store/cache/change-spool'
import type { DatasetState } from '../store/cache/dataset-state'
import { commitPage, END_OF_LIST, type PageOutcome, type SideloadDataset } from '../store/cache/page'
import type { Store } from '../store/connection'
import type { SerialQueue } from './pausing'
import type { Requests } from './requests'
import { createCursorHistory, type CursorHistory } from './cursor-history'

export interface Skew {
  ms: number
}

/** What a walk works with. */
export interface WalkContext {
  store: Store
  adapter: PlatformAdapter
  requests: Requests
  clock: Clock
  connectionId: string
  sequence: ChangeSequence
  /** Nested datasets that this deployment does not list by themselves. */
  sideloads: readonly SideloadDataset[]
  signal: AbortSignal
  /** What is stored is stored one page to a turn, so that the core goes on answering. */
  serial: SerialQueue
  /** The platform's clock minus ours, as last measured; one object a connection. */
  skew: Skew
  onPage: (outcome: PageOutcome) => void
}

/** How reading a list to its end went. */
export interface Reading {
  /**
   * whole: every row that existed during the whole walk was seen. unsure: rows may have slipped behind the reader, or the
   * platform's totals cannot be believed. short: the list ended before its own total.
   */
  kind: 'whole' | 'unsure' | 'short'
  state: DatasetState
}

/** How old an unfinished walk may be to be continued. */
const RESUME_WITHIN_MS = 3_600_000
/** Requests of a walk, in the order of the list, that bring nothing new before the list is said not to end. */
const BARREN = { pages: 3, rows: 50 }
/** Pages read again because rows slipped: beyond this share of the list it moves faster than it can be read. */
const MOST_BACK = { share: 0.6, least: 12 }

/**
 * Reads a list page by page from where its walk stands, each page committed before the next is asked for.
 *
 * A list moves while it is read. A row added before the reader pushes others forward: they come twice, and no harm is
 * done. A row removed behind the reader pulls others back past it: the total falls, and the reader goes back until the
 * rows that slipped are under it again. Where totals say nothing (`overlap`, or a list without one) the page before is
 * read again after each page, which shows what slipped at twice the cost.
 */
export const readList = async (
  context: WalkContext,
  dataset: Dataset,
  { from, overlap: doubted }: { from: DatasetState; overlap: boolean },
): Promise<Reading> => {
  const walk = { context, dataset, unread: new Set<string>() }
  const history = createCursorHistory()
  let state = from
  let overlap = doubted
  let goingOn = from.cursor !== null
  let unsure = false
  let back = 0
  let removed = 0
  const barren = { pages: 0, rows: 0 }

  while (state.cursor !== END_OF_LIST) {
    const { cursor, total: before } = state
    const page = await ask(context, dataset, cursor)
    // Its first pages were read too long ago to say anything about now.
    if (goingOn && page.at - (state.startedAt ?? page.at) > RESUME_WITHIN_MS) return { kind: 'unsure', state }
    const dropped = overlap || before === null || page.total === null ? 0 : Math.max(0, before - page.total)
    // What happened behind a reader that was away cannot be read again: it remembers no page.
    if (goingOn && (dropped > 0 || page.total === null)) unsure = true
    goingOn = false
    if (page.total === null && page.next !== null) overlap = true
    removed += dropped
    const again = dropped === 0 ? null : history.before(Math.ceil(dropped / Math.max(1, page.items.length)))
    const tooMuch = back > MOST_BACK.least + state.pages * MOST_BACK.share
    if (again !== null && tooMuch) unsure = true
    const goBack = again !== null && !tooMuch
    const outcome = await commit(walk, page, goBack ? again.cursor : (page.next ?? END_OF_LIST))
    state = outcome.state
    if (goBack) {
      back += again.pages
      history.forget(again.pages)
      continue
    }
    if (outcome.fresh > 0 || page.items.length === 0) Object.assign(barren, { pages: 0, rows: 0 })
    else Object.assign(barren, { pages: barren.pages + 1, rows: barren.rows + page.items.length })
    if (barren.pages >= BARREN.pages && barren.rows >= BARREN.rows)
      throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
    const slipped = overlap && !tooMuch ? await readBefore(walk, history, state) : null
    if (overlap && tooMuch) unsure = true
    if (slipped === null) history.push(cursor)
    else {
      back += slipped.pages
      history.forget(slipped.pages - 1)
      state = slipped.state
    }
  }
  if (state.inserts > 0 && state.pages > 1) state = await readNewest(walk, state)
  return { kind: unsure ? 'unsure' : judge(state, { overlap, removed }), state }
}

/** Does what was seen go with what the platform said of the list's length? */
const judge = (state: DatasetState, { overlap, removed }: { overlap: boolean; removed: number }): Reading['kind'] => {
  if (state.total === null) return 'whole'
  const seen = state.done + state.unreadable
  if (seen < state.total - state.inserts) return 'short'
  if (overlap) return 'whole'
  // A row that comes and one that goes between two requests leave no trace in the totals.
  const unnoticed = removed + state.inserts === 0 ? 0 : removed + state.inserts + 2
  return seen > state.total + removed + unnoticed ? 'unsure' : 'whole'
}

type AnyPage = Page<EntityOf[Dataset]> & { sideload: Sideload }
interface Walk {
  context: WalkContext
  dataset: Dataset
  /** Ids of rows of this walk that could not be read: pages overlap, and each counts once. */
  unread: Set<string>
}

const ask = async (context: WalkContext, dataset: Dataset, cursor: string | null): Promise<AnyPage & { askedAt: number }> => {
  const askedAt = context.clock.now()
  const page = await context.requests.send((signal) => context.adapter.page({ dataset, cursor, signal }), { signal: context.signal })
  context.skew.ms = page.at - context.clock.now()
  return { ...page, askedAt }
}

const commit = async (
  { context, dataset, unread }: Walk,
  page: AnyPage & { askedAt: number },
  cursor: string | null,
): Promise<PageOutcome> => {
  const { connectionId, sequence } = context
  const sideloads = dataset === 'clients' ? context.sideloads : []
  const unreadable = page.unreadable.filter(({ id }) => id === null || !unread.has(id))
  for (const { id } of unreadable) if (id !== null) unread.add(id)
  const { askedAt } = page
  const outcome = await context.serial(() =>
    commitPage(context.store, { connectionId, dataset, page: { ...page, unreadable }, cursor, sideloads, sequence, askedAt }),
  )
  context.onPage(outcome)
  return outcome
}

/**
 * Reads the page before the last one again, and the one before that while they bring rows that had slipped there.
 * @returns null when nothing had; otherwise where to go on, and how many pages were read again.
 */
const readBefore = async (
  walk: Walk,
  history: CursorHistory,
  from: DatasetState,
): Promise<{ state: DatasetState; pages: number } | null> => {
  const goOn = from.cursor ?? END_OF_LIST
  for (let pages = 1, found = false, next = goOn; ; pages++) {
    const earlier = history.before(pages)
    const exhausted = earlier === null || earlier.pages < pages
    if (exhausted) return found ? { state: { ...from, cursor: next }, pages: pages - 1 } : null
    const page = await ask(walk.context, walk.dataset, earlier.cursor)
    const outcome = await commit(walk, { ...page, unreadable: page.unreadable.filter(({ id }) => id !== null) }, goOn)
    if (outcome.fresh === 0 && !found) return null
    // From here on the pages are read again in their order.
    next = page.next ?? END_OF_LIST
    from = outcome.state
    if (outcome.fresh === 0) return { state: { ...from, cursor: next }, pages }
    found = true
  }
}

/** New rows stand in front of a list that comes newest first: read until a page brings none. */
const readNewest = async (walk: Walk, from: DatasetState): Promise<DatasetState> => {
  let state = from
  let cursor: string | null = null
  for (let left = from.inserts + 1; left > 0;) {
    const page: AnyPage & { askedAt: number } = await ask(walk.context, walk.dataset, cursor)
    const outcome = await commit(walk, { ...page, unreadable: page.unreadable.filter(({ id }) => id !== null) }, END_OF_LIST)
    state = outcome.state
    if (outcome.fresh === 0 || page.next === null) return state
    left -= page.items.length
    cursor = page.next
  }
  return state
}
