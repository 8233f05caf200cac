import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { serverPower, SERVER_POWER, type PowerAnswer, type PowerPayload } from '../../electron/core/commands/kinds/server-power'
import { runLive } from '../../electron/core/commands/live'
import { createQueue } from '../../electron/core/commands/queue'
import { createKinds } from '../../electron/core/commands/registry'
import { createReview } from '../../electron/core/commands/review'
import { clearWay } from '../../electron/core/features/servers/clear-way'
import type { PlatformAdapter } from '../../electron/core/platforms/port/core'
import type { PowerWrites } from '../../electron/core/platforms/port/writes'
import type { Store } from '../../electron/core/store/connection'
import { selectCommands } from '../../electron/core/store/local/commands'
import { sql } from '../../electron/core/store/sql'
import { powerOrders, type PowerOrder } from '../../shared/domain/codes'
import { AppError } from '../../shared/errors'
import { createTestClock, type TestClock } from './core-clock'
import { addConnection, CONNECTION } from './notes-console'
import { untilKilled } from './killed'
import { createPowerPlatform, type PowerFate, type PowerPlatform } from './power-platform'
import { takeStore } from './reused-store'

interface ConsoleOptions {
  store: Store
  clock: TestClock
  platform: PowerPlatform
  online?: () => boolean
  random?: () => number
  applied?: (answer: PowerAnswer) => void
}

/** One console's command room over a server; a "kill" is to forget it and make another on the same files. */
export const createPowerConsole = ({ store, clock, platform, online = () => true, random = () => 0.5, applied }: ConsoleOptions) => {
  let dead = false
  /** After a kill nobody is there to hear an answer. */
  const heard = async <T>(work: Promise<T>): Promise<T> => {
    const [outcome] = await Promise.allSettled([work])
    if (dead) return new Promise(() => undefined)
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
  const power: PowerWrites = {
    order: (...args) => heard(platform.power.order(...args)),
    server: (...args) => heard(platform.power.server(...args)),
    job: (...args) => heard(platform.power.job(...args)),
  }
  const kinds = createKinds([serverPower({ applyPower: (_id, _server, answer) => applied?.(answer) })])
  const room = { local: store.local, kinds, clock, newId: randomUUID }
  const link = () => (online() && !dead ? { adapter: { power } as unknown as PlatformAdapter, accountId: 'me' } : null)
  const queue = createQueue({
    ...room,
    random,
    link,
    onChanged: () => undefined,
    onUnauthorized: () => undefined,
    requestTimeoutMs: 30_000,
    settleMs: 31_000,
    log: () => undefined,
    ...untilKilled(store, () => dead),
  })
  queue.start()
  const review = createReview({ ...room, queue, onChanged: () => undefined })
  const mustLink = () => {
    const found = link()
    if (!found) throw new AppError('needs-connection', 'not reachable')
    return found
  }
  const send = async (order: PowerOrder) => {
    clearWay({ local: store.local, review }, CONNECTION, 's1')
    return runLive(
      { ...room, queue, link: mustLink },
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
    /** @returns the state that the person is told, or the code of the refusal. */
    order: (order: PowerOrder): Promise<string> =>
      send(order)
        .finally(() => {
          queue.kick(CONNECTION)
        })
        .then(
          ({ state }) => state,
          (error: unknown) => AppError.from(error).code,
        ),
    kick: () => {
      queue.kick(CONNECTION)
    },
    kill: () => void (dead = true),
  }
}

const fates: PowerFate[] = ['ok', 'lost-request', 'lost-answer', 'error-after', 'slow', 'refused', 'forbidden']
const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('order' as const), order: fc.constantFrom<PowerOrder[]>('on', 'off', 'reboot') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate: fc.constantFrom(...fates) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('job' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), fate: fc.constantFrom('ok' as const, 'refused' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('line' as const), online: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 5000, 21_000, 31_000, 70_000, 400_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'turns' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'kill' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.constantFrom(-3_600_000, 10_000, 7_200_000) }) },
)

/**
 * Whatever is lost, refused, killed or set back, with a server that is locked while it works and jobs that fail at their end:
 * each order is taken once or never, one that is told as done was carried out, a failed job is its order's failure, and when
 * all is quiet nothing is under way any more.
 */
export const powerExactlyOnce = fc.asyncProperty(
  fc.array(event, { minLength: 1, maxLength: 25 }),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  async (events, chance) => {
    const clock = createTestClock()
    const store = takeStore(clock)
    addConnection(store, clock)
    const platform = createPowerPlatform(clock)
    let online = true
    const open = () => createPowerConsole({ store, clock, platform, online: () => online, random: () => chance })
    let app = open()
    const told: { answer: string | null }[] = []
    const happen = async (it: (typeof events)[number]): Promise<void> => {
      switch (it.kind) {
        case 'order': {
          const one: { answer: string | null } = { answer: null }
          told.push(one)
          void app.order(it.order).then((answer) => (one.answer = answer))
          return
        }
        case 'fate':
          platform.fates.push(it.fate)
          return
        case 'job':
          platform.jobFails.push(it.fails)
          return
        case 'read':
          platform.readFates.push(it.fate)
          return
        case 'line':
          ;({ online } = it)
          if (online) app.kick()
          return
        case 'wait':
          return clock.advance(it.ms)
        case 'turns':
          return clock.settle()
        case 'kill':
          await new Promise((resolve) => setImmediate(resolve))
          app.kill()
          app = open()
          return
        case 'clock':
          clock.jump(it.ms)
      }
    }
    for (const it of events) await happen(it)
    platform.fates.length = 0
    platform.readFates.length = 0
    online = true
    app.kick()
    await clock.advance(4 * 3_600_000)

    const commands = selectCommands(store.local, sql`1 = 1`)
    expect(commands.length).toBeLessThanOrEqual(told.length)
    // An order that was taken came from one command, and none was taken for more than one.
    const couldBeTaken = commands.filter(({ attempts }) => attempts > 0)
    expect(platform.taken.length).toBeLessThanOrEqual(couldBeTaken.length)
    for (const { attempts } of commands) expect(attempts).toBeLessThanOrEqual(1)
    const settled = commands.map(({ state }) => state)
    for (const state of settled) expect(['done', 'rejected', 'blocked', 'dropped']).toContain(state)
    for (const command of commands) {
      const id = (command.job as { id: string | null } | null)?.id ?? null
      const job = platform.taken.find((one) => one.id === id)
      if (command.error?.details['reason'] === 'job-failed') expect(job?.state).toBe('failed')
      if (id !== null && job?.state === 'failed') expect(command.state).not.toBe('done')
    }
    for (const order of powerOrders) {
      const done = commands.filter(({ state, payload }) => state === 'done' && (payload as PowerPayload).order === order)
      const carriedOut = platform.taken.filter((job) => job.order === order && job.state === 'done')
      expect(done.length).toBeLessThanOrEqual(carriedOut.length)
    }
    for (const { answer } of told) if (answer === 'done' || answer === 'running') expect(platform.taken.length).toBeGreaterThan(0)
    app.kill()
    store.giveBack()
  },
)
