import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()

const failingOnce = () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = [client('k')]
  let fails = 1
  const store = bench.memory()
  const failing = {
    ...store,
    get cache() {
      return store.cache
    },
    verifyCache: () => (fails-- > 0 ? Promise.reject(new AppError('storage', 'no room', { reason: 'full' })) : store.verifyCache()),
  }
  const sync = syncOf({ store: failing, adapter: platform.adapter, capabilities: capabilitiesWith(['clients']), clock, random: () => 0.5 })
  const rows = (): number => sync.status().datasets.find(({ dataset }) => dataset === 'clients')?.rows ?? 0
  return { clock, sync, rows }
}

it('a local file that fails at the start is told, and tried again by itself', async () => {
  const { clock, sync, rows } = failingOnce()
  sync.start()
  await clock.advance(5_000)
  expect(sync.status()).toMatchObject({ phase: 'idle', error: { code: 'storage' } })
  expect(rows()).toBe(0)
  await clock.advance(40_000)
  await sync.whenIdle()
  expect(sync.status().error).toBeNull()
  expect(rows()).toBe(1)
  await sync.stop()
})

it.each(['now', 'resume'] as const)('a local file that failed at the start is tried again at once when a person asks (%s)', async (by) => {
  const { clock, sync, rows } = failingOnce()
  sync.start()
  await clock.advance(1_000)
  sync.pause()
  if (by === 'resume') sync.resume()
  else sync.now()
  await clock.advance(5_000)
  await sync.whenIdle()
  expect(sync.status().error).toBeNull()
  expect(rows()).toBe(1)
  await sync.stop()
})

it('a pause and a return in the middle of the start begin no second one', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = [client('k')]
  const store = bench.memory()
  let begun = 0
  const slow = {
    ...store,
    get cache() {
      return store.cache
    },
    verifyCache: async () => {
      begun++
      await new Promise<void>((done) => clock.after(10_000, done))
      await store.verifyCache()
    },
  }
  const sync = syncOf({ store: slow, adapter: platform.adapter, capabilities: capabilitiesWith(['clients']), clock, random: () => 0.5 })
  sync.start()
  await clock.advance(1_000)
  sync.pause()
  sync.resume()
  await clock.advance(60_000)
  await sync.whenIdle()
  expect(begun).toBe(1)
  expect(sync.status().datasets.find(({ dataset }) => dataset === 'clients')).toMatchObject({ rows: 1, error: null })
  await sync.stop()
})

it('a list that fails just before the platform is found out of reach is not called broken: only the connection is', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = [client('k')]
  const store = bench.memory()
  const sync = syncOf({
    store,
    adapter: platform.adapter,
    capabilities: capabilitiesWith(['clients', 'contracts']),
    clock,
    random: () => 0.5,
  })
  const codes = (): unknown[] =>
    store.cache.prepare(`SELECT json_extract(error, '$.code') FROM dataset_state WHERE offered = 1 AND error IS NOT NULL`).pluck().all()
  const refuse = (): never => {
    throw new AppError('refused', 'nothing listens there')
  }
  sync.start()
  await clock.advance(5_000)
  await sync.whenIdle()
  platform.before = refuse
  sync.now()
  await clock.advance(60_000)
  expect(codes()).toEqual(['refused', 'refused'])
  platform.ping = () => Promise.reject(new AppError('refused', 'nothing listens there'))
  await clock.advance(90_000)
  expect(sync.online()).toBe(false)
  expect(codes().filter((code) => code !== 'cancelled')).toEqual([])
  expect(sync.status().error?.code).not.toBe('refused')
  await sync.stop()
})
