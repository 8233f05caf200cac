import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { Limit } from '../../shared/domain/entities'
import { asOfOwner } from '../../electron/core/store/read/sync-status'
import type { Capabilities } from '../../electron/core/platforms/port/core'
import type { SyncEvents } from '../../electron/core/sync/connection-sync'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const limits = { offered: true, certainty: 'inferred', reason: null, walk: 'per-owner' } as const
const limit = (id: string, ownerId: string): Limit => ({
  ...{ id, owner: 'client', ownerId, hypervisor: { id: 'h', name: 'KVM', type: 'kvm' } },
  ...{ type: 'cpu', typeCode: 'cpu', value: 1, extra: {} },
})

const setUp = (clients: number, pageSize = 10, more: Partial<Capabilities['datasets']> = {}, events: Partial<SyncEvents> = {}) => {
  const clock = createTestClock()
  const platform = scriptedPlatform(pageSize)
  platform.now = () => clock.now()
  platform.lists.clients = Array.from({ length: clients }, (_, index) => client(`k${String(index)}`))
  const store = bench.memory()
  const capabilities = capabilitiesWith(['clients'], { limits, ...more })
  const sync = syncOf({ store, adapter: platform.adapter, capabilities, clock, random: () => 0.5, intervalMs: 10_000, events })
  const row = (name: string) => sync.status().datasets.find(({ dataset }) => dataset === name)!
  const stored = (): unknown => store.cache.prepare('SELECT count(*) FROM client_limit').pluck().get()
  return { clock, platform, store, sync, row, stored }
}

