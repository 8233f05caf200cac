import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chargedThisMonth } from '../../electron/core/features/dashboard/history'
import type { Workspace } from '../../electron/core/features/workspace'
import { openStore, type Store } from '../../electron/core/store/connection'

const MOSCOW = 180
/** 10 March, 13:00 in Moscow. */
const NOW = Date.UTC(2026, 2, 10, 10)
const midnight = (month: number, day: number): number => Date.UTC(2026, month - 1, day) - MOSCOW * 60_000

let store: Store
beforeEach(() => {
  store = openStore({ folder: '', key: null, clock: { elapsed: () => 0, now: () => NOW, after: () => () => undefined } })
})
afterEach(() => store.close())

const charge = (at: number, minor: number): void => {
  store.cache
    .prepare(
      `INSERT INTO statistic (connection_id, id, at, resolution, disk_gb, charged_minor, currency, hash, walk) VALUES ('c', ?, ?, 'day', '{}', ?, 'RUB', '', 1)`,
    )
    .run(`day ${String(at)}`, at, minor)
}
const charged = () =>
  chargedThisMonth({ cache: store.cache, local: store.local, clock: { now: () => NOW } } as unknown as Workspace, {
    connectionId: 'c',
    utcOffsetMinutes: MOSCOW,
    now: NOW,
  })

describe('charged since the first of the month', () => {
  it('counts today, but compares only days that are over', () => {
    for (let day = 1; day <= 28; day += 1) charge(midnight(2, day), 100)
    for (let day = 1; day <= 9; day += 1) charge(midnight(3, day), 200)
    charge(midnight(3, 10), 7)
    expect(charged()).toMatchObject({
      amount: { minor: 9 * 200 + 7, currency: 'RUB' },
      since: midnight(3, 1),
      compared: { days: 9, now: { minor: 1800 }, before: { minor: 900 } },
    })
    expect(charged()?.spark.at(-1)).toBe(200)
  })

  it('compares nothing when a day is missing on either side', () => {
    for (let day = 2; day <= 28; day += 1) charge(midnight(2, day), 100)
    for (let day = 1; day <= 9; day += 1) charge(midnight(3, day), 200)
    expect(charged()).toMatchObject({ amount: { minor: 1800 }, compared: null })
  })

  it('says nothing where the platform has no such figures', () => expect(charged()).toBeNull())
})
