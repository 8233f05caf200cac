import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClientDays } from '../../electron/core/features/clients/days'
import { createLiveConnections } from '../../electron/core/features/connections/live'
import type { SyncHandle } from '../../electron/core/features/connections/sync-handle'
import type { PlatformAdapter } from '../../electron/core/platforms/port/core'
import { AppError } from '../../shared/errors'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const key = { connectionId: CONNECTION, clientId: 'a' }
const MINUTE = 60_000
let clock = createTestClock()
let days: ReturnType<typeof createClientDays>
let asked = 0
let told = 0
let answer: NonNullable<PlatformAdapter['clientDays']>

/** An open card: it reads again each time it is told of a change, as the window does. */
const card = async (minutes: number): Promise<void> => {
  for (let minute = 0; minute < minutes; minute++) {
    for (let turn = 0; turn < 60; turn++) {
      const before = told
      await days(key)
      await clock.advance(1000)
      if (told === before) break
    }
    await clock.advance(MINUTE)
  }
}

beforeEach(() => {
  const store = bench.memory()
  clock = createTestClock()
  addConnection(store, clock)
  asked = 0
  told = 0
  answer = () => Promise.resolve([])
  const live = createLiveConnections()
  const adapter: PlatformAdapter = {
    ...scriptedPlatform().adapter,
    clientDays: (...input) => {
      asked++
      return answer(...input)
    },
  }
  live.put({ id: CONNECTION, adapter, sync: { online: () => true } as SyncHandle })
  const emit = (): void => void told++
  days = createClientDays({ ...workspaceOf(store, clock), emit }, live)
})
afterEach(() => clock.settle())

it('an open card whose days cannot be renewed asks a few times an hour, and tells nobody of a change that was none', async () => {
  await days(key)
  expect(asked).toBe(1)
  answer = () => Promise.reject(new AppError('platform-error', 'broken'))
  await clock.advance(11 * MINUTE)
  await card(30)
  expect(told).toBe(0)
  expect(asked).toBeGreaterThan(2)
  expect(asked).toBeLessThan(10)
  const { asOf } = await days(key)
  expect(asOf).toMatchObject({ missing: { dataset: 'statistics', why: 'failing' } })
  expect(asOf.at).not.toBeNull()
})

it('days that were renewed are told once, and read from here for ten minutes', async () => {
  await days(key)
  await clock.advance(11 * MINUTE)
  await card(5)
  expect({ asked, told }).toEqual({ asked: 2, told: 1 })
})

it('a client never looked at does not wait for a platform that has just refused', async () => {
  answer = () => Promise.reject(new AppError('forbidden', 'no'))
  expect(await days(key)).toMatchObject({ offered: true, total: null, asOf: { at: null, missing: { why: 'refused' } } })
  await days(key)
  expect(asked).toBe(1)
  await clock.advance(6 * MINUTE)
  await days(key)
  expect(asked).toBe(2)
})

it('a deployment without such statistics is asked again the next day', async () => {
  answer = () => Promise.reject(new AppError('not-offered', 'none'))
  expect((await days(key)).offered).toBe(false)
  expect((await days({ ...key, clientId: 'b' })).offered).toBe(false)
  expect(asked).toBe(1)
  answer = () => Promise.resolve([])
  await clock.advance(25 * 60 * MINUTE)
  expect((await days(key)).offered).toBe(true)
})
