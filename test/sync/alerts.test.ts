import { capabilityOf } from '../../electron/core/platforms/port/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clients } from '../../electron/core/store/datasets/clients'
import { upsertRows } from '../../electron/core/store/cache/upsert'
import { run, sql } from '../../electron/core/store/sql'
import { applyNote } from '../../electron/core/store/cache/notes'
import { saveAlert } from '../../electron/core/store/local/alerts'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createAlerts } from '../../electron/core/features/alerts/service'
import { createNoteCommands } from '../../electron/core/features/notes/commands'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, everythingOffered, workspaceOf, type NotesConsole } from '../support/notes-console'
import { client } from '../support/scripted-platform'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
const MINUTE = 60_000
let clock: TestClock
let store: Store
let platform: NotesPlatform
let online: boolean
let colleagues: boolean
let app: NotesConsole

const open = (): NotesConsole => createNotesConsole({ store, clock, platform, online: () => online, colleagues: () => colleagues })
const restart = (): void => {
  app.kill()
  app = open()
  app.outbox.start()
  app.scheduler.check()
}
const told = (): string[] => app.notified.flatMap(({ alerts }) => alerts.map((alert) => alert.text))
const service = () => {
  const workspace = workspaceOf(store, clock)
  return createAlerts({
    workspace,
    reader: app.alertReader,
    scheduler: app.scheduler,
    commands: createNoteCommands(workspace, app.kinds),
    colleagues: () => colleagues,
    onChanged: () => {
      app.scheduler.check()
      app.kick()
    },
  })
}
const write = (text: string, inMs: number) => app.notes.create({ ...key, text, alertAt: clock.now() + inMs })

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createNotesPlatform(clock)
  online = true
  colleagues = false
  app = open()
  app.scheduler.check()
})
afterEach(() => {
  store.close()
})

describe('an alert', () => {
  it('is told at its minute, once', async () => {
    write('call', 2 * MINUTE)
    await clock.advance(2 * MINUTE - 1)
    expect(told()).toEqual([])
    await clock.advance(1)
    expect(told()).toEqual(['call'])
    await clock.advance(60 * MINUTE)
    expect(told()).toEqual(['call'])
    expect(app.scheduler.counts()).toEqual({ due: 1, unopened: 1, upcoming: 0 })
  })

  it('is told once though its note gets the id of the platform afterwards', async () => {
    online = false
    write('call', 2 * MINUTE)
    await clock.advance(3 * MINUTE)
    expect(told()).toEqual(['call'])
    online = true
    app.kick()
    await clock.advance(5 * MINUTE)
    expect(platform.notes.size).toBe(1)
    expect(told()).toEqual(['call'])
  })

  it('is told once though a pull brings its note before the answer was stored', async () => {
    platform.fates.push('lost-answer')
    write('call', MINUTE)
    await clock.settle()
    applyNote(store, CONNECTION, [...platform.notes.values()][0] as never)
    app.scheduler.check()
    await clock.advance(10 * MINUTE)
    expect(told()).toEqual(['call'])
  })

  it('is not told again when only its text changes, and is when its moment does', async () => {
    const { uid } = write('call', MINUTE)
    await clock.advance(2 * MINUTE)
    const alertAt = app.list('a')[0]?.alertAt ?? null
    app.notes.update({ ...key, id: uid, text: 'call back', alertAt })
    await clock.advance(5 * MINUTE)
    expect(told()).toEqual(['call'])
    app.notes.update({ ...key, id: uid, text: 'call back', alertAt: clock.now() + MINUTE })
    await clock.advance(5 * MINUTE)
    expect(told()).toEqual(['call', 'call back'])
  })

  it('that was missed while the program was closed is told in a group with the others', async () => {
    write('one', MINUTE)
    write('two', 2 * MINUTE)
    await clock.advance(10)
    app.kill()
    clock.jump(60 * MINUTE)
    restart()
    await clock.advance(10)
    expect(app.notified).toMatchObject([{ missed: true, alerts: [{ text: 'one' }, { text: 'two' }] }])
    restart()
    await clock.advance(60 * MINUTE)
    expect(app.notified).toEqual([])
    expect(app.scheduler.counts().unopened).toBe(2)
  })

  it('that was due before the connection was added is listed, not told', async () => {
    applyNote(store, CONNECTION, platform.add({ clientId: 'a', text: 'old', alertAt: clock.now() - 90 * 86_400_000 }))
    app.scheduler.check()
    await clock.advance(MINUTE)
    expect(told()).toEqual([])
    expect(app.scheduler.counts()).toEqual({ due: 1, unopened: 0, upcoming: 0 })
  })

  it('is told on the first look after a clock that jumped', async () => {
    write('call', 30 * MINUTE)
    await clock.advance(10)
    clock.jump(31 * MINUTE)
    await clock.advance(30_000)
    expect(told()).toEqual(['call'])
  })

  it('of a colleague is told only when that is wanted; of the system never', async () => {
    const alertAt = clock.now() + MINUTE
    applyNote(store, CONNECTION, platform.add({ clientId: 'a', text: 'theirs', authorId: 'other', alertAt }))
    applyNote(store, CONNECTION, platform.add({ clientId: 'a', text: 'robot', system: true, alertAt }))
    app.scheduler.check()
    await clock.advance(2 * MINUTE)
    expect(told()).toEqual([])
    colleagues = true
    applyNote(store, CONNECTION, platform.add({ clientId: 'a', text: 'theirs too', authorId: 'other', alertAt: clock.now() + MINUTE }))
    app.scheduler.check()
    await clock.advance(2 * MINUTE)
    expect(told()).toEqual(['theirs too'])
  })
})

