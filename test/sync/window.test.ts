import { expect, it } from 'vitest'
import type { EntityOf } from '../../shared/domain/entities'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const HOUR = 3_600_000

const point = (at: number): EntityOf['statistics'] => ({
  ...{ id: `hour:${String(at)}`, at, resolution: 'hour', clients: 1, servers: 2, cpu: 3, ramGb: 4, volumeGb: 5, diskGb: {} },
  ...{ ip: null, networks: null, routers: null, charged: null, extra: {} },
})

it('a history that repeats its page for ever ends as one that does not end, and is read once it does', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists = { clients: [client('k')], statistics: [point(clock.now() - HOUR), point(clock.now())] }
  let asked = 0
  platform.before = ({ dataset }) => {
    if (dataset !== 'statistics') return
    asked++
    // Asked without end, it would never give this test its turn again.
    if (asked > 1_000) throw new Error('asked for ever')
  }
  platform.after = (page, { dataset }) => (dataset === 'statistics' ? { ...page, total: null, next: '0' } : page)
  const store = bench.memory()
  const sync = syncOf({
    store,
    adapter: platform.adapter,
    capabilities: capabilitiesWith(['clients', 'statistics']),
    clock,
    random: () => 0.5,
  })
  const of = (name: string) => sync.status().datasets.find(({ dataset }) => dataset === name)!
  sync.start()
  await clock.advance(1_000)
  await sync.whenIdle()
  expect(asked).toBeLessThan(10)
  expect(of('statistics').error?.details['reason']).toBe('endless')
  expect(of('clients')).toMatchObject({ complete: true, error: null })
  platform.after = (page) => page
  await clock.advance(60_000)
  expect(of('statistics')).toMatchObject({ complete: true, error: null, rows: 2 })
  await sync.stop()
})

it('a point of the history that cannot be read costs only itself, is told, and is asked for until it can be read', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists = { clients: [client('k')], statistics: [point(clock.now() - 2 * HOUR), point(clock.now() - HOUR)] }
  const bad = { id: 'hour:bad', name: null, field: null, why: 'wrong-type' as const, raw: { cpu: 'many' } }
  platform.after = (page, { dataset, resolution }) =>
    dataset === 'statistics' && resolution === 'hour' ? { ...page, unreadable: [bad] } : page
  const asked: (number | null)[] = []
  platform.before = ({ dataset, resolution, from }) => {
    if (dataset === 'statistics' && resolution === 'hour') asked.push(from ?? null)
  }
  const store = bench.memory()
  const capabilities = capabilitiesWith(['clients', 'statistics'])
  const sync = syncOf({ store, adapter: platform.adapter, capabilities, clock, random: () => 0.5 })
  const told = (): unknown[] => store.cache.prepare('SELECT dataset, row_id, raw FROM unreadable').all()
  const of = () => sync.status().datasets.find(({ dataset }) => dataset === 'statistics')
  sync.start()
  await clock.advance(1_000)
  await sync.whenIdle()
  expect(of()).toMatchObject({ complete: true, error: null, rows: 2, unreadable: 1 })
  expect(told()).toEqual([{ dataset: 'statistics', row_id: 'hour:bad', raw: '{"cpu":"many"}' }])
  const bare = { ...bad, id: 'hour:1', field: 'disks' }
  platform.after = (page, { dataset, resolution }) =>
    dataset === 'statistics' && resolution === 'hour' ? { ...page, partial: [bare] } : page
  await clock.advance(40 * 60_000)
  expect(asked.at(-1)! - asked[0]!, 'a field that is never understood has the window read whole each time').toBeGreaterThan(24 * HOUR)
  platform.after = (page) => page
  await clock.advance(40 * 60_000)
  expect(of()).toMatchObject({ complete: true, unreadable: 0 })
  expect(told()).toEqual([])
  const [first, second] = asked
  expect(second! - first!).toBeLessThan(HOUR)
  await sync.stop()
})
