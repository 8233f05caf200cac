import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
let clock: TestClock
let store: Store
let platform: NotesPlatform
let app: NotesConsole

const rows = () => app.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows
const leaveNoRoom = (): void => {
  store.local.pragma(`max_page_count = ${String(store.local.pragma('page_count', { simple: true }))}`)
}
const makeRoom = (): void => {
  store.local.pragma('max_page_count = 100000')
}

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createNotesPlatform(clock)
  // An answer that does not fit into the pages that are there.
  platform.alter = (text) => text.padEnd(200_000, '.')
  const notes = { ...platform.adapter.notes }
  platform.adapter.notes.create = async (...args) => {
    const note = await notes.create(...args)
    leaveNoRoom()
    return note
  }
  app = createNotesConsole({ store, clock, platform })
})
afterEach(() => {
  store.close()
})

it('an answer that the disk has no room for is written when there is room again: no restart, no second request', async () => {
  app.notes.create({ ...key, text: 'call', alertAt: null })
  await clock.advance(300_000)
  expect(platform.writes).toBe(1)
  expect(rows()).toMatchObject([{ state: 'sending' }])
  makeRoom()
  await clock.advance(31_000)
  expect(rows()).toEqual([])
  expect(platform.writes).toBe(1)
  expect(app.list('a')).toMatchObject([{ id: 'n1', pending: null }])
})

it('and after a restart without room it is looked for, and still made once', async () => {
  app.notes.create({ ...key, text: 'call', alertAt: null })
  await clock.advance(1000)
  app.kill()
  makeRoom()
  platform.alter = (text) => text.trim()
  platform.edit('n1', { text: 'call' })
  app = createNotesConsole({ store, clock, platform })
  app.outbox.start()
  await clock.advance(60_000)
  expect(rows()).toEqual([])
  expect(platform.notes.size).toBe(1)
})
