import { expect, it } from 'vitest'
import { createUserActivity } from '../../electron/core/user-activity'
import { createChangeNotifier } from '../../electron/core/sync/change-notifier'
import { createTestClock } from '../support/core-clock'

const never = new AbortController().signal

it('background work waits while somebody types, and goes on as soon as they stop', async () => {
  const clock = createTestClock()
  const activity = createUserActivity(clock)
  activity.record('clients.list', { text: 'с' })
  let went = false
  void activity.whenIdle(never).then(() => (went = true))
  await clock.advance(100)
  activity.record('clients.list', { text: 'се' })
  await clock.advance(250)
  expect(went).toBe(false)
  await clock.advance(50)
  expect(went).toBe(true)
})

it('a view that refreshes itself is not taken for a person', async () => {
  const clock = createTestClock()
  const activity = createUserActivity(clock)
  activity.record('clients.list', { text: '' })
  await clock.advance(1000)
  activity.record('clients.list', { text: '' })
  let went = false
  void activity.whenIdle(never).then(() => (went = true))
  await clock.settle()
  expect(went).toBe(true)
})

it('background work waits for every window that opens', async () => {
  const clock = createTestClock()
  const activity = createUserActivity(clock)
  activity.record('preferences.get', {})
  await clock.advance(1000)
  activity.record('preferences.get', {})
  let went = false
  void activity.whenIdle(never).then(() => (went = true))
  await clock.advance(250)
  expect(went).toBe(false)
})

it('background work goes on after a while beside somebody who never stops, and at once when it is stopped', async () => {
  const clock = createTestClock()
  const activity = createUserActivity(clock)
  const typing = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 100) {
      activity.record('search.find', { at: clock.now() })
      await clock.advance(100)
    }
  }
  await typing(100)
  let went = false
  void activity.whenIdle(never).then(() => (went = true))
  await typing(300)
  expect(went).toBe(false)
  await typing(200)
  expect(went).toBe(true)
  const stop = new AbortController()
  let stopped = false
  void activity.whenIdle(stop.signal).then(() => (stopped = true))
  stop.abort()
  await clock.settle()
  expect(stopped).toBe(true)
})

it('changed rows are told at once, then once a second for all of them; the status five times a second', async () => {
  const clock = createTestClock()
  const told: (string | string[] | null)[] = []
  const notifier = createChangeNotifier({ clock, onStatus: () => told.push('status'), onChanged: (_datasets, ids) => told.push(ids) })
  notifier.changed('notes', ['1'])
  notifier.status()
  for (const id of ['2', '3']) {
    notifier.changed('notes', [id])
    notifier.status()
    await clock.advance(250)
  }
  expect(told).toEqual([['1'], 'status', 'status', 'status'])
  await clock.advance(600)
  expect(told.slice(4)).toEqual([['2', '3']])
  notifier.changed('notes', ['4'])
  notifier.flush()
  notifier.close()
  notifier.changed('notes', ['5'])
  await clock.advance(2000)
  expect(told.slice(5)).toEqual([['4']])
})
