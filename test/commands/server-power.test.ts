import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serverPower, SERVER_POWER, type PowerAnswer } from '../../electron/core/commands/kinds/server-power'
import { createReview } from '../../electron/core/commands/review'
import { clearWay } from '../../electron/core/features/servers/clear-way'
import { runLive } from '../../electron/core/commands/live'
import { createQueue } from '../../electron/core/commands/queue'
import { createKinds } from '../../electron/core/commands/registry'
import type { PlatformAdapter } from '../../electron/core/platforms/port/core'
import { openStore } from '../../electron/core/store/connection'
import { selectCommands } from '../../electron/core/store/local/commands'
import { sql } from '../../electron/core/store/sql'
import type { PowerOrder } from '../../shared/domain/codes'
import { AppError } from '../../shared/errors'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION } from '../support/notes-console'
import { createPowerPlatform, type PowerFate } from '../support/power-platform'
import { untilKilled } from '../support/killed'

const begin = () => {
  const clock = createTestClock()
  const store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  const platform = createPowerPlatform(clock)
  const applied: PowerAnswer[] = []
  const open = () => {
    let dead = false
    const kinds = createKinds([serverPower({ applyPower: (_id, _server, answer) => void applied.push(answer) })])
    const room = { local: store.local, kinds, clock, newId: randomUUID }
    const link = { adapter: { power: platform.power } as unknown as PlatformAdapter, accountId: 'me' }
    const queue = createQueue({
      ...room,
      random: () => 0.5,
      link: () => (dead ? null : link),
      onChanged: () => undefined,
      onUnauthorized: () => undefined,
      requestTimeoutMs: 30_000,
      settleMs: 31_000,
      log: () => undefined,
      ...untilKilled(store, () => dead),
    })
    queue.start()
    const review = createReview({ ...room, queue, onChanged: () => undefined })
    const send = async (order: PowerOrder) => {
      clearWay({ local: store.local, review }, CONNECTION, 's1')
      return runLive(
        { ...room, queue, link: () => link },
        {
          connectionId: CONNECTION,
          kind: SERVER_POWER,
          subject: { dataset: 'servers', uid: 's1', id: 's1' },
          clientId: 'a',
          payload: { order, serverName: 'web' },
          base: { power: platform.server.power },
        },
      )
    }
    return {
      order: (order: PowerOrder): Promise<string> =>
        send(order)
          .finally(() => {
            queue.kick(CONNECTION)
          })
          .then(
            ({ state }) => state,
            (error: unknown) => AppError.from(error).code,
          ),
      kill: () => void (dead = true),
    }
  }
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

  it('whatever happens, no order is given twice by itself, and none is called done that was not', async () => {
    const fate = fc.constantFrom<PowerFate[]>('ok', 'lost-request', 'lost-answer', 'error-after', 'slow', 'refused')
    const order = fc.record({ order: fc.constantFrom<PowerOrder[]>('on', 'off', 'reboot'), fate, fails: fc.boolean(), kill: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 5 }), async (asked) => {
        const { clock, platform, open, states } = begin()
        for (const [index, one] of asked.entries()) {
          const app = open()
          const before = platform.orders.length
          const was = platform.server.power
          platform.fates.splice(0, platform.fates.length, one.fate)
          platform.jobFails.splice(0, platform.jobFails.length, one.fails)
          const answer = app.order(one.order)
          await clock.advance(one.fate === 'slow' ? 31_000 : 1000)
          if (one.kill) {
            app.kill()
            open()
          } else await answer
          await clock.advance(3_600_000)
          const taken = platform.orders.length - before
          expect(taken).toBeLessThanOrEqual(1)
          const state = states()[index]?.[0]
          const wanted = one.order === 'reboot' ? was : one.order === 'on'
          if (state === 'done') expect(platform.server.power).toBe(wanted)
          if (state === 'done') expect(taken).toBe(1)
          expect(['done', 'rejected', 'blocked', 'dropped']).toContain(state)
          app.kill()
        }
      }),
      { numRuns: 300, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false },
    )
  }, 30_000)
})