describe('snooze and done', () => {
  it('tells once more at the end of a snooze', async () => {
    const { uid } = write('call', MINUTE)
    await clock.advance(2 * MINUTE)
    service().snooze({ connectionId: CONNECTION, noteId: uid, until: clock.now() + 10 * MINUTE })
    expect(app.scheduler.counts()).toEqual({ due: 0, unopened: 0, upcoming: 1 })
    await clock.advance(9 * MINUTE)
    expect(told()).toEqual(['call'])
    await clock.advance(60 * MINUTE)
    expect(told()).toEqual(['call', 'call'])
  })

  it('confirms the note on the platform and falls silent', async () => {
    const { uid } = write('call', MINUTE)
    await clock.advance(10)
    service().done({ connectionId: CONNECTION, noteId: uid })
    await clock.advance(10 * MINUTE)
    expect(told()).toEqual([])
    expect([...platform.notes.values()]).toMatchObject([{ confirmed: true }])
    expect(service().list({ connectionId: null, state: 'done', own: true, offset: 0, limit: 200 }).rows).toMatchObject([{ state: 'done' }])
  })

  it('counts an alert until it was opened', async () => {
    const { uid } = write('call', MINUTE)
    await clock.advance(2 * MINUTE)
    service().opened({ connectionId: CONNECTION, noteId: uid })
    expect(app.scheduler.counts()).toEqual({ due: 1, unopened: 0, upcoming: 0 })
  })
})

it('stores "fired" before anything is shown', async () => {
  const { uid } = write('call', MINUTE)
  const alertAt = clock.now() + MINUTE
  saveAlert(store.local, { connectionId: CONNECTION, noteUid: uid, alertAt, naturalKey: 'x' }, { firedAt: clock.now() })
  await clock.advance(5 * MINUTE)
  expect(told()).toEqual([])
  expect(app.scheduler.counts().unopened).toBe(1)
})

describe('the count', () => {
  const seen = (id: string, authorId: string | null, system = false): void => {
    const text = `note ${id}`
    const times = { createdAt: 1, modifiedAt: 1, alertAt: clock.now() - MINUTE }
    const note = { id, clientId: 'a', authorId, authorName: authorId, text, confirmed: false, system, extra: {}, ...times }
    for (const connection of [CONNECTION, 'c2']) applyNote(store, connection, note)
  }
  beforeEach(() => {
    addConnection(store, clock, { id: 'c2' })
    seen('mine', 'me')
    seen('theirs', 'somebody')
    seen('by the platform', null, true)
    app.scheduler.check()
  })
  const listed = (connectionId: string | null) =>
    service()
      .list({ connectionId, state: 'open', own: true, offset: 0, limit: 200 })
      .rows.filter(({ state }) => state === 'due').length

  it('of the menu and the tray is what the page shows that opens from it', () => {
    expect(app.scheduler.counts().due).toBe(2)
    expect(listed(null)).toBe(2)
    expect(listed('c2')).toBe(1)
  })

  it("has colleagues' alerts in it where those are told, in every place alike", () => {
    colleagues = true
    expect(app.scheduler.counts().due).toBe(4)
    expect(listed(null)).toBe(4)
  })

  it("leaves everybody's to be asked for", () => {
    expect(service().list({ connectionId: null, state: 'open', own: false, offset: 0, limit: 200 }).counts).toEqual({ all: 6, own: 2 })
  })
})

it('alerts of a deployment without notes are all here: nothing is said to be on its way', () => {
  const known = everythingOffered()
  known.datasets.notes = { ...capabilityOf(known, 'notes'), offered: false, certainty: 'inferred' }
  addConnection(store, clock, { id: 'local', capabilities: known })
  const asked = (connectionId: string | null) => service().list({ connectionId, state: 'open', own: true, offset: 0, limit: 1 }).asOf
  expect(asked('local')).toEqual({ at: clock.now(), complete: true, missing: null, without: 0 })
  expect(asked(null)).toMatchObject({ at: null, missing: { why: 'not-read' } })
})

