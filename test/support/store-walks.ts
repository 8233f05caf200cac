import type { Dataset } from '../../shared/domain/datasets'
import type { EntityOf } from '../../shared/domain/entities'
import { commitPage } from '../../electron/core/store/cache/page'
import { descriptorOf } from '../../electron/core/store/datasets'
import { removeUnseen } from '../../electron/core/store/cache/tombstones'
import { beginWalk, completeWalk } from '../../electron/core/store/cache/walk-state'
import type { Store } from '../../electron/core/store/connection'

interface Walked<D extends Dataset> {
  dataset: D
  rows: readonly EntityOf[D][]
  at: number
  pageSize: number
  /** After each transaction. */
  then?: () => void
}

/** Walks one list of connection c1 into a store, page by page, and removes what it did not hold. */
export const walkInto = <D extends Dataset>(store: Store, { dataset, rows, at, pageSize, then = () => undefined }: Walked<D>): void => {
  const connectionId = 'c1'
  const { walk } = beginWalk(store, { connectionId, dataset })
  const sequence = { syncId: crypto.randomUUID(), next: 1 }
  for (let from = 0; from === 0 || from < rows.length; from += pageSize) {
    const items = rows.slice(from, from + pageSize)
    const page = {
      items,
      total: rows.length,
      unreadable: [],
      partial: [],
      next: from + pageSize < rows.length ? 'more' : null,
      at,
      sideload: {},
    }
    commitPage(store, { connectionId, dataset, page, sideloads: [], sequence, askedAt: at })
    then()
  }
  const changes = { sequence, dataset, since: at - 1, at }
  const context = { db: store.cache, connectionId, askedAt: 0, removedNotes: store.removedNotes }
  const unseen = store.cache.prepare(`SELECT id FROM ${descriptorOf(dataset).table} WHERE connection_id = ? AND walk <> ?`).pluck()
  const gone = unseen.all(connectionId, walk) as string[]
  for (let from = 0; from < gone.length; from += pageSize) {
    removeUnseen(store, { connectionId, dataset, walks: [walk] }, { ids: gone.slice(from, from + pageSize), changes, context })
    then()
  }
  completeWalk(store, { connectionId, dataset, sideloads: [], asOf: at })
}
