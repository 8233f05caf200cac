import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, everythingOffered, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
const requestId = '0f8fad5b-d9cb-469f-a165-70867728950e'
let clock: TestClock
let store: Store
let platform: NotesPlatform
let app: NotesConsole
const texts = (): string[] => [...platform.notes.values()].map((note) => note.text)
const open = (local: boolean): void => {
  const capabilities = everythingOffered()
  if (local) capabilities.writes = {}
  addConnection(store, clock, { capabilities })
  app = createNotesConsole({ store, clock, platform })
}

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  platform = createNotesPlatform(clock)
})
afterEach(() => {
  store.close()
})

describe('a page that asks again because it heard no answer', () => {
  const again = (): void => {
    app.kill()
    app = createNotesConsole({ store, clock, platform })
    app.outbox.start()
  }
  it.each([
    ['while it waits', 0],
    ['when it is on the platform', 60_000],
  ])('makes one note, %s', async (_name, later) => {
    open(false)
    const first = app.notes.create({ ...key, text: 'call', alertAt: null, requestId })
    await clock.advance(later)
    again()
    const second = app.notes.create({ ...key, text: 'call', alertAt: null, requestId })
    expect(second.uid).toBe(first.uid)
    await clock.advance(60_000)
    expect(texts()).toEqual(['call'])
    expect(app.list('a')).toHaveLength(1)
  })

  it('and has been changed meanwhile changes the note that was made', async () => {
    open(false)
    app.notes.create({ ...key, text: 'call', alertAt: null, requestId })
    await clock.advance(60_000)
    again()
    app.notes.create({ ...key, text: 'call tomorrow', alertAt: null, requestId })
    await clock.advance(60_000)
    expect(texts()).toEqual(['call tomorrow'])
  })

  it('after the alert of what was saved has passed is answered, not refused', async () => {
    open(false)
    const alertAt = clock.now() + 120_000
    app.notes.create({ ...key, text: 'call', alertAt, requestId })
    await clock.advance(300_000)
    expect(app.notes.create({ ...key, text: 'call', alertAt, requestId })).toMatchObject({ text: 'call' })
    expect(texts()).toEqual(['call'])
  })

  it('makes one note where the platform takes none', () => {
    open(true)
    for (let time = 0; time < 3; time++) app.notes.create({ ...key, text: 'call', alertAt: null, requestId })
    expect(app.list('a')).toHaveLength(1)
  })
})
