import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Store } from '../../electron/core/store/connection'
import { forgetConnection } from '../../electron/core/store/cache/forget'
import { beginWalk, completeWalk } from '../../electron/core/store/cache/walk-state'
import { commitPage } from '../../electron/core/store/cache/page'
import { storeBench } from '../support/store-in-folder'
import { client, contract } from '../support/scripted-platform'
import type { EntityOf } from '../../shared/domain/entities'

const bench = storeBench()

/** Clients and their contracts: two kinds of rows that can be found, side by side in the search index. */
const write = (store: Store, connectionId: string, ids: readonly string[]): void => {
  const walk = <D extends 'clients' | 'contracts'>(dataset: D, items: EntityOf[D][]): void => {
    beginWalk(store, { connectionId, dataset })
    const page = { items, total: items.length, unreadable: [], partial: [], next: null, at: 1, sideload: {} }
    const sequence = { syncId: crypto.randomUUID(), next: 1 }
    commitPage(store, { connectionId, dataset, page, sideloads: [], sequence, askedAt: 1 })
    completeWalk(store, { connectionId, dataset, sideloads: [], asOf: 1 })
  }
  walk(
    'contracts',
    ids.map((id) => contract(`d-${id}`, id, 1)),
  )
  walk(
    'clients',
    ids.map((id) => client(id)),
  )
}

it('while one connection is forgotten, another one goes on syncing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 300 }), async (forgotten, kept) => {
      const store = bench.memory()
      write(
        store,
        'kept',
        Array.from({ length: kept }, (_, index) => `a${String(index)}`),
      )
      write(
        store,
        'gone',
        Array.from({ length: forgotten }, (_, index) => `b${String(9_999 - index)}`),
      )
      let turn = 0
      await forgetConnection(store, 'gone', () => {
        // Each time more rows than before: new ones take the numbers that have just become free.
        turn++
        write(
          store,
          'kept',
          Array.from({ length: kept + turn * 20 }, (_, index) => `a${String(index)}`),
        )
        return Promise.resolve()
      })
      const count = (text: string): unknown => store.cache.prepare(text).pluck().get()
      expect(count(`SELECT count(*) FROM client WHERE connection_id = 'gone'`)).toBe(0)
      expect(count(`SELECT count(*) FROM search_row WHERE connection_id = 'gone'`)).toBe(0)
      expect(count(`SELECT count(*) FROM search_row`)).toBe(count('SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM contract)'))
      store.close()
    }),
    { numRuns: 25, interruptAfterTimeLimit: 8_000 },
  )
})
