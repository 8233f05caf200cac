import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { SyncStatus } from '../../shared/ipc/sync'
import { backoffMs } from '../../electron/core/sync/backoff'
import { createTestClock } from '../support/core-clock'
import { storeBench } from '../support/store-in-folder'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const MINUTE = 60_000

const setUp = (more: { intervalMs?: number } = {}) => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = Array.from({ length: 7 }, (_, index) => client(`k${String(index)}`))
  const seen: SyncStatus[] = []
  const calls = { lists: 0, unauthorized: 0 }
  const store = bench.memory()
  const sync = syncOf({
    ...{ store, adapter: platform.adapter, capabilities: capabilitiesWith(['clients']), clock, random: () => 0.5, ...more },
    events: {
      onStatus: (status) => void seen.push(status),
      onListsComplete: () => void calls.lists++,
      onUnauthorized: () => void calls.unauthorized++,
    },
  })
  return { clock, platform, sync, seen, calls, store }
}
const dead = () => {
  throw new AppError('refused', 'nothing listens')
}

describe('the schedule', () => {
  it('walks the lists at every interval, give or take a tenth, and at once when asked', async () => {
    const { clock, sync, calls } = setUp()
    sync.start()
    await clock.advance(1000)
    expect(calls.lists).toBe(1)
    await clock.advance(4 * MINUTE)
    expect(calls.lists).toBe(1)
    await clock.advance(2 * MINUTE)
    expect(calls.lists).toBe(2)
    sync.now()
    await clock.advance(100)
    expect(calls.lists).toBe(3)
    expect(sync.status().intervalMs).toBe(5 * MINUTE)
    sync.setIntervalMs(20_000)
    expect(sync.status().intervalMs).toBe(20_000)
    await clock.advance(50_000)
    expect(calls.lists).toBeGreaterThanOrEqual(5)
    await sync.stop()
  })

  it('comes again by itself after a pass that the full disk ended, sooner than the interval and ever more rarely', async () => {
    const { clock, platform, sync, store } = setUp()
    sync.start()
    await clock.advance(1000)
    const room = Number(store.cache.pragma('max_page_count', { simple: true }))
    store.cache.pragma(`max_page_count = ${String(Number(store.cache.pragma('page_count', { simple: true })))}`)
    platform.lists.clients = Array.from({ length: 400 }, (_, index) => client(`n${String(index)}`, { name: 'я'.repeat(400) }))
    sync.now()
    await clock.advance(100)
    expect(sync.status()).toMatchObject({ phase: 'idle', error: { code: 'disk-full' } })
    const wait = (sync.status().nextTryAt ?? Infinity) - clock.now()
    expect(wait).toBeLessThan(MINUTE)
    await clock.advance(wait + 100)
    expect(sync.status().error?.code).toBe('disk-full')
    expect((sync.status().nextTryAt ?? Infinity) - clock.now()).toBeGreaterThan(wait)
    store.cache.pragma(`max_page_count = ${String(room)}`)
    await clock.advance(2 * MINUTE)
    expect(sync.status()).toMatchObject({ error: null, complete: true })
    await sync.stop()
  })

  it('comes again by itself after a pass that could not write at all', async () => {
    const { clock, sync, store } = setUp()
    sync.start()
    await clock.advance(1000)
    store.cache.pragma('query_only = ON')
    sync.now()
    await clock.advance(100)
    expect(sync.status().phase).toBe('idle')
    expect(sync.status().error?.code).toBe('storage')
    store.cache.pragma('query_only = OFF')
    await clock.advance(MINUTE)
    expect(sync.status()).toMatchObject({ error: null, complete: true })
    await sync.stop()
  })

  it('never comes more often than every ten seconds', async () => {
    const { clock, platform, sync } = setUp({ intervalMs: 10 })
    let walks = 0
    platform.before = ({ cursor }) => void (walks += cursor === null ? 1 : 0)
    sync.start()
    await clock.advance(59_000)
    expect(walks).toBe(6)
    await sync.stop()
  })

  it('stands still while suspended, and begins at once when woken', async () => {
    const { clock, platform, sync } = setUp()
    sync.start()
    await clock.advance(1000)
    sync.pause()
    expect(sync.status().phase).toBe('paused')
    const asked = platform.asked
    await clock.advance(60 * MINUTE)
    expect(platform.asked).toBe(asked)
    sync.resume()
    await clock.advance(100)
    expect(platform.asked).toBeGreaterThan(asked)
    expect(sync.status().phase).toBe('idle')
    await sync.stop()
  })

  it('cancels in the middle and goes on from there the next time', async () => {
    const { clock, platform, sync } = setUp()
    platform.before = ({ cursor }) => {
      if (cursor === '1') sync.cancel()
    }
    sync.start()
    await clock.advance(1000)
    expect(sync.status().datasets.find(({ dataset }) => dataset === 'clients')).toMatchObject({
      complete: false,
      error: { code: 'cancelled' },
    })
    const cursors: (string | null)[] = []
    platform.before = ({ cursor }) => void cursors.push(cursor)
    sync.now()
    await clock.advance(1000)
    expect(cursors).not.toContain(null)
    expect(sync.status()).toMatchObject({ complete: true, phase: 'idle', error: null })
    await sync.stop()
  })

  it('tells of its progress at most five times a second', async () => {
    const { clock, platform, sync, seen } = setUp()
    platform.lists.clients = Array.from({ length: 900 }, (_, index) => client(`k${String(index)}`))
    sync.start()
    await clock.advance(2000)
    expect(seen.length).toBeLessThanOrEqual(13)
    await sync.stop()
  })
})

