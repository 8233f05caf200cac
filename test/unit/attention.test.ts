import { expect, it } from 'vitest'
import { createAttention } from '../../electron/core/attention'
import { createAnnouncer } from '../../electron/core/sync/announcer'
import { createTestClock } from '../support/core-clock'

const never = new AbortController().signal

it('steps aside while somebody types, and goes on as soon as they stop', async () => {
  const clock = createTestClock()
  const attention = createAttention(clock)
  attention.asked('clients.list', { text: 'с' })
  let went = false
  void attention.quiet(never).then(() => (went = true))
  await clock.advance(100)
  attention.asked('clients.list', { text: 'се' })
  await clock.advance(250)
  expect(went).toBe(false)
  await clock.advance(50)
  expect(went).toBe(true)
})

it('does not take a view that keeps itself fresh for a person', async () => {
  const clock = createTestClock()
  const attention = createAttention(clock)
  attention.asked('clients.list', { text: '' })
  await clock.advance(1000)
  attention.asked('clients.list', { text: '' })
  let went = false
  void attention.quiet(never).then(() => (went = true))
  await clock.settle()
  expect(went).toBe(true)
})

it('steps aside for every window that opens', async () => {
  const clock = createTestClock()
  const attention = createAttention(clock)
  attention.asked('preferences.get', {})
  await clock.advance(1000)
  attention.asked('preferences.get', {})
  let went = false
  void attention.quiet(never).then(() => (went = true))
  await clock.advance(250)
  expect(went).toBe(false)
})

it('goes on after a while beside somebody who never stops, and at once when it is stopped', async () => {
  const clock = createTestClock()
  const attention = createAttention(clock)
  const typing = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 100) {
      attention.asked('search.find', { at: clock.now() })
      await clock.advance(100)
    }
  }
  await typing(100)
  let went = false
  void attention.quiet(never).then(() => (went = true))
  await typing(300)
  expect(went).toBe(false)
  await typing(200)
  expect(went).toBe(true)
  const stop = new AbortController()
  let stopped = false
  void attention.quiet(stop.signal).then(() => (stopped = true))
  stop.abort()
  await clock.settle()
  expect(stopped).toBe(true)
})

it('tells changed rows at once, then once a second for all of them, and where the work stands five times a second', async () => {
  const clock = createTestClock()
  const told: (string | string[] | null)[] = []
  const announcer = createAnnouncer({ clock, onStatus: () => told.push('status'), onChanged: (_datasets, ids) => told.push(ids) })
  announcer.changed('notes', ['1'])
  announcer.status()
  for (const id of ['2', '3']) {
    announcer.changed('notes', [id])
    announcer.status()
    await clock.advance(250)
  }
  expect(told).toEqual([['1'], 'status', 'status', 'status'])
  await clock.advance(600)
  expect(told.slice(4)).toEqual([['2', '3']])
  announcer.changed('notes', ['4'])
  announcer.flush()
  announcer.close()
  announcer.changed('notes', ['5'])
  await clock.advance(2000)
  expect(told.slice(5)).toEqual([['4']])
})