describe('an alert marked done', () => {
  const doneOffline = (): string => {
    online = false
    const { uid } = write('call', 5 * MINUTE)
    online = true
    return uid
  }
  const onPlatform = async (): Promise<string> => {
    const { uid } = write('call', 5 * MINUTE)
    await clock.advance(10)
    return uid
  }
  const confirmation = () =>
    app.commands.list({ connectionId: null, offset: 0, limit: 10 }).rows.find(({ kind }) => kind === 'note.confirm')?.id ?? ''

  it('and taken back rings at its moment', async () => {
    const uid = await onPlatform()
    online = false
    service().done({ connectionId: CONNECTION, noteId: uid })
    app.commands.discard(confirmation())
    await clock.advance(6 * MINUTE)
    expect(told()).toEqual(['call'])
  })

  it('whose confirmation the platform refuses rings', async () => {
    const uid = await onPlatform()
    platform.fates.push('rejected')
    service().done({ connectionId: CONNECTION, noteId: uid })
    await clock.advance(6 * MINUTE)
    expect(told()).toEqual(['call'])
    expect(app.list('a')).toMatchObject([{ confirmed: false, pending: { state: 'rejected', kind: 'confirm' } }])
  })

  it('whose conflict ends with theirs rings', async () => {
    const uid = await onPlatform()
    online = false
    service().done({ connectionId: CONNECTION, noteId: uid })
    platform.edit('n1', { text: 'call them' })
    online = true
    app.kick()
    await clock.advance(10)
    app.commands.resolve({ id: confirmation(), keep: 'theirs', theirs: [] })
    applyNote(store, CONNECTION, platform.notes.get('n1') as never)
    await clock.advance(6 * MINUTE)
    expect(told()).toEqual(['call them'])
  })

  it('taken back and snoozed rings at the end of the snooze', async () => {
    const uid = await onPlatform()
    await clock.advance(6 * MINUTE)
    online = false
    service().done({ connectionId: CONNECTION, noteId: uid })
    app.commands.discard(confirmation())
    service().snooze({ connectionId: CONNECTION, noteId: uid, until: clock.now() + 10 * MINUTE })
    await clock.advance(11 * MINUTE)
    expect(told()).toEqual(['call', 'call'])
  })

  it('stays silent while its confirmation waits', async () => {
    const uid = doneOffline()
    online = false
    service().done({ connectionId: CONNECTION, noteId: uid })
    await clock.advance(10 * MINUTE)
    expect(told()).toEqual([])
  })
})

it('a snooze given under a clock that was a day ahead ends when it was meant to', async () => {
  const { uid } = write('call', MINUTE)
  await clock.advance(2 * MINUTE)
  clock.jump(24 * 60 * MINUTE)
  service().snooze({ connectionId: CONNECTION, noteId: uid, until: clock.now() + 10 * MINUTE })
  clock.jump(-24 * 60 * MINUTE)
  await clock.advance(9 * MINUTE)
  expect(told()).toEqual(['call'])
  await clock.advance(3 * MINUTE)
  expect(told()).toEqual(['call', 'call'])
})

describe('a client that is missing for one sync', () => {
  const remote = (alertAt: number) => platform.add({ clientId: 'k1', text: 'call', alertAt })
  const theClient = (there: boolean): void => {
    const context = { db: store.cache, connectionId: CONNECTION, askedAt: 0, removedNotes: store.removedNotes }
    if (there) upsertRows(clients, { context, rows: [client('k1')], walk: 1, changes: null })
    else for (const table of ['client', 'search_row']) store.cache.exec(`DELETE FROM ${table}`)
  }

  it('keeps its alert: one that is due meanwhile is told in time, once', async () => {
    theClient(true)
    const note = remote(clock.now() + 3 * MINUTE)
    applyNote(store, CONNECTION, note)
    app.scheduler.check()
    theClient(false)
    run(store.cache, sql`DELETE FROM note`)
    app.scheduler.check()
    expect(app.scheduler.counts()).toMatchObject({ upcoming: 1 })
    await clock.advance(4 * MINUTE)
    expect(told()).toEqual(['call'])
    theClient(true)
    applyNote(store, CONNECTION, note)
    app.scheduler.check()
    await clock.advance(4 * MINUTE)
    expect(told()).toEqual(['call'])
  })

  it('and is not back after an hour has none left', async () => {
    theClient(true)
    applyNote(store, CONNECTION, remote(clock.now() + 120 * MINUTE))
    app.scheduler.check()
    theClient(false)
    run(store.cache, sql`DELETE FROM note`)
    app.scheduler.check()
    await clock.advance(70 * MINUTE)
    run(store.cache, sql`DELETE FROM note`)
    applyNote(store, CONNECTION, platform.add({ clientId: 'k2', text: 'another', alertAt: clock.now() + 300 * MINUTE }))
    app.scheduler.check()
    expect(app.scheduler.counts()).toMatchObject({ upcoming: 1 })
  })

  it('a note that was deleted while its client stayed is gone', () => {
    theClient(true)
    applyNote(store, CONNECTION, remote(clock.now() + 3 * MINUTE))
    app.scheduler.check()
    run(store.cache, sql`DELETE FROM note`)
    app.scheduler.check()
    expect(app.scheduler.counts()).toMatchObject({ upcoming: 0 })
  })
})
