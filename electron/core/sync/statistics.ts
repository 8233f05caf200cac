import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Page, PageRequest, Unread } from '../platforms/port/reads'
import { emptyState, readState, replaceUnread, writeState } from '../store/cache/dataset-state'
import { stampCounted } from '../store/cache/stale'
import { upsertRows } from '../store/cache/upsert'
import { statistics } from '../store/datasets/statistics'
import { inTransaction } from '../store/sql'
import type { PullEnd } from './pull'
import type { WalkContext } from './walk'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const windows = { hour: { step: HOUR_MS, back: 31 * DAY_MS }, day: { step: DAY_MS, back: 365 * DAY_MS } } as const
type Resolution = keyof typeof windows

/**
 * The partner's history: by hour for a month and by day for a year, then only the tail that is missing. Points are kept
 * for ever; the last ones are asked for again, because a bucket that still runs goes on changing.
 */
export const pullStatistics = async (context: WalkContext): Promise<PullEnd> => {
  const { store, connectionId } = context
  try {
    const seen = await Promise.all([pullTail(context, 'hour'), pullTail(context, 'day')])
    const at = Math.min(...seen.map((one) => one.at))
    const unread = seen.flatMap((one) => one.unread)
    const unreadable = unread.filter(({ field }) => field === null).length
    const state = readState(store.cache, connectionId, 'statistics') ?? emptyState('statistics')
    inTransaction(store.cache, () => {
      writeState(store.cache, connectionId, { ...state, complete: true, error: null, asOf: at, unreadable })
      replaceUnread(store.cache, { connectionId, dataset: 'statistics' }, unread)
      stampCounted(store.cache, connectionId)
    })
    return { kind: 'complete', at, changed: true }
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (context.signal.aborted) return { kind: 'interrupted', error }
    const state = readState(store.cache, connectionId, 'statistics') ?? emptyState('statistics')
    writeState(store.cache, connectionId, { ...state, complete: false, error: error.toData() })
    return { kind: 'incomplete', error }
  }
}

interface Tail {
  /** Server time of the window's first page. */
  at: number
  unread: Unread[]
}

const pullTail = async (context: WalkContext, resolution: Resolution): Promise<Tail> => {
  const { store, connectionId, clock } = context
  const name = `statistics/${resolution}`
  const state = readState(store.cache, connectionId, name) ?? emptyState(name)
  const { step, back } = windows[resolution]
  const to = clock.now() + context.skew.ms + step
  const from = Math.max(to - back, (state.asOf ?? Number.NEGATIVE_INFINITY) - 2 * step)
  let at: number | null = null
  let cursor: string | null = null
  const seen = new Set<string>()
  const unread: Unread[] = []
  do {
    const asked: Omit<PageRequest<'statistics'>, 'signal'> = { dataset: 'statistics', cursor, from, to, resolution }
    const page: Page<EntityOf['statistics']> = await context.requests.send((signal) => context.adapter.page({ ...asked, signal }), {
      signal: context.signal,
    })
    at ??= page.at
    unread.push(...page.unreadable, ...page.partial)
    storePoints(context, page.items)
    const known = seen.size
    for (const { id } of page.items) seen.add(id)
    for (const { id, raw } of page.unreadable) seen.add(id ?? JSON.stringify(raw))
    cursor = page.next
    if (cursor !== null && seen.size === known) throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
  } while (cursor !== null)
  // A point that could not be read is asked for again, and told of, until it can be; a field of one would be so for ever.
  if (unread.every(({ field }) => field !== null)) writeState(store.cache, connectionId, { ...state, asOf: at, complete: true })
  return { at, unread }
}

const storePoints = ({ store, connectionId, clock, onPage }: WalkContext, rows: readonly EntityOf['statistics'][]): void => {
  const context = { db: store.cache, connectionId, askedAt: clock.now(), removedNotes: store.removedNotes }
  const state = inTransaction(store.cache, () => {
    const { added } = upsertRows(statistics, { context, rows, walk: 'none', changes: null })
    const before = readState(store.cache, connectionId, 'statistics') ?? emptyState('statistics')
    const after = { ...before, rows: before.rows + added.length }
    writeState(store.cache, connectionId, after)
    return after
  })
  onPage({ state, fresh: 0, changed: [{ dataset: 'statistics', ids: [] }] })
}
