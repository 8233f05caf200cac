import { readState } from '../store/cache/dataset-state'
import { surveyOwners, type OwnersProgress } from '../store/cache/owners'
import type { OwnedDataset } from '../store/cache/owner-rows'
import { countRowsInSlices } from '../store/cache/walk-state'
import type { ChildrenOptions, OwnerRead } from './owner'
import { yieldToEventLoop, stopped } from './pausing'

const DAY_MS = 86_400_000
const LEAST_BUDGET = 20

/** How many known clients are read again in one interval, so that each is at least once a day. */
export const refreshBudget = (clients: number, intervalMs: number): number =>
  Math.max(LEAST_BUDGET, Math.ceil((clients * intervalMs * 1.5) / DAY_MS))

/** Whose turn it is in one round, and how far it has come: kept in memory, so that no step depends on how many clients there are. */
export interface OwnersInTurn {
  next(): string | null
  /** It is read now; `asOf` = when it was the last time. */
  begun(id: string, asOf: number | null): void
  read(id: string, read: OwnerRead): void
  /** It is not known any more. */
  gone(id: string): void
  isUnread(id: string): boolean
  isDone(id: string): boolean
  asked(): number
  progress(): Pick<OwnersProgress, 'clients' | 'read' | 'oldest' | 'rows'>
}

export const ownersOf = async (
  { store, connectionId, clock, skew }: ChildrenOptions,
  { dataset, intervalMs, signal }: { dataset: OwnedDataset; intervalMs: number; signal: AbortSignal },
): Promise<OwnersInTurn> => {
  const turn = async (): Promise<void> => {
    await yieldToEventLoop()
    if (signal.aborted || !store.cache.open) throw stopped(signal)
  }
  const known = readState(store.cache, connectionId, 'clients')?.rows ?? 0
  const asked = { connectionId, dataset, readBefore: clock.now() + skew.ms - DAY_MS / 2, most: refreshBudget(known, intervalMs) }
  const { never, old, restAsOf, ...survey } = await surveyOwners(store, asked, turn)
  let rows = await countRowsInSlices(store, connectionId, { dataset, pause: turn })
  const unread = new Set(never)
  const done = new Set<string>()
  const settled = new Set<string>()
  let [nextNever, nextOld, oldestLeft] = [0, 0, 0]
  let { clients, read } = survey
  let firstReadAt: number | null = null

  const oldest = (): number | null => {
    while (settled.has(old[oldestLeft]?.id ?? '')) oldestLeft++
    const all = [old[oldestLeft]?.asOf ?? null, restAsOf, firstReadAt].filter((asOf) => asOf !== null)
    return all.length === 0 ? null : Math.min(...all)
  }
  return {
    next: () => {
      while (nextNever < never.length) {
        const id = never[nextNever++]
        if (id !== undefined && !done.has(id)) return id
      }
      while (nextOld < old.length) {
        const id = old[nextOld++]?.id
        if (id !== undefined && !done.has(id)) return id
      }
      return null
    },
    begun: (id, asOf) => {
      done.add(id)
      if (asOf !== null || unread.has(id)) return
      // It came since the begin.
      unread.add(id)
      clients++
    },
    read: (id, { at, more }) => {
      firstReadAt = Math.min(firstReadAt ?? at, at)
      rows += more
      settled.add(id)
      if (unread.delete(id)) read++
    },
    gone: (id) => {
      done.add(id)
      settled.add(id)
      if (unread.delete(id)) clients--
    },
    isUnread: (id) => unread.has(id),
    isDone: (id) => done.has(id),
    asked: () => done.size,
    progress: () => ({ clients, read, rows, oldest: oldest() }),
  }
}
