import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../electron/core/store/connection'
import { findCommand } from '../../electron/core/store/local/commands'
import { createTestClock } from '../support/core-clock'
import { addConnection } from '../support/notes-console'
import { createLimitsConsole } from '../support/limits-console'
import { limitsExactlyOnce } from '../support/limits-exactly-once'
import { createLimitsPlatform, limitKey, type LimitFate } from '../support/limits-platform'

const begin = () => {
  const clock = createTestClock()
  const store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  const platform = createLimitsPlatform(clock)
  platform.put('a', 'ip', 5)
  platform.put('a', 'cpu', 8)
  let online = true
  const open = () => {
    const app = createLimitsConsole({ store, clock, platform, online: () => online })
    app.queue.start()
    return app
  }
  const app = open()
  const stateOf = (id: string) => findCommand(store.local, id)
  onTestFinished(() => {
    store.close()
  })
  return { clock, store, platform, app, open, stateOf, line: (now: boolean) => void (online = now) }
}

describe('setting the limits of a client', () => {
  it('changes, adds and takes away in one command, and no other limit', async () => {
    const { clock, platform, app, stateOf } = begin()
    platform.put('a', 'ram', 64)
    const id = app.set('a', { ip: 7, cpu: null, disks: 0 }, { ip: 5, cpu: 8 })
    await clock.advance(1000)
    expect(stateOf(id)?.state).toBe('done')
    expect(platform.valuesOf('a')).toEqual({ ip: 7, disks: 0, ram: 64 })
    expect(app.seen.get('a')).toEqual({ ip: 7, disks: 0, ram: 64 })
  })

  it('writes nothing where the platform is already as wanted', async () => {
    const { clock, platform, app, stateOf } = begin()
    const id = app.set('a', { ip: 5 }, { ip: 3 })
    await clock.advance(1000)
    expect([stateOf(id)?.state, platform.writes]).toEqual(['done', []])
  })

  it.each<[string, LimitFate[], string, number]>([
    ['lost on the way there', ['lost-request'], 'done', 7],
    ['the answer lost', ['lost-answer'], 'done', 7],
    ['an error after the effect', ['error-after'], 'done', 7],
    ['too slow for us', ['slow'], 'done', 7],
    ['nobody there', ['refused', 'refused'], 'done', 7],
    ['busy for a while', ['locked', 'locked'], 'done', 7],
    ['refused by its own limit', ['exceeded'], 'rejected', 5],
    ['no right', ['forbidden'], 'rejected', 5],
  ])('%s', async (_, fates, state, value) => {
    const { clock, platform, app, stateOf } = begin()
    platform.fates.push(...fates)
    const id = app.set('a', { ip: 7 }, { ip: 5 })
    await clock.advance(600_000)
    expect([stateOf(id)?.state, platform.valueAt('a', 'ip')]).toEqual([state, value])
    expect(platform.writes.length).toBeLessThanOrEqual(1)
  })

  it('finishes after a break in the middle what it had begun, each value once', async () => {
    const { clock, platform, app, stateOf } = begin()
    platform.fates.push('ok', 'lost-answer')
    const id = app.set('a', { ip: 7, cpu: 9, ram: 1 }, { ip: 5, cpu: 8 })
    await clock.advance(600_000)
    expect([stateOf(id)?.state, platform.valuesOf('a'), platform.writes.length]).toEqual(['done', { ip: 7, cpu: 9, ram: 1 }, 3])
  })

  it('keeps back no other value when one is refused, and tells which one is left', async () => {
    const { clock, platform, app, stateOf } = begin()
    platform.fates.push('exceeded')
    const id = app.set('a', { ip: 7000, cpu: 9 }, { ip: 5, cpu: 8 })
    await clock.advance(1000)
    expect(platform.valuesOf('a')).toEqual({ ip: 5, cpu: 9 })
    expect(stateOf(id)).toMatchObject({ state: 'rejected', error: { details: { alias: 'limit_exceeded', cells: [limitKey('ip')] } } })
  })

  it('is a conflict with each value where a colleague was first, and mine goes over theirs once a person says so', async () => {
    const { clock, platform, app, stateOf } = begin()
    platform.put('a', 'ip', 6)
    const id = app.set('a', { ip: 7, cpu: 9 }, { ip: 5, cpu: 8 })
    await clock.advance(1000)
    expect(stateOf(id)).toMatchObject({ state: 'conflict', theirs: { [limitKey('ip')]: 6, [limitKey('cpu')]: 8 } })
    expect(platform.writes).toEqual([])
    app.review.resolve({ id, keep: 'mine', theirs: [limitKey('ip')] })
    await clock.advance(1000)
    expect([stateOf(id)?.state, platform.valuesOf('a')]).toEqual(['done', { ip: 6, cpu: 9 }])
  })

  it('a change on top of one that still waits stands on it, and on no other place', async () => {
    const { clock, platform, app, stateOf, line } = begin()
    line(false)
    app.set('a', { ip: 7 }, { ip: 5 })
    const second = app.set('a', { ip: 8, cpu: 9 }, { ip: 7, cpu: 8 })
    platform.put('a', 'cpu', 100)
    line(true)
    app.queue.kick('c1')
    await clock.advance(1000)
    // The place of the first was ours alone; what the colleague changed is not lost under the second.
    expect(stateOf(second)).toMatchObject({ state: 'conflict', theirs: { [limitKey('ip')]: 7, [limitKey('cpu')]: 100 } })
    expect(platform.valuesOf('a')).toEqual({ ip: 7, cpu: 100 })
  })

  it('offline, through a restart, goes out once when the connection is back', async () => {
    const { clock, platform, app, open, stateOf, line } = begin()
    line(false)
    const id = app.set('a', { ip: 7 }, { ip: 5 })
    await clock.advance(60_000)
    app.kill()
    const again = open()
    await clock.advance(60_000)
    expect([stateOf(id)?.state, platform.writes]).toEqual(['pending', []])
    line(true)
    again.queue.kick('c1')
    await clock.advance(1000)
    expect([stateOf(id)?.state, platform.writes]).toEqual(['done', [{ clientId: 'a', type: 'ip', value: 7 }]])
  })

  it('comes back as a conflict when a colleague writes over it at the same moment', async () => {
    const { clock, platform, app, stateOf } = begin()
    const id = app.set('a', { ip: 7 }, { ip: 5 })
    await clock.advance(500)
    expect(stateOf(id)?.state).toBe('done')
    platform.put('a', 'ip', 99)
    await clock.advance(120_000)
    expect(stateOf(id)).toMatchObject({ state: 'conflict', theirs: { [limitKey('ip')]: 99 } })
  })
})

describe('limits whatever happens', () => {
  it('one console: the platform has exactly what was set last', async () => {
    await fc.assert(limitsExactlyOnce(1), { numRuns: 600, interruptAfterTimeLimit: 5000, markInterruptAsFailure: false })
  }, 30_000)
  it('two consoles: no value is lost without a word', async () => {
    await fc.assert(limitsExactlyOnce(2), { numRuns: 600, interruptAfterTimeLimit: 5000, markInterruptAsFailure: false })
  }, 30_000)
})
