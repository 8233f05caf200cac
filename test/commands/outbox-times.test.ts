import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { systemClock } from '../../electron/core/clock'
import { createSteadyClock, type SteadyClock } from '../../electron/core/commands/steady-clock'
import { recoverCommands } from '../../electron/core/store/local/command-queue'
import { findCommand, insertCommand, saveCommand } from '../../electron/core/store/local/commands'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
const DAY = 86_400_000
let clock: TestClock
let store: Store
let platform: NotesPlatform
let online: boolean
let app: NotesConsole

const open = (): NotesConsole => createNotesConsole({ store, clock, platform, online: () => online })
const restart = (): void => {
  app.kill()
  app = open()
  app.outbox.start()
}
const newCommand = {
  id: 'c',
  connectionId: CONNECTION,
  kind: 'note.create',
  subject: { dataset: 'notes' as const, uid: 'local:c', id: null },
  clientId: 'a',
  payload: { text: 'call', alertAt: null, confirmed: false },
  payloadVersion: 1,
  base: null,
  batchId: null,
  mutex: 'notes a',
  holdKey: null,
}
const never = (): never => {
  throw new Error('there is no such command')
}
const write = (text = 'call') => app.notes.create({ ...key, text, alertAt: null })
const rows = () => app.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows
const texts = (): string[] => [...platform.notes.values()].map((note) => note.text)

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createNotesPlatform(clock)
  online = true
  app = open()
})
afterEach(() => {
  store.close()
})

describe('what a command still waits for', () => {
  const write = (wait: number, unknown = false): void => {
    const now = createSteadyClock(clock).now()
    insertCommand(
      store.local,
      { ...newCommand, state: unknown ? 'unknown' : 'pending', createdAt: clock.now(), lastSentAt: unknown ? clock.now() : null },
      '',
    )
    const waits = { waitsFrom: now, dueAt: wait === 0 ? 0 : now + wait, settlesAt: unknown ? now + wait : null }
    const command = findCommand(store.local, 'c') ?? never()
    saveCommand(store.local, { ...command, ...waits }, { at: clock.now(), words: null })
  }
  /** After a restart: what is left of the wait, and of the window. */
  const left = (steady: SteadyClock): { due: number; settles: number } => {
    const { dueAt, settlesAt } = findCommand(store.local, 'c') ?? never()
    return { due: Math.max(0, dueAt - steady.now()), settles: Math.max(0, (settlesAt ?? 0) - steady.now()) }
  }

  it.each([
    // what it was to wait · hand on the clock before the start · after · time that passes · what is left
    ['nothing', 0, 0, 0, 0, 0],
    ['a still clock', 10_000, 0, 0, 4000, 6000],
    ['a clock set back a day while it waits', 10_000, 0, -DAY, 4000, 6000],
    ['a clock set on a day while it waits', 10_000, 0, DAY, 4000, 6000],
    ['a clock set back a day before the start', 10_000, -DAY, 0, 0, 10_000],
    ['a clock set back a little before the start', 10_000, -5000, 0, 0, 10_000],
    ['a clock set on before the start', 10_000, DAY, 0, 0, 0],
    ['both', 10_000, -DAY, DAY, 10_000, 0],
  ])('is right with %s', async (_name, wait, before, after, passed, expected) => {
    write(wait)
    clock.jump(before)
    const steady = createSteadyClock(clock)
    recoverCommands(store.local, { now: steady.now(), settleMs: 31_000 })
    clock.jump(after)
    await clock.advance(passed)
    expect(left(steady).due).toBe(expected)
  })

  it.each([-DAY, -1000, 0, 1000])('keeps the window of an earlier run within its length, with a clock moved by %i ms', (moved) => {
    write(31_000, true)
    clock.jump(moved)
    const steady = createSteadyClock(clock)
    recoverCommands(store.local, { now: steady.now(), settleMs: 31_000 })
    expect(left(steady).settles).toBeLessThanOrEqual(31_000)
    expect(left(steady).settles).toBeGreaterThanOrEqual(30_000)
    expect(left(steady).due).toBe(left(steady).settles)
  })
})

