import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { Store } from '../../electron/core/store/connection'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, payment, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const grows = { offered: true, certainty: 'known', reason: null, walk: 'append' } as const
const PAGE = 10
const idsIn = (store: Store) => new Set(store.cache.prepare('SELECT id FROM payment').pluck().all() as string[])

/** A list that only grows, newest first. */
const setUp = async (rows: number) => {
  const clock = createTestClock()
  const platform = scriptedPlatform(PAGE)
  platform.now = () => clock.now()
  const store = bench.memory()
  let made = 0
  const fresh = (count: number) => Array.from({ length: count }, () => payment(`p${String(made++)}`)).reverse()
  const add = (more: number): void => {
    platform.lists.payments = [...fresh(more), ...(platform.lists.payments ?? [])]
  }
  /** One that is told late: it stands where its date belongs. */
  const addLate = (depth: number): void => {
    platform.lists.payments = platform.lists.payments?.toSpliced(depth, 0, ...fresh(1)) ?? []
  }
  add(rows)
  const begin = () =>
    syncOf({ store, adapter: platform.adapter, capabilities: capabilitiesWith([], { payments: grows }), clock, random: () => 0.5 })
  const state = { sync: begin() }
  const row = () => state.sync.status().datasets.find(({ dataset }) => dataset === 'payments')!
  /** How many pages were asked for. */
  const again = async (): Promise<number> => {
    const before = platform.asked
    state.sync.now()
    await clock.advance(3_000)
    return platform.asked - before
  }
  const restart = async (): Promise<void> => {
    await state.sync.stop()
    state.sync = begin()
    state.sync.start()
    await clock.advance(3_000)
  }
  const all = () => new Set(platform.lists.payments?.map(({ id }) => id))
  state.sync.start()
  await clock.advance(1_000)
  return { clock, platform, store, add, addLate, again, restart, row, all, stop: () => state.sync.stop() }
}