describe('a platform that fails', () => {
  it('is asked again after a pause that doubles and varies, and never before it allows', () => {
    const waits = [0, 1, 2, 3, 10].map((attempt) => backoffMs(attempt, { random: () => 1 }))
    expect(waits).toEqual([500, 1000, 2000, 4000, 30_000])
    expect(backoffMs(5, { random: () => 0 })).toBe(0)
    const error = new AppError('rate-limited', 'slow down', { retryAfterMs: 7000 })
    expect(backoffMs(0, { random: () => 0, error })).toBe(7000)
  })

  it('is said to be offline within 45 s of its last word, and online at once when it answers', async () => {
    const { clock, platform, sync } = setUp()
    sync.start()
    await clock.advance(1000)
    const lastWord = sync.status().lastAnswerAt
    platform.before = dead
    platform.ping = () => Promise.reject(new AppError('timeout', 'silence'))
    await clock.advance(45_000)
    expect(sync.online()).toBe(false)
    expect(sync.status()).toMatchObject({ online: false, offlineSince: lastWord, phase: 'idle' })
    expect(sync.status().nextTryAt).toBeGreaterThan(clock.now() - 1)
    await clock.advance(20 * MINUTE)
    // Figures stay as they were: complete, as of the last walk.
    expect(sync.status().datasets.find(({ dataset }) => dataset === 'clients')).toMatchObject({ complete: true, rows: 7 })
    platform.before = () => undefined
    platform.ping = () => Promise.resolve({ at: clock.now() })
    await clock.advance(11_000)
    expect(sync.status()).toMatchObject({ online: true, offlineSince: null, complete: true })
    await sync.stop()
  })

  it('is offline after two silences in the middle of a walk too, and the walk goes on when it is back', async () => {
    const { clock, platform, sync } = setUp()
    platform.ping = () => Promise.reject(new AppError('refused', 'nothing listens'))
    platform.before = ({ cursor }) => {
      if (cursor !== null) dead()
    }
    sync.start()
    await clock.advance(10_000)
    expect(sync.status()).toMatchObject({ online: false, first: false })
    platform.before = () => undefined
    platform.ping = () => Promise.resolve({ at: clock.now() })
    sync.now()
    await clock.advance(2000)
    expect(sync.status()).toMatchObject({ online: true, complete: true })
    await sync.stop()
  })

  it('with a rejected token is left alone until there is a new one', async () => {
    const { clock, platform, sync, calls } = setUp()
    platform.before = () => {
      throw new AppError('unauthorized', '401')
    }
    platform.ping = () => Promise.reject(new AppError('unauthorized', '401'))
    sync.start()
    await clock.advance(60 * MINUTE)
    expect(calls.unauthorized).toBe(1)
    expect(sync.status()).toMatchObject({ phase: 'stopped', error: { code: 'unauthorized' } })
    expect(platform.asked).toBeLessThanOrEqual(3)
    expect(sync.online()).toBe(false)
    await sync.stop()
  })

  it('with one 401 among good answers is asked for the account before the token is believed to be refused', async () => {
    const { clock, platform, sync, calls } = setUp()
    let slips = 1
    platform.before = () => {
      if (slips-- > 0) throw new AppError('unauthorized', '401')
    }
    sync.start()
    await clock.advance(MINUTE)
    expect(calls.unauthorized).toBe(0)
    expect(sync.status()).toMatchObject({ phase: 'idle', complete: true, error: null })
    await sync.stop()
  })

  it('in one list does not hold up the others, and that list is tried again soon', async () => {
    const { clock, platform, sync } = setUp()
    sync.setCapabilities(capabilitiesWith(['clients', 'projects']))
    platform.lists.projects = [{ id: 'p', name: 'П', clientId: 'k0', locked: false, extra: {} } as never]
    let broken = true
    platform.before = ({ dataset }) => {
      if (dataset === 'projects' && broken) throw new AppError('platform-error', '500')
    }
    sync.start()
    await clock.advance(60_000)
    const of = (name: string) => sync.status().datasets.find(({ dataset }) => dataset === name)
    expect(of('clients')).toMatchObject({ complete: true })
    expect(of('projects')).toMatchObject({ complete: false, error: { code: 'platform-error' } })
    broken = false
    await clock.advance(60_000)
    expect(of('projects')).toMatchObject({ complete: true, error: null })
    await sync.stop()
  })
})

describe('children of clients', () => {
  it('are read once for all, then in turn, and at once for the client that is looked at', async () => {
    const { clock, platform, sync } = setUp()
    sync.setCapabilities(
      capabilitiesWith(['clients'], { limits: { offered: true, certainty: 'inferred', reason: null, walk: 'per-owner' } }),
    )
    const asked: string[] = []
    platform.before = ({ dataset, ownerId }) => {
      if (dataset === 'limits') asked.push(ownerId ?? '')
    }
    sync.start()
    await clock.advance(2000)
    expect(asked.sort()).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
    expect(sync.status().datasets.find(({ dataset }) => dataset === 'limits')).toMatchObject({ complete: true, done: 7, total: 7 })
    asked.length = 0
    sync.opened('k3')
    sync.opened('k3')
    await clock.advance(100)
    expect(asked).toEqual(['k3'])
    await clock.advance(24 * 60 * MINUTE)
    expect(new Set(asked)).toHaveLength(7)
    await sync.stop()
  })
})
