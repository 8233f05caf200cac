import { run, sql } from '../../electron/core/store/sql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
const LATER = Date.UTC(2026, 5, 1)
let clock: TestClock
let store: Store
let platform: NotesPlatform
let online: boolean
let app: NotesConsole

const again = (): void => {
  app.kill()
  app = createNotesConsole({ store, clock, platform, online: () => online })
  app.outbox.start()
}

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createNotesPlatform(clock)
  online = true
  app = createNotesConsole({ store, clock, platform, online: () => online })
})
afterEach(() => {
  store.close()
})

const texts = (): string[] => [...platform.notes.values()].map((note) => note.text)
const waiting = (offset = 0, limit = 200) => app.commands.list({ connectionId: null, offset, limit })
const states = (): string[] => waiting().rows.map((row) => row.state)

describe('a note that is written', () => {
  it('is sent at once when the platform is there', async () => {
    const row = app.notes.create({ ...key, text: 'call', alertAt: null })
    expect(row).toMatchObject({ text: 'call', own: true, pending: { state: 'pending', kind: 'create' } })
    await clock.advance(10)
    expect(texts()).toEqual(['call'])
    expect(app.list('a')).toMatchObject([{ id: 'n1', uid: row.uid, text: 'call', pending: null }])
    expect(states()).toEqual([])
  })

  it('waits visibly while offline, and goes when the platform is back', async () => {
    online = false
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(60_000)
    expect(platform.writes).toBe(0)
    expect(app.list('a')).toHaveLength(1)
    online = true
    app.kick()
    await clock.advance(10)
    expect(texts()).toEqual(['call'])
  })

  it('that never left takes later edits in', async () => {
    online = false
    const row = app.notes.create({ ...key, text: 'one', alertAt: null })
    app.notes.update({ ...key, id: row.id, text: 'two', alertAt: null })
    expect(waiting().rows).toHaveLength(1)
    online = true
    app.kick()
    await clock.advance(10)
    expect(texts()).toEqual(['two'])
    expect(platform.writes).toBe(1)
  })

  it('that never left is simply dropped when removed', async () => {
    online = false
    const row = app.notes.create({ ...key, text: 'one', alertAt: null })
    await app.notes.remove({ ...key, id: row.id })
    expect(app.list('a')).toEqual([])
    online = true
    app.kick()
    await clock.advance(10)
    expect(platform.writes).toBe(0)
  })

  it('is confirmed after it was made, in order', async () => {
    online = false
    const row = app.notes.create({ ...key, text: 'one', alertAt: null })
    app.notes.confirm({ ...key, id: row.id })
    expect(app.list('a')[0]).toMatchObject({ confirmed: true, pending: { kind: 'create' } })
    online = true
    app.kick()
    await clock.advance(10)
    expect([...platform.notes.values()]).toMatchObject([{ text: 'one', confirmed: true }])
  })
})

describe('an outcome that is unknown', () => {
  it('is looked up only when the platform must be done with the request', async () => {
    platform.fates.push('lost-answer')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(30_000)
    expect(states()).toEqual(['unknown'])
    await clock.advance(2000)
    expect(states()).toEqual([])
    expect(texts()).toEqual(['call'])
    expect(platform.writes).toBe(1)
  })

  it('is sent again when nothing is found', async () => {
    platform.fates.push('lost-request')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(40_000)
    expect(texts()).toEqual(['call'])
    expect(platform.writes).toBe(2)
  })

  it('survives a kill in the middle of sending', async () => {
    platform.fates.push('slow')
    const { uid } = app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.settle()
    expect(states()).toEqual(['sending'])
    again()
    expect(states()).toEqual(['unknown'])
    await clock.advance(40_000)
    expect(texts()).toEqual(['call'])
    expect(app.list('a')).toMatchObject([{ id: 'n1', uid, pending: null }])
  })

  it('does not take an older twin for the new note', async () => {
    platform.add({ clientId: 'a', text: 'call' })
    platform.fates.push('lost-request')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(40_000)
    expect(texts()).toEqual(['call', 'call'])
  })

  it('blocks when several notes could be ours, and never sends again by itself', async () => {
    platform.fates.push('lost-answer')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.settle()
    platform.add({ clientId: 'a', text: 'call' })
    await clock.advance(40_000)
    expect(states()).toEqual(['blocked'])
    await clock.advance(3_600_000)
    expect(platform.writes).toBe(1)
    app.commands.retry(waiting().rows[0]?.id ?? '')
    await clock.advance(10)
    expect(platform.writes).toBe(2)
    expect(states()).toEqual([])
  })

  it('shows a note that a pull brought early once, not twice', async () => {
    platform.fates.push('lost-answer')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.settle()
    const { applyNote } = await import('../../electron/core/store/cache/notes')
    applyNote(store, CONNECTION, [...platform.notes.values()][0] as never)
    expect(app.list('a')).toMatchObject([{ id: 'n1', pending: { state: 'unknown' } }])
  })

  it('holds back a second note with the same words until the first is known', async () => {
    platform.fates.push('lost-answer')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.settle()
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(60_000)
    expect(texts()).toEqual(['call', 'call'])
    expect(platform.writes).toBe(2)
  })
})

