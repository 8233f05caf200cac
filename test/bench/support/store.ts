import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { systemClock } from '../../../electron/core/clock'
import type { PlatformAdapter } from '../../../electron/core/platforms/port/core'
import { openStore, type Store } from '../../../electron/core/store/connection'
import { commitPage } from '../../../electron/core/store/cache/page'
import { beginWalk, completeWalk } from '../../../electron/core/store/cache/walk-state'
import type { ClientWithContract } from './clients'

/** Data of the measurements only; both files of a comparison are encrypted with it. */
export const KEY = '5a'.repeat(32)
export const CONNECTION = 'c1'
const LISTS = ['contracts', 'clients'] as const

export const openInFolder = (folder: string): Store => openStore({ folder, key: KEY, clock: systemClock })

/** From now on a walk tells what it changes: the one before it was complete. */
export const pretendEarlierWalk = (store: Store): void => {
  for (const dataset of LISTS) {
    beginWalk(store, { connectionId: CONNECTION, dataset })
    completeWalk(store, { connectionId: CONNECTION, dataset, sideloads: [], asOf: 1 })
  }
}
export const beginWalks = (store: Store): void => LISTS.forEach((dataset) => void beginWalk(store, { connectionId: CONNECTION, dataset }))

/** One batch as a pull writes it: a page of contracts, then a page of the clients that name them. @returns rows seen by this walk so far. */
export const writeBatch = (store: Store, batch: readonly ClientWithContract[], sequence = { syncId: 'first', next: 1 }): number => {
  const commit = <D extends Dataset>(dataset: D, items: EntityOf[D][]): number => {
    const page = { items, total: null, unreadable: [], partial: [], next: 'more', at: 2, sideload: {} }
    return commitPage(store, { connectionId: CONNECTION, dataset, page, sideloads: [], sequence, askedAt: 2 }).state.done
  }
  return (
    commit(
      'contracts',
      batch.map((it) => it.contract),
    ) +
    commit(
      'clients',
      batch.map((it) => it.client),
    )
  )
}

/** Reads the list of clients once, as a pull does. @returns how many there are. */
export const storeClients = async (store: Store, adapter: PlatformAdapter): Promise<number> => {
  const walk = { connectionId: CONNECTION, dataset: 'clients' as const, sideloads: [] }
  const { signal } = new AbortController()
  const sequence = { syncId: 'clients', next: 1 }
  beginWalk(store, walk)
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof adapter.page<'clients'>>> = await adapter.page({ dataset: 'clients', cursor, signal })
    const { state } = commitPage(store, { ...walk, page, sequence, askedAt: page.at })
    if (page.next === null) {
      completeWalk(store, { ...walk, asOf: page.at })
      return state.done
    }
    cursor = page.next
  }
}