describe('lists of one client each', () => {
  it('behind a broken endpoint are asked a few times a round, not for each client, and the clients stay fresh', async () => {
    const { clock, platform, sync, row } = setUp(300)
    let asked = 0
    platform.before = ({ dataset }) => {
      if (dataset !== 'limits') return
      asked++
      throw new AppError('platform-error', '500')
    }
    sync.start()
    await clock.advance(20_000)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(15)
    expect(row('limits').error?.code).toBe('platform-error')
    await clock.advance(60_000)
    expect(asked).toBeLessThan(60)
    platform.lists.clients = platform.lists.clients?.map((known) => (known.id === 'k7' ? client('k7', { name: 'Новое имя' }) : known)) ?? []
    await clock.advance(30_000)
    expect(row('clients').error).toBeNull()
    expect(clock.now() - (row('clients').asOf ?? 0)).toBeLessThan(15_000)
    platform.before = () => undefined
    await clock.advance(6 * 60_000)
    expect(row('limits')).toMatchObject({ error: null, complete: true, done: 300, total: 300 })
    await sync.stop()
  })

  it('are replaced only by a whole reading: a row that goes between two pages takes no other with it', async () => {
    const { clock, platform, sync, row, stored } = setUp(1)
    const all = Array.from({ length: 45 }, (_, index) => limit(`l${String(index)}`, 'k0'))
    platform.lists.limits = all
    sync.start()
    await clock.advance(5_000)
    expect(stored()).toBe(45)
    let slips = 1
    platform.before = ({ dataset, cursor }) => {
      if (dataset === 'limits' && cursor === '2' && slips-- > 0) platform.lists.limits = all.slice(1)
    }
    sync.opened('k0')
    await clock.advance(1_000)
    expect(stored()).toBe(44)
    expect(row('limits').complete).toBe(true)
    await sync.stop()
  })

  it('that are suddenly empty are asked for once more before they are believed', async () => {
    const { clock, platform, sync, stored } = setUp(1)
    platform.lists.limits = Array.from({ length: 45 }, (_, index) => limit(`l${String(index)}`, 'k0'))
    sync.start()
    await clock.advance(5_000)
    let lies = 1
    platform.after = (page, { dataset }) => (dataset === 'limits' && lies-- > 0 ? { ...page, items: [], total: 0, next: null } : page)
    sync.opened('k0')
    await clock.advance(1_000)
    expect(stored()).toBe(45)
    await sync.stop()
  })

  it('tell when their first reading will be through', async () => {
    const { clock, sync, row } = setUp(2_000)
    sync.start()
    await clock.advance(20_000)
    const { done, total, endsAt } = row('limits')
    expect(total).toBe(2_000)
    expect(done).toBeLessThan(2_000)
    const left = (endsAt ?? 0) - clock.now()
    await clock.advance(left * 1.2)
    expect(row('limits')).toMatchObject({ done: 2_000, complete: true, endsAt: null })
    await sync.stop()
  })

  it('that break after they were read once are named, and no longer once they work', async () => {
    const { clock, platform, sync, row } = setUp(30)
    sync.start()
    await clock.advance(5_000)
    expect(row('limits')).toMatchObject({ complete: true, error: null })
    platform.before = ({ dataset }) => {
      if (dataset === 'limits') throw new AppError('platform-error', '500')
    }
    platform.lists.clients = platform.lists.clients?.map(({ id }) => client(id, { name: 'Новое имя' })) ?? []
    await clock.advance(20_000)
    expect(row('limits')).toMatchObject({ error: { code: 'platform-error' } })
    platform.before = () => undefined
    await clock.advance(6 * 60_000)
    expect(row('limits')).toMatchObject({ complete: true, error: null })
    expect(sync.status().error).toBeNull()
    await sync.stop()
  })

  it('of clients that are gone are not asked for, and nothing is called broken', async () => {
    const { clock, platform, sync, row } = setUp(30)
    sync.start()
    await clock.advance(5_000)
    platform.lists.clients = platform.lists.clients?.slice(5) ?? []
    const unknown: string[] = []
    platform.before = ({ dataset, ownerId }) => {
      if (dataset !== 'limits' || (platform.lists.clients ?? []).some(({ id }) => id === ownerId)) return
      unknown.push(ownerId ?? '')
      throw new AppError('not-found', '404')
    }
    await clock.advance(40_000)
    expect(unknown).toEqual([])
    expect(row('limits')).toMatchObject({ complete: true, error: null, done: 25, total: 25 })
    await sync.stop()
  })

  it('hold up no other of their kind when they are refused', async () => {
    const { clock, platform, sync, row } = setUp(30, 10, { notes: limits })
    platform.before = ({ dataset }) => {
      if (dataset === 'limits') throw new AppError('forbidden', '403')
    }
    sync.start()
    await clock.advance(4_000)
    expect(row('limits')).toMatchObject({ error: { code: 'forbidden' } })
    expect(row('notes')).toMatchObject({ complete: true, error: null })
    await sync.stop()
  })

  it('stay as of when they were read while a client that has come since waits for its turn', async () => {
    const { clock, platform, sync, row } = setUp(3)
    sync.start()
    await clock.advance(5_000)
    const { asOf } = row('limits')
    platform.lists.clients = [client('new'), ...(platform.lists.clients ?? [])]
    platform.before = ({ dataset, ownerId }) => {
      if (dataset === 'limits' && ownerId === 'new') throw new AppError('platform-error', '500')
    }
    await clock.advance(20_000)
    expect(row('limits')).toMatchObject({ asOf, complete: false, error: { code: 'platform-error' }, done: 3, total: 4 })
    platform.before = () => undefined
    await clock.advance(20_000)
    expect(row('limits')).toMatchObject({ complete: true, error: null, done: 4, total: 4 })
    await sync.stop()
  })

  it.each(['l2', null])('lose nothing but the row (id %s) that cannot be read, and it is told with its raw value', async (id) => {
    const { clock, platform, store, sync, row, stored } = setUp(30)
    platform.lists.limits = ['l0', 'l1', 'l2'].map((name) => limit(name, 'k3'))
    sync.start()
    await clock.advance(5_000)
    expect(stored()).toBe(3)
    const bad = { id, name: null, field: null, why: 'wrong-type' as const, raw: { value: 'many' } }
    const faded = { ...bad, id: 'l0', field: 'type' }
    platform.after = (page, { dataset, ownerId }) =>
      dataset === 'limits' && ownerId === 'k3'
        ? {
            ...page,
            total: 3,
            items: [{ ...limit('l0', 'k3'), value: 9 }, limit('l1', 'k3')] as typeof page.items,
            unreadable: [bad],
            partial: [faded],
          }
        : page
    sync.opened('k3')
    await clock.advance(1_000)
    expect(store.cache.prepare('SELECT id, value FROM client_limit ORDER BY id').all()).toEqual([
      { id: 'l0', value: 9 },
      { id: 'l1', value: 1 },
      { id: 'l2', value: 1 },
    ])
    const told = store.cache.prepare('SELECT owner_id, row_id, field, raw FROM unreadable ORDER BY number').all()
    expect(told).toEqual([
      { owner_id: 'k3', row_id: id, field: null, raw: '{"value":"many"}' },
      { owner_id: 'k3', row_id: 'l0', field: 'type', raw: '{"value":"many"}' },
    ])
    expect(asOfOwner(store.cache, { connectionId: 'c1', dataset: 'limits', ownerId: 'k3' })).toMatchObject({ complete: true, without: 1 })
    await clock.advance(15_000)
    expect(row('limits')).toMatchObject({ complete: true, done: 30, total: 30, unreadable: 1, error: null })
    platform.after = (page) => page
    sync.opened('k3')
    await clock.advance(15_000)
    expect(row('limits')).toMatchObject({ unreadable: 0 })
    expect(store.cache.prepare('SELECT count(*) n FROM unreadable').get()).toEqual({ n: 0 })
    await sync.stop()
  })

  it('none of whose rows can be read are not none', async () => {
    const { clock, platform, store, sync } = setUp(2)
    const bad = { id: 'l', name: null, field: null, why: 'wrong-type' as const, raw: {} }
    platform.after = (page, { dataset, ownerId }) =>
      dataset === 'limits' && ownerId === 'k1' ? { ...page, total: 1, unreadable: [bad] } : page
    sync.start()
    await clock.advance(5_000)
    const summary = store.cache.prepare('SELECT client_id, limits_at IS NULL unknown FROM client_summary ORDER BY client_id').all()
    expect(summary).toEqual([
      { client_id: 'k0', unknown: 0 },
      { client_id: 'k1', unknown: 1 },
    ])
    await sync.stop()
  })

  it('that fail where a person looks say so at that client, and are read as soon as they work', async () => {
    const { clock, platform, store, sync } = setUp(2)
    sync.start()
    await clock.advance(5_000)
    const asOf = () => asOfOwner(store.cache, { connectionId: 'c1', dataset: 'limits', ownerId: 'k1' })
    expect(asOf().complete).toBe(true)
    platform.before = ({ dataset }) => {
      if (dataset === 'limits') throw new AppError('platform-error', '500')
    }
    sync.opened('k1')
    await clock.advance(12_000)
    expect(asOf().complete).toBe(false)
    platform.before = () => undefined
    await clock.advance(6_000)
    sync.opened('k1')
    await clock.advance(5_000)
    expect(asOf().complete).toBe(true)
    await sync.stop()
  })

  it('that are refused make what is offered doubtful', async () => {
    let doubts = 0
    const { clock, platform, sync } = setUp(30, 10, {}, { onCapabilityDoubt: () => void doubts++ })
    platform.before = ({ dataset }) => {
      if (dataset === 'limits') throw new AppError('not-found', '404')
    }
    sync.start()
    await clock.advance(5_000)
    expect(doubts).toBeGreaterThan(0)
    await sync.stop()
  })
})