describe('a refusal', () => {
  it('keeps what was typed and what the platform said, to be changed and sent again', async () => {
    platform.fates.push('rejected')
    const row = app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(10)
    expect(waiting().rows).toMatchObject([{ state: 'rejected', error: { details: { fields: { text: ['bad'] } } } }])
    expect(app.list('a')).toMatchObject([{ text: 'call', pending: { state: 'rejected' } }])
    app.notes.update({ ...key, id: row.id, text: 'better', alertAt: null })
    await clock.advance(10)
    expect(texts()).toEqual(['better'])
  })

  it('by a lock or a closed port proves that nothing happened: it is retried with a growing pause', async () => {
    platform.fates.push('locked', 'refused', 'locked')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(60_000)
    expect(texts()).toEqual(['call'])
    expect(platform.writes).toBe(4)
  })

  it('of the token keeps the queue and stops', async () => {
    platform.readFates.push('unauthorized')
    app.notes.create({ ...key, text: 'call', alertAt: null })
    await clock.advance(600_000)
    expect(platform.writes).toBe(0)
    expect(states()).toEqual(['pending'])
  })
})

describe('a note that someone else changed', () => {
  const prepare = async (): Promise<string> => {
    const { uid } = app.notes.create({ ...key, text: 'one', alertAt: null })
    await clock.advance(10)
    online = false
    app.notes.update({ ...key, id: uid, text: 'mine', alertAt: null })
    platform.edit('n1', { text: 'theirs', alertAt: LATER })
    online = true
    app.kick()
    await clock.advance(10)
    return uid
  }

  it('becomes a conflict with base, mine and theirs', async () => {
    await prepare()
    expect(waiting().rows).toMatchObject([{ state: 'conflict', base: { text: 'one' }, mine: { text: 'mine' }, theirs: { text: 'theirs' } }])
    expect(texts()).toEqual(['theirs'])
    expect(app.list('a')).toMatchObject([{ text: 'mine', pending: { state: 'conflict' } }])
  })

  it.each([
    ['mine', { keep: 'mine', theirs: [] }, { text: 'mine', alertAt: null }],
    ['theirs', { keep: 'theirs', theirs: [] }, { text: 'theirs', alertAt: LATER }],
    ['fields of both', { keep: 'mine', theirs: ['alertAt'] }, { text: 'mine', alertAt: LATER }],
  ] as const)('ends with %s', async (_name, decision, expected) => {
    await prepare()
    const [row] = waiting().rows
    app.commands.resolve({ id: row?.id ?? '', ...decision, theirs: [...decision.theirs] })
    await clock.advance(10)
    expect([...platform.notes.values()]).toMatchObject([expected])
    expect(states()).toEqual([])
  })

  it('to the very same text is no conflict', async () => {
    const { uid } = app.notes.create({ ...key, text: 'one', alertAt: null })
    await clock.advance(10)
    online = false
    app.notes.update({ ...key, id: uid, text: 'same', alertAt: null })
    platform.edit('n1', { text: 'same' })
    online = true
    app.kick()
    await clock.advance(10)
    expect(states()).toEqual([])
    expect(platform.writes).toBe(1)
  })
})

describe('a removal', () => {
  it('of a note on the platform needs a live connection and is never queued', async () => {
    const { uid } = app.notes.create({ ...key, text: 'one', alertAt: null })
    await clock.advance(10)
    online = false
    await expect(app.notes.remove({ ...key, id: uid })).rejects.toMatchObject({ code: 'needs-connection' })
    expect(states()).toEqual([])
    online = true
    await app.notes.remove({ ...key, id: uid })
    expect(texts()).toEqual([])
    expect(app.list('a')).toEqual([])
  })
})

it('refuses an alert in the past', () => {
  expect(() => app.notes.create({ ...key, text: 'late', alertAt: clock.now() - 1 })).toThrow(
    expect.objectContaining({ code: 'invalid-input', details: { fields: { alertAt: 'past' } } }) as Error,
  )
})

describe('the list of what waits', () => {
  it('is read window by window, what must be decided first, each command once', () => {
    online = false
    for (let n = 0; n < 7; n++) app.notes.create({ ...key, text: `call ${String(n)}`, alertAt: null })
    run(store.local, sql`UPDATE command SET state = 'rejected' WHERE seq = (SELECT max(seq) FROM command)`)
    const whole = waiting().rows.map((row) => row.words)
    expect(whole).toEqual(['call 6', 'call 0', 'call 1', 'call 2', 'call 3', 'call 4', 'call 5'])
    const windows = [0, 3, 6].flatMap((offset) => waiting(offset, 3).rows.map((row) => row.words))
    expect(windows).toEqual(whole)
    expect(waiting(3, 3).total).toBe(7)
    expect(app.commands.list({ connectionId: 'another', offset: 0, limit: 10 }).total).toBe(0)
  })
})
