import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import type { Page, Sideload } from '../../platforms/port/reads'
import type { Store } from '../connection'
import { descriptorOf } from '../datasets'
import type { RowContext } from '../datasets/descriptor'
import { inTransaction, run, sql, trusted } from '../sql'
import type { ChangeSequence, ChangeTrack } from './change-spool'
import { emptyState, keepUnread, readState, writeState, type DatasetState } from './dataset-state'
import { removedKey, removedSince } from './removed-notes'
import { noneTouched, settleTouched } from './touched'
import { upsertRows, type UpsertOutcome } from './upsert'

/** Nested datasets that this deployment lists nowhere else. Where it does, that list alone is believed. */
export type SideloadDataset = keyof Sideload & Dataset
export const END_OF_LIST = '\u0000end'
const MOST_ROWS = 500

export interface PageCommit<D extends Dataset> {
  connectionId: string
  dataset: D
  page: Page<EntityOf[D]> & { sideload: Sideload }
  /** Where the walk goes on, when that is not the page's own next. */
  cursor?: string | null
  sideloads: readonly SideloadDataset[]
  sequence: ChangeSequence
  askedAt: number
}
export interface PageOutcome {
  state: DatasetState
  /** Rows that this walk had not seen before. */
  fresh: number
  changed: { dataset: Dataset; ids: string[] }[]
}

/**
 * Stores one page: rows, where the walk stands, change rows and search rows, in one transaction. A page larger than
 * 500 rows is stored in several; only the last one moves the cursor, so a kill between them loses nothing.
 */
export const commitPage = <D extends Dataset>(store: Store, commit: PageCommit<D>): PageOutcome => {
  const { items } = commit.page
  const changed = new Map<Dataset, string[]>()
  const doneBefore = readState(store.cache, commit.connectionId, commit.dataset)?.done ?? 0
  for (let from = 0; items.length - from > MOST_ROWS; from += MOST_ROWS)
    inTransaction(store.cache, () => {
      writeRows(store, commit, { items: items.slice(from, from + MOST_ROWS), changed, last: false })
    })
  const rest = Math.max(0, Math.ceil(items.length / MOST_ROWS) - 1) * MOST_ROWS
  const state = inTransaction(store.cache, () => writeRows(store, commit, { items: items.slice(rest), changed, last: true }))
  return { state, fresh: state.done - doneBefore, changed: [...changed].map(([dataset, ids]) => ({ dataset, ids })) }
}

interface Slice<D extends Dataset> {
  items: EntityOf[D][]
  changed: Map<Dataset, string[]>
  last: boolean
}
const writeRows = <D extends Dataset>(store: Store, commit: PageCommit<D>, slice: Slice<D>): DatasetState => {
  const { connectionId, dataset, page } = commit
  const state = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
  const contractNames = new Map((page.sideload.contracts ?? []).map(({ id, name }) => [id, name]))
  const touched = noneTouched()
  const of = { db: store.cache, connectionId, askedAt: commit.askedAt, removedNotes: store.removedNotes }
  const context: RowContext = { ...of, contractNames, touched }
  const rows = dataset === 'notes' ? slice.items.filter((note) => !wasRemoved(context, note.id)) : slice.items
  const skipped = slice.items.length - rows.length
  const outcome = upsertRows(descriptorOf(dataset), { context, rows, walk: state.walk, changes: trackOf(state, commit) })
  remember(slice.changed, dataset, outcome)
  if (slice.last) keepSeen(commit, { context, walk: state.walk })
  if (slice.last) writeSideloads(commit, { context, walk: state.walk, changed: slice.changed })
  settleTouched(store.cache, connectionId, { touched, first: state.asOf === null && state.failures === 0 })
  const next: DatasetState = { ...state, done: state.done + outcome.fresh + skipped, rows: state.rows + outcome.added.length }
  if (slice.last) {
    next.cursor = commit.cursor === undefined ? (page.next ?? END_OF_LIST) : commit.cursor
    next.pages = state.pages + 1
    next.inserts = state.inserts + Math.max(0, (page.total ?? 0) - (state.total ?? page.total ?? 0))
    next.total = page.total ?? state.total
    next.startedAt = state.startedAt ?? page.at
    next.unreadable = state.unreadable + page.unreadable.length
    keepUnread(store.cache, { connectionId, dataset, walk: state.walk }, [...page.unreadable, ...page.partial])
  }
  writeState(store.cache, connectionId, next)
  return next
}

/** A row that cannot be read now, and could before, is still there: its last readable state stands. */
const keepSeen = <D extends Dataset>(
  { connectionId, dataset, page }: PageCommit<D>,
  { context, walk }: { context: RowContext; walk: number },
): void => {
  for (const { id } of page.unreadable)
    if (id !== null)
      run(
        context.db,
        sql`UPDATE ${trusted(descriptorOf(dataset).table)} SET walk = ${walk} WHERE connection_id = ${connectionId} AND id = ${id} AND walk >= 0`,
      )
}

const wasRemoved = (context: RowContext, id: string): boolean =>
  removedSince(context.removedNotes, { key: removedKey(context.connectionId, id), askedAt: context.askedAt })

const trackOf = (
  state: DatasetState,
  { sequence, page }: { sequence: ChangeSequence; page: { at: number } },
  dataset = state.dataset as Dataset,
): ChangeTrack | null => (state.asOf === null ? null : { sequence, dataset, since: state.asOf, at: page.at })

const writeSideloads = <D extends Dataset>(
  commit: PageCommit<D>,
  { context, walk, changed }: { context: RowContext; walk: number; changed: Map<Dataset, string[]> },
): void => {
  for (const dataset of commit.sideloads) {
    const rows = distinct<EntityOf[SideloadDataset]>(commit.page.sideload[dataset] ?? [])
    const state = readState(context.db, context.connectionId, dataset) ?? emptyState(dataset)
    const outcome = upsertRows(descriptorOf<SideloadDataset>(dataset), { context, rows, walk, changes: trackOf(state, commit) })
    remember(changed, dataset, outcome)
  }
}

const distinct = <T extends { id: string }>(rows: readonly T[]): T[] => [...new Map(rows.map((row) => [row.id, row])).values()]

const remember = (changed: Map<Dataset, string[]>, dataset: Dataset, { added, changed: others }: UpsertOutcome): void => {
  if (added.length + others.length > 0) changed.set(dataset, [...(changed.get(dataset) ?? []), ...added, ...others])
}
