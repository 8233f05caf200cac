import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contract } from '../../shared/ipc/contract'
import { sizeOf, LARGEST_MESSAGE } from '../../electron/ipc/envelope'
import { openStore, type Store } from '../../electron/core/store/connection'
import { run, sql } from '../../electron/core/store/sql'
import { value } from '../../electron/core/store/read/query'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
let clock: TestClock
let store: Store
let platform: NotesPlatform
let app: NotesConsole

const write = (text = 'call the client') => app.notes.create({ ...key, text, alertAt: null })
const rows = () => app.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows
const texts = (): string[] => [...platform.notes.values()].map((note) => note.text)

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createNotesPlatform(clock)
  app = createNotesConsole({ store, clock, platform })
})
afterEach(() => {
  store.close()
})

describe('a platform that alters texts', () => {
  it.each([
    ['case and blanks', (text: string) => text.toUpperCase().replaceAll(' ', '  ')],
    ['tags', (text: string) => `<p>${text}.</p>`],
  ])('by %s still holds our note: it is found, and not sent again', async (_name, alter) => {
    platform.alter = alter
    platform.fates.push('lost-answer')
    write()
    await clock.advance(3_600_000)
    expect(platform.writes).toBe(1)
    expect(rows()).toEqual([])
    expect(app.list('a')).toMatchObject([{ id: 'n1', text: alter('call the client'), pending: null }])
  })

  it('beyond recognition leaves it to a person: never sent again and again', async () => {
    platform.alter = () => 'saved'
    platform.fates.push('lost-answer', 'lost-answer', 'lost-answer', 'lost-answer', 'lost-answer')
    write()
    await clock.advance(3_600_000)
    expect(platform.writes).toBe(1)
    expect(rows()).toMatchObject([{ state: 'blocked', error: { details: { candidates: 1 } } }])
  })

  it('and tells no author makes at most one more', async () => {
    platform.alter = () => 'saved'
    const { adapter } = platform
    platform.adapter = {
      ...adapter,
      notes: {
        ...adapter.notes,
        ofClient: async (...args) => (await adapter.notes.ofClient(...args)).map((note) => ({ ...note, authorId: null })),
      },
    }
    app.kill()
    app = createNotesConsole({ store, clock, platform })
    platform.fates.push(...Array.from({ length: 20 }, () => 'lost-answer' as const))
    write()
    await clock.advance(3_600_000)
    expect(platform.writes).toBe(2)
    expect(rows()).toMatchObject([{ state: 'blocked' }])
  })

  it('is taken at its word when it answers with an id', async () => {
    platform.alter = () => 'saved'
    write()
    await clock.advance(60_000)
    expect(platform.writes).toBe(1)
    expect(app.list('a')).toMatchObject([{ id: 'n1', text: 'saved', pending: null }])
  })

  it('makes no false conflict of a change that it altered', async () => {
    platform.alter = (text) => text.toUpperCase()
    const { uid } = write()
    await clock.advance(10)
    app.notes.update({ ...key, id: uid, text: 'another', alertAt: null })
    await clock.advance(60_000)
    expect(rows()).toEqual([])
    expect(texts()).toEqual(['ANOTHER'])
  })
})

it('our note that a colleague changed before we looked back is not sent again', async () => {
  platform.fates.push('lost-answer')
  write()
  await clock.settle()
  platform.edit('n1', { text: 'changed by a colleague' })
  await clock.advance(3_600_000)
  expect(platform.writes).toBe(1)
  expect(rows()).toMatchObject([{ state: 'blocked' }])
})

it('two notes of unknown outcome do not stand in each other’s way', async () => {
  platform.fates.push('lost-answer', 'lost-answer')
  write('first of them')
  write('second of them')
  await clock.advance(600_000)
  expect(texts().sort()).toEqual(['first of them', 'second of them'])
  expect(rows()).toEqual([])
})

describe('a list that is refused while an outcome is unknown', () => {
  it('decides nothing: the note is looked for again', async () => {
    platform.fates.push('lost-answer')
    write()
    platform.readFates.push('ok', 'not-found', 'not-found')
    await clock.advance(120_000)
    expect(rows()).toEqual([])
    expect(platform.writes).toBe(1)
  })

  it('for good leaves it to a person', async () => {
    platform.fates.push('lost-answer')
    write()
    await clock.settle()
    for (let n = 0; n < 200; n++) platform.readFates.push('not-found')
    await clock.advance(3_600_000)
    expect(rows()).toMatchObject([{ state: 'blocked' }])
    expect(platform.writes).toBe(1)
  })
})

describe('the lists are answered and every command can be dropped', () => {
  const answered = (): void => {
    const outbox = app.commands.list({ connectionId: null, offset: 0, limit: 200 })
    const filter = { today: null, authorId: null, system: null }
    const notes = app.notes.list({ ...key, filter, offset: 0, limit: 200 })
    expect(contract.outbox.list.output.safeParse(outbox).error).toBeUndefined()
    expect(contract.notes.list.output.safeParse(notes).error).toBeUndefined()
    expect(sizeOf(outbox)).toBeLessThan(LARGEST_MESSAGE)
    expect(sizeOf(notes)).toBeLessThan(LARGEST_MESSAGE)
  }
  const dropFirst = (): void => {
    app.commands.discard(rows()[0]?.id ?? '')
    expect(rows()).toEqual([])
  }

  it('with two hundred notes that could be ours', async () => {
    platform.fates.push('lost-answer')
    write()
    await clock.settle()
    for (let n = 0; n < 200; n++) platform.add({ clientId: 'a', text: 'call the client' })
    await clock.advance(60_000)
    expect(rows()).toMatchObject([{ state: 'blocked', error: { details: { candidates: 201 } } }])
    answered()
    dropFirst()
  })

  it('with a refusal of 600 KB, of which little is kept', async () => {
    platform.fates.push('wordy')
    write()
    await clock.advance(10)
    expect(rows()).toMatchObject([{ state: 'rejected' }])
    answered()
    expect(value<number>(store.local, sql`SELECT max(length(error)) FROM command`)).toBeLessThan(20_000)
    dropFirst()
  })

  it('with a refusal that an older version kept whole', async () => {
    platform.fates.push('rejected')
    write()
    await clock.advance(10)
    const error = JSON.stringify({ code: 'rejected', message: 'm'.repeat(1e6), retryable: false, details: { texts: ['x'.repeat(1e6)] } })
    run(store.local, sql`UPDATE command SET error = ${error}`)
    answered()
    dropFirst()
  })

  it('with a text of a megabyte on the platform, which is still there whole when it is chosen', async () => {
    const { uid } = write()
    await clock.advance(10)
    app.notes.update({ ...key, id: uid, text: 'mine', alertAt: null })
    const long = 'ж'.repeat(1_000_000)
    platform.edit('n1', { text: long })
    await clock.advance(10)
    const [row] = rows()
    expect(row).toMatchObject({ state: 'conflict' })
    answered()
    app.commands.resolve({ id: row?.id ?? '', keep: 'mine', theirs: ['text'] })
    await clock.advance(10)
    expect(texts()).toEqual([long])
  })
})
