import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { UserActivity } from '../user-activity'
import type { Clock } from '../clock'
import type { PlatformAdapter } from '../platforms/port/core'
import type { Page, PageRequest, Unread } from '../platforms/port/reads'
import type { ChangeSequence } from '../store/cache/change-spool'
import { countOwnerRows, replaceOwnerRows, type OwnedDataset } from '../store/cache/owner-rows'
import type { Store } from '../store/connection'
import type { Requests } from './requests'
import type { Skew } from './walk'

export interface ChildrenOptions {
  store: Store
  adapter: PlatformAdapter
  requests: Requests
  clock: Clock
  random: () => number
  connectionId: string
  newSequence: () => ChangeSequence
  skew: Skew
  /** The round steps aside for a person; what is read because of a person does not. */
  activity: UserActivity
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

export interface OwnerRead {
  /** Server time. */
  at: number
  /** Rows more than before. */
  more: number
}

type Entity = EntityOf[OwnedDataset]
interface Answer {
  rows: Entity[]
  unreadable: Unread[]
  partial: Unread[]
  /** Server time of the first page. */
  at: number
  askedAt: number
  /** Every page named the same total, and so many rows came. */
  sure: boolean
}

/** Readings of one owner's list, until one is whole or two agree. */
const MOST_READINGS = 3
const MOST_PAGES = 1_000
const TRIES = 2
/** An answer by which more than both of these would go is asked for once more. */
const MASS = { share: 0.3, rows: 20 }

/** Reads one owner's rows whole and replaces what was known. @throws AppError `bad-answer` when it moves too fast to be read whole. */
export const readOwner = async (options: ChildrenOptions, read: ReadOwner): Promise<OwnerRead> => {
  const { sure: _, ...answer } = await readWhole(options, read)
  const { store, connectionId } = options
  const { dataset, owner, sequence, urgent } = read
  const write = { connectionId, dataset, owner: owner.kind, ownerId: owner.id, ...answer, sequence }
  const { changed, more } = replaceOwnerRows(store, write)
  if (changed) options.onChanged(dataset, owner.kind === 'client' ? owner.id : null, urgent)
  return { at: answer.at, more }
}

const readWhole = async (options: ChildrenOptions, read: ReadOwner): Promise<Answer> => {
  const before = countOwnerRows(options.store, { connectionId: options.connectionId, dataset: read.dataset, ownerId: read.owner.id })
  let last: Answer | null = null
  for (let readings = 0; readings < MOST_READINGS; readings++) {
    const answer = await readOnce(options, read)
    const fewer = before - answer.rows.length - answer.unreadable.length
    const believed = answer.sure && !(fewer > MASS.rows && fewer > MASS.share * before)
    if (believed || (last !== null && sameIds(last, answer))) return answer
    last = answer
  }
  throw new AppError('bad-answer', 'the list could not be read whole', { reason: 'moving' })
}

const sameIds = (a: Answer, b: Answer): boolean => {
  const idsOf = ({ rows, unreadable }: Answer): (string | null)[] => [...rows, ...unreadable].map(({ id }) => id)
  const [known, others] = [new Set(idsOf(a)), new Set(idsOf(b))]
  return known.size === others.size && [...known].every((id) => others.has(id))
}

const readOnce = async ({ adapter, requests, clock }: ChildrenOptions, { dataset, owner, signal, urgent }: ReadOwner): Promise<Answer> => {
  const askedAt = clock.now()
  const rows = new Map<string, Entity>()
  const unreadable: Unread[] = []
  const partial: Unread[] = []
  const totals = new Set<number | null>()
  let at = 0
  let cursor: string | null = null
  let pages = 0
  do {
    if (++pages > MOST_PAGES) throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
    const asked: Omit<PageRequest<OwnedDataset>, 'signal'> = { dataset, cursor, ownerId: owner.id, ownerKind: owner.kind }
    const known = rows.size + unreadable.length
    const page: Page<Entity> = await requests.send((inner) => adapter.page({ ...asked, signal: inner }), { signal, urgent, tries: TRIES })
    for (const row of page.items) rows.set(row.id, row)
    unreadable.push(...page.unreadable.filter(({ id }) => id === null || !unreadable.some((one) => one.id === id)))
    partial.push(...page.partial)
    at = at === 0 ? page.at : at
    if (page.items.length + page.unreadable.length > 0) totals.add(page.total)
    cursor = page.next
    if (cursor !== null && rows.size + unreadable.length === known)
      throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
  } while (cursor !== null)
  const [total] = totals
  const sure = pages === 1 || (totals.size === 1 && total === rows.size + unreadable.length)
  return { rows: [...rows.values()], unreadable, partial, at, askedAt, sure }
}
