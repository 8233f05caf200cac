import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PowerAnswer } from '../../electron/core/commands/kinds/server-power'
import { openStore } from '../../electron/core/store/connection'
import { selectCommands } from '../../electron/core/store/local/commands'
import { sql } from '../../electron/core/store/sql'
import type { PowerOrder } from '../../shared/domain/codes'
import { createTestClock } from '../support/core-clock'
import { addConnection } from '../support/notes-console'
import { createPowerConsole, powerExactlyOnce } from '../support/power-exactly-once'
import { createPowerPlatform, type PowerFate } from '../support/power-platform'

const begin = () => {
  const clock = createTestClock()
  const store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  const platform = createPowerPlatform(clock)
  const applied: PowerAnswer[] = []
  const open = () => createPowerConsole({ store, clock, platform, applied: (answer) => void applied.push(answer) })
  onTestFinished(() => {
    store.close()
  })
  const states = () => selectCommands(store.local, sql`1 = 1`).map(({ state, error }) => [state, error?.details['reason'] ?? null])
  return { clock, store, platform, applied, app: open(), open, states }
}

/** The answer to a live order while time goes on. */
const given = async (clock: ReturnType<typeof createTestClock>, answer: Promise<string>, ms = 1000): Promise<string> => {
  await clock.advance(ms)
  return answer
}

describe('switching a server', () => {
  it.each<[PowerOrder, boolean]>([
    ['off', false],
    ['reboot', true],
  ])('%s: the job is watched to its end', async (order, power) => {
    const { clock, platform, applied, app, states } = begin()
    expect(await given(clock, app.order(order))).toBe('running')
    expect(states()).toEqual([['running', null]])
    await clock.advance(30_000)
    expect([states(), applied, platform.orders]).toEqual([[['done', null]], [{ power, locked: false }], [order]])
  })

  it('a job that fails late is the failure of the order, which is not given again', async () => {
    const { clock, platform, app, states } = begin()
    platform.jobFails.push(true)
    expect(await given(clock, app.order('off'))).toBe('running')
    await clock.advance(600_000)
    expect([states(), platform.orders, platform.server.power]).toEqual([[['rejected', 'job-failed']], ['off'], true])
  })

  it('a job survives a restart', async () => {
    const { clock, platform, app, open, states } = begin()
    await given(clock, app.order('off'))
    app.kill()
    open()
    await clock.advance(60_000)
    expect([states(), platform.orders]).toEqual([[['done', null]], ['off']])
  })

  it('is refused at once while the server is busy', async () => {
    const { clock, platform, app, states } = begin()
    await given(clock, app.order('off'))
    expect(await given(clock, app.order('reboot'))).toBe('locked')
    expect(platform.orders).toEqual(['off'])
    expect(states()).toHaveLength(1)
  })

  it.each<[PowerFate, PowerOrder, string, string, number]>([
    ['forbidden', 'off', 'forbidden', 'dropped', 0],
    ['refused', 'off', 'refused', 'dropped', 0],
    ['lost-request', 'off', 'offline', 'rejected', 0],
    ['lost-answer', 'off', 'timeout', 'done', 1],
    ['error-after', 'off', 'platform-error', 'done', 1],
    ['lost-answer', 'reboot', 'timeout', 'blocked', 1],
    ['lost-request', 'reboot', 'offline', 'blocked', 0],
  ])('%s while told to be %s', async (fate, order, code, state, orders) => {
    const { clock, platform, app, states } = begin()
    platform.fates.push(fate)
    expect(await given(clock, app.order(order))).toBe(code)
    await clock.advance(600_000)
    expect([states()[0]?.[0], platform.orders.length]).toEqual([state, orders])
  })

  it('whatever happens, each order is taken once or never, and none is called done that was not', async () => {
    await fc.assert(powerExactlyOnce, { numRuns: 1000, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false })
  }, 30_000)
})
