import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recover } from '../../electron/core/recovery'
import { openStore, type Store } from '../../electron/core/store/connection'
import { localBackups } from '../../electron/core/store/backup'
import { tasksHere } from '../../electron/core/store/tasks/run-task'
import type { StoreChoices } from '../../shared/ipc/shell'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()
const key = { connectionId: CONNECTION, clientId: 'a' }
let folder: string
let clock: TestClock
let store: Store
let platform: NotesPlatform
let app: NotesConsole
let online: boolean

const open = (): void => {
  store = openStore({ folder, key: TEST_KEY, clock })
}
const begin = (): void => {
  app = createNotesConsole({ store, clock, platform, online: () => online })
  app.outbox.start()
}
const goOnline = async (): Promise<void> => {
  online = true
  app.kick()
  await clock.advance(600_000)
}
const ask = (name: string, input: unknown = {}) => recover({ folder, key: TEST_KEY, clock, tasks: tasksHere }, name, input)
const choices = async (): Promise<StoreChoices> => {
  const result = await ask('choices')
  if (!result.ok) throw new Error(result.error.message)
  return result.value as StoreChoices
}
/** The file is damaged, and its only backup takes its place. */
const restore = async (): Promise<void> => {
  app.kill()
  store.close()
  writeFileSync(join(folder, 'local.db'), 'no database at all'.repeat(1000))
  const [backup] = (await choices()).backups
  expect(await ask('take', { kind: 'backup', name: backup?.name })).toMatchObject({ ok: true })
  open()
  begin()
}
const rows = () => app.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows
const texts = (): string[] => [...platform.notes.values()].map(({ text }) => text).sort()
const write = (text: string) => app.notes.create({ ...key, text, alertAt: null })

beforeEach(() => {
  folder = bench.folder()
  clock = createTestClock()
  platform = createNotesPlatform(clock)
  online = true
  open()
  addConnection(store, clock)
  begin()
})
afterEach(() => {
  app.kill()
  if (store.local.open) store.close()
})

describe('a command that waits in a restored backup', () => {
  it('and was sent since is found, and not sent again', async () => {
    online = false
    write('call')
    write('pay')
    await store.backupDaily()
    await goOnline()
    expect(texts()).toEqual(['call', 'pay'])
    await restore()
    await clock.advance(600_000)
    expect(platform.writes).toBe(2)
    expect(rows()).toEqual([])
    expect(texts()).toEqual(['call', 'pay'])
  })

  it('and was taken back since is not sent again by itself; a person may send it', async () => {
    online = false
    write('call')
    await store.backupDaily()
    await goOnline()
    platform.notes.clear()
    await restore()
    await clock.advance(3_600_000)
    expect(platform.writes).toBe(1)
    expect(rows()).toMatchObject([{ state: 'blocked', error: { details: { reason: 'restored' } } }])
    app.commands.retry(rows()[0]?.id ?? '')
    await clock.advance(60_000)
    expect(rows()).toEqual([])
    expect(texts()).toEqual(['call'])
  })

  it('and never left waits for a person too, over starts, and then goes once', async () => {
    online = false
    write('call')
    await store.backupDaily()
    await restore()
    expect(rows()).toMatchObject([{ state: 'unknown' }])
    await goOnline()
    app.kill()
    begin()
    await clock.advance(600_000)
    expect(platform.writes).toBe(0)
    expect(rows()).toMatchObject([{ state: 'blocked' }])
    app.commands.retry(rows()[0]?.id ?? '')
    await clock.advance(60_000)
    expect([platform.writes, texts()]).toEqual([1, ['call']])
  })

  it('is not taken for a note of the same words that was there long before', async () => {
    platform.add({ clientId: 'a', text: 'call' })
    await clock.advance(86_400_000)
    online = false
    write('call')
    await store.backupDaily()
    await restore()
    await goOnline()
    expect(rows()).toMatchObject([{ state: 'blocked', error: { details: { reason: 'restored' } } }])
  })

  it('as a change that was made since and changed back since stays as the platform has it', async () => {
    const { uid } = write('call')
    await clock.advance(60_000)
    online = false
    app.notes.update({ ...key, id: uid, text: 'call back', alertAt: null })
    await store.backupDaily()
    await goOnline()
    expect(texts()).toEqual(['call back'])
    platform.edit('n1', { text: 'call' })
    await restore()
    await clock.advance(600_000)
    expect(texts()).toEqual(['call'])
    expect(rows()).toMatchObject([{ kind: 'note.update', state: 'blocked' }])
  })

  it('can be dropped', async () => {
    online = false
    write('call')
    await store.backupDaily()
    await restore()
    await goOnline()
    app.commands.discard(rows()[0]?.id ?? '')
    await clock.advance(600_000)
    expect([platform.writes, rows()]).toEqual([0, []])
  })
})

it('a copy that a person put in the place of the file by hand is noticed: what waits in it is looked for before it is sent', async () => {
  online = false
  write('call')
  write('pay')
  await store.backupDaily()
  const [backup = ''] = localBackups(folder)
  await goOnline()
  // One of the two is there, the other was taken back.
  for (const [id, { text }] of platform.notes) if (text === 'pay') platform.notes.delete(id)
  app.kill()
  store.close()
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `local.db${end}`), { force: true })
  cpSync(join(folder, 'backups', backup), join(folder, 'local.db'))
  open()
  expect(store.notices()).toMatchObject([{ kind: 'commits-missing', restored: false }])
  begin()
  await clock.advance(600_000)
  expect(texts()).toEqual(['call', 'pay'])
  expect(platform.writes).toBe(3)
})

describe('what a backup lacks', () => {
  it('is told before and after: how many commits, since when, and what a person did', async () => {
    write('first')
    await clock.advance(60_000)
    await store.backupDaily()
    const held = store.local.prepare('SELECT count FROM commit_count').pluck().get() as number
    await clock.advance(86_400_000)
    write('second')
    await clock.advance(60_000)
    app.kill()
    store.close()
    writeFileSync(join(folder, 'local.db'), 'nothing'.repeat(2000))
    const all = (await choices()).backups
    expect(all).toMatchObject([
      {
        commits: held,
        recent: [{ kind: 'note.create', text: 'second' }],
      },
    ])
    const missing = all[0]?.missing ?? 0
    expect(missing).toBeGreaterThan(1)
    expect(await ask('take', { kind: 'backup', name: all[0]?.name })).toMatchObject({ ok: true })
    open()
    expect(store.notices()).toMatchObject([{ kind: 'commits-missing', restored: true, count: missing, from: all[0]?.at }])
    begin()
  })

  it('does not name what was forgotten', async () => {
    write('to be forgotten')
    await clock.advance(60_000)
    await store.renewBackups()
    app.kill()
    store.close()
    writeFileSync(join(folder, 'local.db'), 'nothing'.repeat(2000))
    expect((await choices()).backups).toMatchObject([{ recent: [], missing: 0 }])
  })
})