describe('a list that only grows', () => {
  it('is read whole once, then only back to rows that are known', async () => {
    const { platform, store, add, again, row, all, stop } = await setUp(200)
    expect(idsIn(store)).toEqual(all())
    expect(platform.asked).toBeLessThanOrEqual(21)
    expect(await again()).toBe(2)
    add(35)
    expect(await again()).toBeLessThanOrEqual(6)
    expect(idsIn(store)).toEqual(all())
    expect(row()).toMatchObject({ complete: true, rows: 235, error: null })
    await stop()
  })

  it('loses nothing that the platform no longer tells, and goes on reading only its beginning', async () => {
    const { platform, store, add, again, stop } = await setUp(100)
    platform.lists.payments = platform.lists.payments?.slice(0, 70) ?? []
    expect(await again()).toBe(2)
    expect(idsIn(store).size).toBe(100)
    add(3)
    expect(await again()).toBeLessThanOrEqual(3)
    expect(idsIn(store).size).toBe(103)
    await stop()
  })

  it.each([5, 25, 110, 195])('finds a row that is told late, %i rows down, by the total', async (depth) => {
    const { store, addLate, again, all, stop } = await setUp(200)
    addLate(depth)
    await again()
    expect(idsIn(store)).toEqual(all())
    expect(await again()).toBe(2)
    await stop()
  })

  it('finds a row that was told late while the list was read for the first time', async () => {
    const clock = createTestClock()
    const platform = scriptedPlatform(PAGE)
    platform.now = () => clock.now()
    const store = bench.memory()
    platform.lists.payments = Array.from({ length: 100 }, (_, index) => payment(`p${String(index)}`))
    platform.before = (_, asked) => {
      // Behind the reader.
      if (asked === 6) platform.lists.payments = platform.lists.payments?.toSpliced(12, 0, payment('late')) ?? []
    }
    const sync = syncOf({ store, adapter: platform.adapter, capabilities: capabilitiesWith([], { payments: grows }), clock })
    sync.start()
    await clock.advance(1_000)
    sync.now()
    await clock.advance(3_000)
    expect(idsIn(store)).toContain('late')
    await sync.stop()
  })

  it.each([0, 60])(
    'leaves no gap when a reading of many new rows is cut off in the middle, while the platform forgets %i',
    async (forgotten) => {
      const { platform, store, add, again, restart, row, stop } = await setUp(60)
      add(55)
      platform.lists.payments = platform.lists.payments?.slice(0, 115 - forgotten) ?? []
      const first = platform.asked
      platform.before = (_, asked) => {
        if (asked > first + 3) throw new AppError('offline', 'cut off')
      }
      await again()
      expect(idsIn(store).size).toBeLessThan(115)
      expect(row().complete).toBe(false)
      platform.before = () => undefined
      await restart()
      expect(idsIn(store).size).toBe(115)
      expect(row()).toMatchObject({ complete: true, rows: 115, error: null })
      await stop()
    },
  )

  it('goes on with its first reading where it broke off, however long ago that was', async () => {
    const clock = createTestClock()
    const platform = scriptedPlatform(PAGE)
    platform.now = () => clock.now()
    const store = bench.memory()
    platform.lists.payments = Array.from({ length: 200 }, (_, index) => payment(`p${String(index)}`))
    platform.before = (_, asked) => {
      if (asked > 12) throw new AppError('platform-error', 'a fault for a moment')
    }
    const begin = () => syncOf({ store, adapter: platform.adapter, capabilities: capabilitiesWith([], { payments: grows }), clock })
    const cutOff = begin()
    cutOff.start()
    await clock.advance(60_000)
    await cutOff.stop()
    expect(idsIn(store).size).toBe(120)
    platform.before = () => undefined
    await clock.advance(2 * 3_600_000)
    const sync = begin()
    sync.start()
    await clock.advance(10_000)
    expect(idsIn(store).size).toBe(200)
    expect(sync.status().datasets.find(({ dataset }) => dataset === 'payments')).toMatchObject({ complete: true, rows: 200, error: null })
    await sync.stop()
  })

  it('says that a list does not end, and asks for no more of it', async () => {
    const { platform, row, again, stop } = await setUp(60)
    let flicker = 0
    platform.after = (page) => ({
      ...page,
      // The same page for ever, with one row that never stays the same.
      items: page.items.map((item, index) => (index === 0 ? { ...item, status: String(flicker++) } : item)),
      next: '0',
    })
    expect(await again()).toBeLessThan(40)
    expect(row().error?.details).toMatchObject({ reason: 'endless' })
    await stop()
  })

  it('keeps count of a row that cannot be read while only the beginning is read, until it can be', async () => {
    const { platform, store, add, again, row, stop } = await setUp(0)
    let odd: string | null = 'p3'
    platform.after = (page) => {
      const isOdd = (item: unknown): boolean => (item as { id: string }).id === odd
      const unreadable = page.items.filter(isOdd).map((raw) => ({ id: odd, name: null, field: null, why: 'wrong-type' as const, raw }))
      return { ...page, items: page.items.filter((item) => !isOdd(item)), unreadable }
    }
    add(60)
    await again()
    expect(row()).toMatchObject({ complete: true, rows: 59, unreadable: 1 })
    for (let round = 0; round < 3; round++) {
      add(2)
      expect(await again()).toBeLessThanOrEqual(3)
      expect(row()).toMatchObject({ complete: true, unreadable: 1 })
    }
    platform.before = () => {
      throw new AppError('platform-error', 'a fault for a moment')
    }
    await again()
    expect(row()).toMatchObject({ unreadable: 1 })
    platform.before = () => undefined
    odd = null
    platform.lists.payments = [...(platform.lists.payments ?? [])].reverse()
    await again()
    expect(idsIn(store)).toContain('p3')
    expect(row()).toMatchObject({ rows: 66, unreadable: 0 })
    await stop()
  })

  it('reads to the end what comes without a total', async () => {
    const { platform, store, addLate, again, all, stop } = await setUp(80)
    platform.after = (page) => ({ ...page, total: null })
    addLate(70)
    await again()
    expect(idsIn(store)).toEqual(all())
    await stop()
  })

  it('does not read everything for ever because a platform counts one row too many', async () => {
    const { platform, again, stop } = await setUp(100)
    platform.after = (page) => ({ ...page, total: (page.total ?? 0) + 1 })
    await again()
    expect(await again()).toBe(2)
    await stop()
  })
})
