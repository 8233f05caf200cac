import { describe, expect, it } from 'vitest'
import { createUserActivity } from '../../electron/core/user-activity'
import { findOwner, writeOwnersState } from '../../electron/core/store/cache/owners'
import type { Store } from '../../electron/core/store/connection'
import { ownersOf, type OwnersInTurn } from '../../electron/core/sync/owners-in-turn'
import { createTestClock } from '../support/core-clock'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const connectionId = 'c1'
const dataset = 'limits'
const HOUR = 3_600_000
const id = (index: number): string => `${String((index * 7_919) % 100_003).padStart(6, '0')}-${String(index)}`

/** Clients of whom every third was never read; the others were, the later ones longer ago. One in ten has no date. */
const withClients = (count: number) => {
  const store = bench.memory()
  const clock = createTestClock()
  const client = store.cache.prepare(
    `INSERT INTO client (connection_id, id, name, name_folded, created_at, payment_methods, hypervisors, contacts, hash, walk)
     VALUES ('c1', ?, 'К', 'к', ?, '[]', '[]', '[]', '', 1)`,
  )
  const owner = store.cache.prepare(`INSERT INTO owner_state (connection_id, dataset, owner_id, as_of) VALUES ('c1', 'limits', ?, ?)`)
  const readAt = (index: number): number => clock.now() - 13 * HOUR - index
  store.cache.transaction(() => {
    for (let index = 0; index < count; index++) {
      client.run(id(index), index % 10 === 0 ? null : 1_000 + index)
      if (index % 3 > 0) owner.run(id(index), readAt(index))
    }
    store.cache.prepare(`INSERT INTO dataset_state (connection_id, dataset, rows) VALUES ('c1', 'clients', ?)`).run(count)
  })()
  return { store, clock, readAt }
}
const ownersIn = ({ store, clock }: ReturnType<typeof withClients>) =>
  ownersOf(
    {
      ...{ store, clock, connectionId, skew: { ms: 0 }, activity: createUserActivity(clock), random: () => 0 },
      ...{ adapter: undefined as never, requests: undefined as never, newSequence: () => ({ syncId: 's', next: 1 }) },
      ...{ onChanged: () => undefined, onProgress: () => undefined },
    },
    { dataset, intervalMs: 300_000, signal: new AbortController().signal },
  )
const readNext = (store: Store, owners: OwnersInTurn): string | null => {
  const next = owners.next()
  if (next === null) return null
  owners.begun(next, findOwner(store, { connectionId, dataset, id: next })?.asOf ?? null)
  owners.read(next, { at: 1, more: 2 })
  writeOwnersState(store, connectionId, { ...owners.progress(), dataset, running: true, error: null })
  return next
}

describe('the clients of a round', () => {
  it('are those never read, newest first, then the oldest readings within the budget, each once', async () => {
    const made = withClients(3_000)
    const owners = await ownersIn(made)
    expect(owners.progress()).toEqual({ clients: 3_000, read: 2_000, rows: 0, oldest: made.readAt(2_999) })
    const order: string[] = []
    for (let next = readNext(made.store, owners); next !== null; next = readNext(made.store, owners)) order.push(next)
    const never = Array.from({ length: 1_000 }, (_, index) => index * 3)
    const dated = never.filter((index) => index % 10 > 0).reverse()
    expect(order.slice(0, dated.length)).toEqual(dated.map(id))
    expect(new Set(order.slice(0, 1_000))).toEqual(new Set(never.map(id)))
    const known = Array.from({ length: 3_000 }, (_, index) => index).filter((index) => index % 3 > 0)
    expect(order.slice(1_000)).toEqual(known.reverse().slice(0, 20).map(id))
    expect(owners.progress()).toMatchObject({ clients: 3_000, read: 3_000, rows: 2_040, oldest: 1 })
  })

  it('cost as much among 20,000 as among few', async () => {
    const stepsIn = async (count: number): Promise<number> => {
      const made = withClients(count)
      const owners = await ownersIn(made)
      const times: number[] = []
      for (let batch = 0; batch < 5; batch++) {
        const begun = performance.now()
        for (let step = 0; step < 40; step++) expect(readNext(made.store, owners)).not.toBeNull()
        times.push(performance.now() - begun)
      }
      return Math.min(...times)
    }
    const few = await stepsIn(1_000)
    expect(await stepsIn(20_000)).toBeLessThan(5 * few)
  })
})
