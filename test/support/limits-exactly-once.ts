import fc from 'fast-check'
import { expect } from 'vitest'
import type { LimitsPayload } from '../../electron/core/commands/kinds/limits-set'
import { selectCommands } from '../../electron/core/store/local/commands'
import { sql } from '../../electron/core/store/sql'
import type { LimitType } from '../../shared/domain/limits'
import { createTestClock } from './core-clock'
import { addConnection, CONNECTION } from './notes-console'
import { createLimitsConsole, type LimitsConsole, type Values } from './limits-console'
import { createLimitsPlatform, type LimitFate } from './limits-platform'
import { takeStore } from './reused-store'

const clients = ['a', 'b'] as const
const types = ['ip', 'cpu', 'ram'] as const satisfies readonly LimitType[]
type Event =
  | { kind: 'set'; who: number; clientId: string; values: Values }
  | { kind: 'fate'; fate: LimitFate }
  | { kind: 'read'; fate: 'ok' | 'refused' }
  | { kind: 'line'; who: number; online: boolean }
  | { kind: 'wait'; ms: number }
  | { kind: 'turns' }
  | { kind: 'kill'; who: number }
  | { kind: 'pull'; who: number }
  | { kind: 'clock'; ms: number }

const eventsFor = (consoles: number): fc.Arbitrary<Event> => {
  const who = fc.nat(consoles - 1)
  const value = fc.option(fc.integer({ min: 0, max: 1000 }))
  const some = fc.dictionary(fc.constantFrom(...types), value, { minKeys: 1 }).map((values): Values => values)
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), who, clientId: fc.constantFrom(...clients), values: some }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('fate' as const),
        fate: fc.constantFrom<LimitFate[]>('ok', 'refused', 'locked', 'lost-request', 'lost-answer', 'error-after', 'slow'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), fate: fc.constantFrom('ok' as const, 'refused' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('line' as const), who, online: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 5000, 31_000, 70_000) }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'turns' as const }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), who }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.constantFrom(-3_600_000, -10_000, 10_000, 7_200_000) }),
    },
  )
}

interface Console {
  store: ReturnType<typeof takeStore>
  app: LimitsConsole
  online: boolean
  /** What this person believes each client has, and typed the next change on. */
  sees: Map<string, Values>
}
interface Said {
  who: number
  clientId: string
  type: LimitType
  value: number | null
  base: number | null
}

/**
 * Whatever is lost, killed or set back: when all is quiet again, each value that somebody set stands on the platform, or
 * waits in a conflict of whoever set it, or was changed by somebody who had seen it. With one console there are no conflicts,
 * nothing waits, and the platform has exactly what was set last.
 */
export const limitsExactlyOnce = (consoles: 1 | 2) =>
  fc.asyncProperty(
    fc.array(eventsFor(consoles), { minLength: 1, maxLength: 25 }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    async (events, chance) => {
      const clock = createTestClock()
      const platform = createLimitsPlatform(clock)
      for (const clientId of clients) platform.put(clientId, 'ip', 5)
      const all: Console[] = Array.from({ length: consoles }, () => {
        const store = takeStore(clock)
        addConnection(store, clock)
        return { store, app: undefined as never, online: true, sees: new Map() }
      })
      const said: Said[] = []
      const begin = async (console: Console): Promise<void> => {
        console.app = createLimitsConsole({ store: console.store, clock, platform, online: () => console.online, random: () => chance })
        console.app.queue.start()
        await clock.settle()
      }
      const pull = (console: Console): void => {
        for (const clientId of clients) {
          console.app.pull(clientId)
          console.sees.set(clientId, overlaid(console, clientId))
        }
      }
      const happen = async (it: Event): Promise<void> => {
        const console = all['who' in it ? it.who : 0]
        if (!console) return
        switch (it.kind) {
          case 'set': {
            const base = console.sees.get(it.clientId) ?? {}
            console.app.set(it.clientId, it.values, base)
            for (const [type, value] of Object.entries(it.values) as [LimitType, number | null][])
              said.push({ who: it.who, clientId: it.clientId, type, value: value ?? null, base: base[type] ?? null })
            console.sees.set(it.clientId, { ...base, ...it.values })
            return
          }
          case 'fate':
            platform.fates.push(it.fate)
            return
          case 'read':
            platform.readFates.push(it.fate)
            return
          case 'line':
            console.online = it.online
            if (it.online) console.app.queue.kick(CONNECTION)
            return
          case 'wait':
            return clock.advance(it.ms)
          case 'turns':
            return clock.settle()
          case 'kill':
            await new Promise((resolve) => setImmediate(resolve))
            console.app.kill()
            return begin(console)
          case 'pull':
            pull(console)
            return
          case 'clock':
            clock.jump(it.ms)
        }
      }
      for (const console of all) {
        await begin(console)
        pull(console)
      }
      for (const it of events) await happen(it)
      platform.fates.length = 0
      platform.readFates.length = 0
      for (const console of all) {
        console.online = true
        console.app.queue.kick(CONNECTION)
      }
      await clock.advance(4 * 3_600_000)

      const open = all.map(({ store }) => selectCommands(store.local, sql`is_open = 1`))
      if (consoles === 1) {
        expect(open[0]?.map(({ state, error }) => ({ state, error }))).toEqual([])
        for (const [clientId, type] of places(said)) {
          const last = said.findLast((one) => one.clientId === clientId && one.type === type)
          expect([clientId, type, platform.valueAt(clientId, type)]).toEqual([clientId, type, last?.value])
        }
      } else {
        // Nothing goes on by itself any more.
        for (const { state } of open.flat()) expect(['conflict', 'pending']).toContain(state)
        for (const [clientId, type] of places(said))
          for (const [who] of all.entries()) {
            const own = said.filter((one) => one.who === who && one.clientId === clientId && one.type === type)
            const last = own.at(-1)
            if (!last || platform.valueAt(clientId, type) === last.value) continue
            const kept = open[who]?.some(({ subject, payload }) =>
              (payload as LimitsPayload).cells.some((cell) => subject.uid === clientId && cell.type === type && cell.value === last.value),
            )
            const seenByOther = said.some(
              (one) => one.who !== who && one.clientId === clientId && one.type === type && one.base === last.value,
            )
            expect([clientId, type, last.value, kept || seenByOther]).toEqual([clientId, type, last.value, true])
          }
      }
      for (const clientId of clients) {
        const rows = platform.rowsOf(clientId)
        expect(new Set(rows.map(({ type }) => type)).size).toBe(rows.length)
      }
      for (const { store, app } of all) {
        app.kill()
        store.giveBack()
      }
    },
  )

/** What a console shows: what it read, and over it what is on its way. */
const overlaid = ({ store, app }: Console, clientId: string): Values => {
  const values: Values = { ...app.seen.get(clientId) }
  for (const { payload } of selectCommands(store.local, sql`is_open = 1 AND client_id = ${clientId}`))
    for (const { type, value } of (payload as LimitsPayload).cells) values[type] = value
  return values
}

const places = (said: readonly Said[]): [string, LimitType][] => [
  ...new Map(said.map(({ clientId, type }) => [`${clientId} ${type}`, [clientId, type] as [string, LimitType]])).values(),
]
