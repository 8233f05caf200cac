import fc from 'fast-check'
import { expect } from 'vitest'
import { applyNote } from '../../electron/core/store/cache/notes'
import { uidsOf } from '../../electron/core/store/local/local-notes'
import { openWindow } from '../../electron/core/store/local/command-counts'
import { all, sql } from '../../electron/core/store/sql'
import { createTestClock } from './core-clock'
import { addConnection, CONNECTION, createNotesConsole } from './notes-console'
import { createNotesPlatform, type Fate } from './notes-platform'
import { takeStore } from './reused-store'

/** One thing that happens: to the person, to the network, to the machine, to the clock. */
type Event =
  | { kind: 'create'; clientId: string; text: string; alertIn: number | null }
  | { kind: 'edit'; which: number; text: string }
  | { kind: 'confirm'; which: number }
  | { kind: 'fate'; fate: Fate }
  | { kind: 'read'; fate: 'ok' | 'refused' }
  | { kind: 'line'; online: boolean }
  | { kind: 'wait'; ms: number }
  | { kind: 'turns' }
  | { kind: 'kill' }
  | { kind: 'kill-before-cache' }
  | { kind: 'pull' }
  | { kind: 'clock'; ms: number }

const text = fc.constantFrom('call', 'pay', 'call back')
const fate = fc.constantFrom<Fate[]>('ok', 'refused', 'lost-request', 'lost-answer', 'error-after', 'error-before', 'slow', 'locked')
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      clientId: fc.constantFrom('a', 'b'),
      text,
      alertIn: fc.option(fc.constantFrom(30_000, 120_000), { nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: fc.nat(9), text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('confirm' as const), which: fc.nat(9) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), fate: fc.constantFrom('ok' as const, 'refused' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('line' as const), online: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 5000, 31_000, 70_000) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'turns' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'kill-before-cache' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'pull' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.constantFrom(-3_600_000, -10_000, 10_000, 7_200_000) }) },
)

/**
 * Whatever is lost, killed or set back: when all is quiet again the platform holds each note exactly once, with its last
 * text, nothing waits any more, and no alert was told twice.
 */
export const exactlyOnce = fc.asyncProperty(
  fc.array(event, { minLength: 1, maxLength: 25 }),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  async (events, chance) => {
    const clock = createTestClock()
    const store = takeStore(clock)
    addConnection(store, clock)
    const platform = createNotesPlatform(clock)
    let online = true
    let cacheFails = false
    const told: string[] = []
    const open = () =>
      createNotesConsole({
        store,
        clock,
        platform,
        online: () => online,
        random: () => chance,
        applyNote: (...args) => {
          if (cacheFails) throw new Error('killed before the cache')
          applyNote(...args)
        },
      })
    let app = open()
    const wanted = new Map<string, { clientId: string; text: string; confirmed: boolean }>()
    const begin = async (): Promise<void> => {
      app.outbox.start()
      app.scheduler.check()
      await clock.settle()
    }
    const end = async (): Promise<void> => {
      // A kill comes while a request is under way, never between two statements of the program.
      await new Promise((resolve) => setImmediate(resolve))
      for (const { alerts } of app.notified) told.push(...alerts.map((alert) => `${alert.clientId} ${alert.text} ${String(alert.dueAt)}`))
      app.kill()
    }
    const happen = async (it: Event): Promise<void> => {
      const uid = [...wanted.keys()].at('which' in it ? it.which % Math.max(1, wanted.size) : 0)
      const note = uid === undefined ? undefined : wanted.get(uid)
      switch (it.kind) {
        case 'create': {
          const alertAt = it.alertIn === null ? null : clock.now() + it.alertIn
          const row = app.notes.create({ connectionId: CONNECTION, clientId: it.clientId, text: it.text, alertAt })
          wanted.set(row.uid, { clientId: it.clientId, text: it.text, confirmed: false })
          return
        }
        case 'edit':
          if (uid === undefined || !note) return
          app.notes.update({ connectionId: CONNECTION, clientId: note.clientId, id: uid, text: it.text, alertAt: null })
          note.text = it.text
          return
        case 'confirm':
          if (uid === undefined || !note) return
          app.notes.confirm({ connectionId: CONNECTION, clientId: note.clientId, id: uid })
          note.confirmed = true
          return
        case 'fate':
          platform.fates.push(it.fate)
          return
        case 'read':
          platform.readFates.push(it.fate)
          return
        case 'line':
          online = it.online
          if (online) app.kick()
          return
        case 'wait':
          return clock.advance(it.ms)
        case 'turns':
          return clock.settle()
        case 'kill':
          await end()
          app = open()
          return begin()
        case 'kill-before-cache':
          cacheFails = true
          await clock.settle()
          await end()
          cacheFails = false
          app = open()
          return begin()
        case 'pull':
          for (const remote of platform.notes.values()) applyNote(store, CONNECTION, remote)
          app.scheduler.check()
          return
        case 'clock':
          clock.jump(it.ms)
      }
    }

    await begin()
    for (const it of events) await happen(it)
    platform.fates.length = 0
    platform.readFates.length = 0
    online = true
    app.kick()
    // Longer than any wait; every half a minute of it the alerts are looked at.
    await clock.advance(3_600_000)
    await end()

    expect(openWindow(store.local, { connectionId: null, offset: 0, limit: 10 }).rows).toEqual([])
    const byRemote = uidsOf(store.local, CONNECTION, [...platform.notes.keys()])
    const held = [...platform.notes.values()].map((note) => ({ uid: byRemote.get(note.id), text: note.text, confirmed: note.confirmed }))
    const expected = [...wanted].map(([uid, note]) => ({ uid, text: note.text, confirmed: note.confirmed }))
    const order = (a: { uid: string | undefined }, b: { uid: string | undefined }): number => ((a.uid ?? '') < (b.uid ?? '') ? -1 : 1)
    expect(held.sort(order)).toEqual(expected.sort(order))
    expect(all(store.cache, sql`SELECT id FROM note`)).toHaveLength(wanted.size)
    expect(new Set(told).size).toBe(told.length)
    store.giveBack()
  },
)
