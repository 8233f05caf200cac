import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import type { PlatformAdapter } from '../platforms/port'
import type { ChangeSequence } from '../store/cache/change-spool'
import type { DatasetState } from '../store/cache/dataset-state'
import { commitPage, END_OF_LIST, type PageOutcome, type SideloadDataset } from '../store/cache/page'
import type { Store } from '../store/connection'
import type { Turns } from './pausing'
import type { Requests } from './requests'

export interface Skew {
  ms: number
}

/** What a walk works with. One for all datasets of a connection's pass. */
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
  turns: Turns
  /** The platform's clock minus ours, as last heard; one object a connection. */
  skew: Skew
  onPage: (outcome: PageOutcome) => void
}

/** How reading a list to its end went. */
export type Reading =
  | { kind: 'whole'; state: DatasetState; pages: number }
  /** The total changed on the way: pages may have shifted, so nothing can be said about what was not seen. */
  | { kind: 'drifted'; state: DatasetState }
  /** It ended before its own total, or some ids came twice in the place of others. */
  | { kind: 'short'; state: DatasetState }

/** Reads a list page by page from where its walk stands, each page committed before the next is asked for. */
export const readList = async (context: WalkContext, dataset: Dataset, from: DatasetState): Promise<Reading> => {
  let state = from
  let pages = from.cursor === null ? 0 : 1
  let goingOn = from.cursor !== null
  while (state.cursor !== END_OF_LIST) {
    const { cursor } = state
    const askedAt = context.clock.now()
    const page = await context.requests.send((signal) => context.adapter.page({ dataset, cursor, signal }), { signal: context.signal })
    context.skew.ms = page.at - context.clock.now()
    // Its first pages were read too long ago to say anything about now.
    if (goingOn && page.at - (state.startedAt ?? page.at) > RESUME_WITHIN_MS) return { kind: 'drifted', state }
    goingOn = false
    const { connectionId, sequence } = context
    const sideloads = dataset === 'clients' ? context.sideloads : []
    const outcome = await context.turns(() => commitPage(context.store, { connectionId, dataset, page, sideloads, sequence, askedAt }))
    context.onPage(outcome)
    state = outcome.state
    pages++
    if (page.total !== null && state.firstTotal !== null && page.total !== state.firstTotal) return { kind: 'drifted', state }
    if (pages > MOST_PAGES) throw new AppError('bad-answer', 'the list does not end')
  }
  const seen = state.done + state.unreadable
  return state.total === null || seen === state.total ? { kind: 'whole', state, pages } : { kind: 'short', state }
}

/** How old an unfinished walk may be to be continued. */
const RESUME_WITHIN_MS = 3_600_000
/** A guard against a list that never ends: ten million rows at ten a page. */
const MOST_PAGES = 1_000_000
