import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../electron/core/store/connection'
import { createTestClock } from '../support/core-clock'
import { movingList, type Moving } from '../support/moving-list'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const stored = (store: Store): Set<string> =>
  new Set((store.cache.prepare('SELECT id FROM client').all() as { id: string }[]).map(({ id }) => id))

/** One attempt at the list, whatever walks it takes; where so much went that it is asked for again, that second walk too. */
const attempt = async (store: Store, list: Moving) => {
  const clock = createTestClock()
  list.platform.now = () => clock.now()
  const sync = syncOf({ store, adapter: list.platform.adapter, capabilities: capabilitiesWith(['clients']), clock, random: () => 0 })
  const state = () => sync.status().datasets.find(({ dataset }) => dataset === 'clients')!
  list.begin()
  sync.start()
  await sync.whenIdle()
  if (state().suspect > 0) {
    await clock.advance(61_000)
    await sync.whenIdle()
  }
  const clients = state()
  expect(clients.suspect).toBe(0)
  await sync.stop()
  return clients
}

describe('a list that moves while it is walked', () => {
  const scenario = fc.record({
    order: fc.constantFrom('newest', 'oldest', 'scattered'),
    totals: fc.constantFrom('true', 'none'),
    size: fc.integer({ min: 0, max: 60 }),
    pageSize: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer(),
    rate: fc.integer({ min: 0, max: 25 }),
  } as const)

  it('is complete only when every row that lived through the walk is here, and keeps no row for more than two walks', async () => {
    let complete = 0
    let runs = 0
    await fc.assert(
      fc.asyncProperty(scenario, async (chosen) => {
        const store = bench.memory()
        const list = movingList(chosen)
        const goneFor = new Map<string, number>()
        for (let walk = 0; walk < 4; walk++) {
          runs++
          const { complete: whole } = await attempt(store, list)
          if (!whole) continue
          complete++
          const here = stored(store)
          expect([...list.livedThrough()].filter((id) => !here.has(id))).toEqual([])
          for (const id of list.goneBefore()) if (here.has(id)) goneFor.set(id, (goneFor.get(id) ?? 0) + 1)
          expect(Math.max(0, ...goneFor.values())).toBeLessThanOrEqual(2)
        }
        list.stop()
        const { complete: whole, rows } = await attempt(store, list)
        expect(whole).toBe(true)
        expect(stored(store)).toEqual(new Set(list.ids()))
        expect(rows).toBe(list.ids().length)
        store.close()
      }),
      {
        ...{ numRuns: 80, interruptAfterTimeLimit: 12_000 },
        // Here more than 30 % goes between two walks.
        examples: [[{ order: 'newest', totals: 'true', size: 57, pageSize: 1, seed: 1_000_151_736, rate: 23 }]],
      },
    )
    expect(complete).toBeGreaterThan(runs / 2)
  })

  it.each([['newest'], ['oldest'], ['scattered']] as const)('costs at most two and a half times its pages (%s first)', async (order) => {
    const store = bench.memory()
    const list = movingList({ order, totals: 'true', size: 400, pageSize: 10, seed: 7, rate: 4 })
    await attempt(store, list)
    for (let walk = 0; walk < 3; walk++) {
      const before = list.platform.asked
      expect((await attempt(store, list)).complete).toBe(true)
      expect((list.platform.asked - before) / (list.ids().length / 10)).toBeLessThan(2.5)
    }
  })
})

describe('a platform whose answers cannot be believed', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => client(`k${String(index).padStart(3, '0')}`))
  const setUp = async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform(10)]
    platform.lists.clients = many(200)
    const sync = () => syncOf({ store, adapter: platform.adapter, capabilities: capabilitiesWith(['clients']), random: () => 0 })
    const first = sync()
    first.start()
    await first.whenIdle()
    await first.stop()
    return { store, platform, sync }
  }
  type Asked = { cursor: string | null }

  it.each([
    ['an empty list with a total of 0', () => ({ items: [], total: 0, next: null })],
    ['a bare empty list', () => ({ items: [], total: null, next: null })],
    [
      'an end after five pages, with no total',
      ({ cursor }: Asked) => (cursor === '5' ? { items: [], total: null, next: null } : { total: null }),
    ],
    ['half of the list under half of the total', ({ cursor }: Asked) => (cursor === '9' ? { total: 100, next: null } : { total: 100 })],
  ])('%s removes nothing until a second answer a minute later says so too', async (_name, lie) => {
    const { store, platform, sync } = await setUp()
    platform.after = (page, request) => ({ ...page, ...lie(request) })
    const lied = sync()
    lied.start()
    await lied.whenIdle()
    const row = lied.status().datasets.find(({ dataset }) => dataset === 'clients')!
    expect(stored(store).size).toBe(200)
    expect(row.rows).toBe(200)
    expect(row.error?.details['reason']).toBe('mass-removal')
    expect(row.suspect).toBeGreaterThan(90)
    const wait = (row.nextAt ?? 0) - Date.now()
    expect(wait).toBeGreaterThan(30_000)
    expect(wait).toBeLessThanOrEqual(60_000)
    const asked = platform.asked
    lied.now()
    await lied.whenIdle()
    expect(platform.asked).toBe(asked)
    await lied.stop()
  })

  it('a list that repeats its page for ever ends as one that does not end', async () => {
    const { store, platform, sync } = await setUp()
    platform.after = (page) => ({ ...page, items: page.items.slice(0, 0).concat(many(10) as never), total: null, next: '1' })
    const asked = platform.asked
    const endless = sync()
    endless.start()
    await endless.whenIdle()
    expect(platform.asked - asked).toBeLessThan(40)
    expect(endless.status().datasets.find(({ dataset }) => dataset === 'clients')?.error?.details['reason']).toBe('endless')
    expect(stored(store).size).toBe(200)
    await endless.stop()
  })
})