describe('a clock that was ahead and is set right', () => {
  it('makes a note that the platform put off wait no longer than it asked for', async () => {
    platform.retryAfterMs = 20_000
    platform.fates.push('rate-limited')
    write()
    await clock.advance(10)
    clock.jump(-DAY)
    await clock.advance(19_000)
    expect(texts()).toEqual([])
    expect(rows()[0]?.nextTryAt ?? 0).toBeLessThanOrEqual(clock.now() + 1000)
    await clock.advance(1000)
    expect(texts()).toEqual(['call'])
  })

  it('does so over a restart too', async () => {
    platform.retryAfterMs = 20_000
    platform.fates.push('rate-limited')
    write()
    await clock.advance(10)
    clock.jump(-DAY)
    restart()
    await clock.advance(31_000)
    expect(texts()).toEqual(['call'])
  })

  it('looks back for an unknown outcome after its window, not a day later', async () => {
    platform.fates.push('lost-answer')
    write()
    await clock.advance(10)
    clock.jump(-DAY)
    await clock.advance(32_000)
    expect(rows()).toEqual([])
    expect(texts()).toEqual(['call'])
  })
})

it('a clock that is set on does not cut the window of an unknown outcome short', async () => {
  platform.fates.push('lost-answer')
  write()
  await clock.advance(10)
  clock.jump(DAY)
  app.kick()
  await clock.advance(20_000)
  expect(rows()).toMatchObject([{ state: 'unknown' }])
  await clock.advance(12_000)
  expect(rows()).toEqual([])
})

it('a pause that the platform asks for in parts of a second is kept too', async () => {
  platform.retryAfterMs = 1500.5
  platform.fates.push('rate-limited')
  write()
  await clock.advance(1000)
  expect(rows()).toMatchObject([{ state: 'pending' }])
  await clock.advance(600)
  expect(texts()).toEqual(['call'])
})

describe('"send now"', () => {
  it('ends what the platform asked for; another note does not', async () => {
    platform.fates.push('rate-limited')
    write('one')
    await clock.advance(10)
    write('two')
    await clock.advance(60_000)
    expect(platform.writes).toBe(1)
    app.commands.retry(rows()[0]?.id ?? '')
    await clock.advance(10)
    expect(texts().sort()).toEqual(['one', 'two'])
  })

  it('is refused while the platform may still be at it, and looks at once after that', async () => {
    platform.fates.push('lost-answer')
    write()
    await clock.advance(10)
    const [row] = rows()
    expect(row?.settlesAt).toBeGreaterThan(clock.now() + 30_000)
    expect(() => {
      app.commands.retry(row?.id ?? '')
    }).toThrow(expect.objectContaining({ code: 'locked' }) as Error)
    for (let n = 0; n < 40; n++) platform.readFates.push('refused')
    await clock.advance(40_000)
    expect(rows()).toMatchObject([{ state: 'unknown', settlesAt: null }])
    platform.readFates.length = 0
    app.commands.retry(row?.id ?? '')
    await clock.advance(10)
    expect(rows()).toEqual([])
    expect(texts()).toEqual(['call'])
  })
})

describe('a platform that was seen slow', () => {
  it('is given longer before it is looked at: a request carried out 34 s after it was sent makes one note', async () => {
    platform.fates.push('slow-request')
    write()
    await clock.advance(30_010)
    const waits = (rows()[0]?.settlesAt ?? 0) - clock.now()
    expect(waits).toBeGreaterThan(55_000)
    expect(waits).toBeLessThanOrEqual(60_000)
    await clock.advance(120_000)
    expect(texts()).toEqual(['call'])
    expect(platform.writes).toBe(1)
    expect(rows()).toEqual([])
  })

  it('is not waited for without end, and its slowness is forgotten', async () => {
    platform.fates.push('slow-request')
    write('one')
    await clock.advance(4_000_000)
    platform.fates.push('lost-answer')
    write('two')
    await clock.advance(10)
    expect((rows()[0]?.settlesAt ?? 0) - clock.now()).toBeLessThanOrEqual(31_000)
  })
})

it('an unknown outcome is written down and looked back for by the machine’s own clock, whose parts of a millisecond the file does not take', async () => {
  const file = openStore({ folder: '', key: null, clock: systemClock })
  addConnection(file, systemClock)
  const there = createNotesPlatform(systemClock)
  there.fates.push('lost-answer')
  const real = createNotesConsole({ store: file, clock: { ...systemClock } as TestClock, platform: there, settleMs: 200 })
  real.notes.create({ ...key, text: 'call', alertAt: null })
  const left = () => real.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows
  await expect.poll(() => left().map(({ state }) => state), { timeout: 5000 }).toEqual(['unknown'])
  await expect.poll(left, { timeout: 10_000 }).toEqual([])
  expect([...there.notes.values()]).toMatchObject([{ text: 'call' }])
  await real.outbox.stop()
  real.kill()
  file.close()
}, 30_000)
