import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Page, Sideload } from '../platforms/port/reads'
import { emptyState, readState } from '../store/cache/dataset-state'
import { commitPage, END_OF_LIST } from '../store/cache/page'
import { beginWalk, completeWalk, failWalk, resumableWalk } from '../store/cache/walk-state'
import { countedRows, type PullEnd } from './pull'
import { readList, type WalkContext } from './walk'

/** Pages in a row that hold only known rows before the rest is believed to be known too: a row may be told late. */
const KNOWN_PAGES = 2

/**
 * A list that only grows and comes newest first: once it was read whole, only its beginning is read, back to rows that
 * are known. Nothing is ever removed from it here.
 */
export const pullAppended = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId } = context
  try {
    const known = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    return known.asOf === null ? await readWhole(context, dataset) : await readBeginning(context, dataset)
  } catch (thrown) {
    // Cut off from outside: that says nothing about this list.
    const error = context.signal.aborted ? new AppError('cancelled', 'the walk was cut off') : AppError.from(thrown)
    failWalk(store, { connectionId, dataset, error: error.toData(), keepCursor: context.signal.aborted })
    return { kind: context.signal.aborted ? 'interrupted' : 'incomplete', error }
  }
}

const readWhole = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId, clock } = context
  const from = resumableWalk(store, connectionId, dataset) ?? beginWalk(store, { connectionId, dataset })
  const { kind, state } = await readList(context, dataset, { from, overlap: false })
  if (kind === 'short') throw new AppError('bad-answer', 'the list could not be read whole', { reason: 'short' })
  return await end(context, dataset, { asOf: state.startedAt ?? clock.now(), changed: true })
}

const readBeginning = async (context: WalkContext, dataset: Dataset): Promise<PullEnd> => {
  const { store, connectionId, clock, requests, adapter, sequence, signal } = context
  beginWalk(store, { connectionId, dataset })
  let asOf: number | null = null
  let changed = false
  for (let cursor: string | null = null, known = 0; known < KNOWN_PAGES;) {
    const at: string | null = cursor
    const askedAt = clock.now()
    const page: Page<EntityOf[Dataset]> & { sideload: Sideload } = await requests.send(
      (inner) => adapter.page({ dataset, cursor: at, signal: inner }),
      { signal },
    )
    const commit = { connectionId, dataset, page, cursor: END_OF_LIST, sideloads: [], sequence, askedAt }
    const outcome = await context.turns(() => commitPage(store, commit))
    context.onPage(outcome)
    asOf ??= page.at
    known = outcome.changed.length === 0 ? known + 1 : 0
    changed ||= outcome.changed.length > 0
    cursor = page.next
    if (cursor === null) break
  }
  return await end(context, dataset, { asOf: asOf ?? clock.now(), changed })
}

const end = async (context: WalkContext, dataset: Dataset, { asOf, changed }: { asOf: number; changed: boolean }): Promise<PullEnd> => {
  const { store, connectionId } = context
  const rows = await countedRows(context, [dataset])
  completeWalk(store, { connectionId, dataset, rows, sideloads: [], asOf })
  return { kind: 'complete', at: asOf, changed }
}
