import { expect, it } from 'vitest'
import type { EntityOf } from '../../shared/domain/entities'
import { startOver } from '../../electron/core/store/cache/start-over'
import { readClientDays, writeClientDays } from '../../electron/core/store/read/client-days'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, payment, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const HOUR = 3_600_000
const offered = { offered: true, certainty: 'known', reason: null } as const
const capabilities = capabilitiesWith([], {
  payments: { ...offered, walk: 'append' },
  statistics: { ...offered, walk: 'window' },
})
const point = (at: number): EntityOf['statistics'] => ({
  ...{ id: `hour:${String(at)}`, at, resolution: 'hour', clients: 1, servers: 1, cpu: 1, ramGb: 1, volumeGb: 1 },
  ...{ diskGb: {}, ip: 0, networks: 0, routers: 0, charged: null, extra: {} },
})

/** All of a list that only grows, whose newest rows tell no time; all of the history; the charges of clients. */
it('what was read with another zone is read anew to its end, and none of it stays at its wrong moment', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform(10)
  platform.now = () => clock.now()
  const store = bench.memory()
  const paidAt = clock.now() - 100 * HOUR
  const script = (shift: number): void => {
    platform.lists.payments = Array.from({ length: 300 }, (_, at) =>
      payment(`p${String(at).padStart(3, '0')}`, { createdAt: at < 40 ? null : paidAt - at * HOUR + shift }),
    )
    platform.lists.statistics = [point(paidAt + shift)]
  }
  const read = async (): Promise<void> => {
    const sync = syncOf({ store, adapter: platform.adapter, capabilities, clock, random: () => 0.5 })
    sync.start()
    await clock.advance(5_000)
    await sync.stop()
  }
  const times = (table: string, column: string) => store.cache.prepare(`SELECT ${column} FROM ${table} ORDER BY id`).pluck().all()
  script(0)
  await read()
  const before = times('payment', 'created_at') as (number | null)[]
  expect(before).toHaveLength(300)
  const key = { connectionId: 'c1', clientId: 'a' }
  writeClientDays(store.cache, key, { asOf: clock.now(), points: [{ at: paidAt, charged: null }] })

  script(3 * HOUR)
  startOver(store.cache, 'c1', { times: true })
  expect(readClientDays(store.cache, key, 0)).toEqual({ points: [], asOf: null })
  const states = store.cache.prepare('SELECT complete FROM dataset_state').pluck().all()
  expect(new Set(states)).toEqual(new Set([0]))
  await read()
  expect(times('payment', 'created_at')).toEqual(before.map((at) => (at === null ? null : at + 3 * HOUR)))
  expect(times('statistic', 'at')).toEqual([paidAt + 3 * HOUR])
})
