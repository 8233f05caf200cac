import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { emptyState, writeState } from '../../electron/core/store/cache/dataset-state'
import { applyNote } from '../../electron/core/store/cache/notes'
import { ALERTS_FOR, dropOldAlerts, saveAlert } from '../../electron/core/store/local/alerts'
import { identify } from '../../electron/core/store/local/local-notes'
import { insertCommand } from '../../electron/core/store/local/commands'
import { dropUnusedNames } from '../../electron/core/store/note-names'
import { CHANGES_FOR, dropOldChanges, thinSamples } from '../../electron/core/store/local/retention'
import { insertSample } from '../../electron/core/store/local/samples'
import { column } from '../../electron/core/store/read/query'
import { run, sql } from '../../electron/core/store/sql'
import { addConnection, CONNECTION } from '../support/notes-console'
import { note } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 20, 12, 34)
const noPause = (): Promise<void> => Promise.resolve()

const sample = (store: Store, at: number, connectionId = 'c1'): void => {
  const nothing = {
    clients: 0,
    servers: 0,
    cpu: 0,
    ramGb: 0,
    volumeGb: 0,
    diskGb: {},
    ip: 0,
    networks: 0,
    routers: 0,
    negativeClients: 0,
    hypervisors: null,
  }
  insertSample(store.local, connectionId, { at, ...nothing })
}
const moments = (store: Store, connectionId = 'c1'): number[] =>
  column<number>(store.local, sql`SELECT at FROM sample WHERE connection_id = ${connectionId} ORDER BY at`)

it('keeps every sample of a month, the last of each hour of a year, and the last of each day before', async () => {
  const store = bench.memory()
  for (let at = NOW - 40 * DAY; at <= NOW; at += 20 * MINUTE) sample(store, at)
  const old = Date.UTC(2025, 5, 1)
  for (let hour = 0; hour < 48; hour++) sample(store, old + hour * HOUR)
  sample(store, old + 5 * HOUR, 'c2')
  const before = moments(store)
  await thinSamples(store.local, NOW, noPause)
  const after = moments(store)
  const month = Math.floor((NOW - 31 * DAY) / HOUR) * HOUR
  expect(after.filter((at) => at >= month)).toEqual(before.filter((at) => at >= month))
  const lastOf = (step: number, at: number): number => Math.max(...before.filter((one) => Math.floor(one / step) === Math.floor(at / step)))
  for (const at of after.filter((one) => one < month && one > NOW - 366 * DAY)) expect(at).toBe(lastOf(HOUR, at))
  expect(after.filter((at) => at < NOW - 366 * DAY)).toEqual([old + 23 * HOUR, old + 47 * HOUR])
  // No hour and no day is lost, whoever else has samples in it.
  expect(new Set(after.map((at) => Math.floor(at / DAY)))).toEqual(new Set(before.map((at) => Math.floor(at / DAY))))
  expect(moments(store, 'c2')).toEqual([old + 5 * HOUR])
  expect(await thinSamples(store.local, NOW, noPause)).toBe(0)
})

it('drops changes after half a year, in steps, and no younger one', async () => {
  const store = bench.memory()
  for (let seq = 0; seq < 1200; seq++) {
    const at = seq < 1100 ? NOW - CHANGES_FOR - 1 : NOW - CHANGES_FOR
    run(
      store.local,
      sql`INSERT INTO change_log (sync_id, seq, connection_id, dataset, entity_id, kind, changes, at) VALUES ('s', ${seq}, 'c1', 'clients', 'x', 'changed', '{}', ${at})`,
    )
  }
  let pauses = 0
  const removed = await dropOldChanges(store.local, NOW, () => Promise.resolve(void pauses++))
  expect([removed, pauses]).toEqual([1100, 2])
  expect(column<number>(store.local, sql`SELECT min(seq) FROM change_log`)).toEqual([1100])
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

it('leaves no older copy after something was forgotten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-retention-'))
  folders.push(folder)
  const clock = { now: () => NOW, elapsed: () => 0, after: () => () => undefined }
  const store = openStore({ folder, key: 'ab'.repeat(32), clock })
  mkdirSync(join(folder, 'backups'))
  for (const name of ['local-2026-11-18.db', 'local-before-v2.db', 'cache-before-v2.db'])
    writeFileSync(join(folder, 'backups', name), 'old')
  await store.renewBackups()
  expect(readdirSync(join(folder, 'backups'))).toEqual(['local-000000000000-2026-11-20.db'])
  store.close()
})

it('drops what became of alerts after half a year, snoozed ones by the end of the snooze', async () => {
  const store = bench.memory()
  const old = NOW - ALERTS_FOR
  const alert = (noteUid: string, alertAt: number, snoozedUntil: number | null): void => {
    saveAlert(store.local, { connectionId: 'c1', noteUid, alertAt, naturalKey: noteUid }, { firedAt: alertAt, snoozedUntil })
  }
  for (let n = 0; n < 1100; n++) alert(`old ${String(n)}`, old - n, null)
  alert('snoozed', old - DAY, NOW)
  alert('recent', old + 1, null)
  expect(await dropOldAlerts(store.local, NOW, noPause)).toBe(1100)
  expect(column<string>(store.local, sql`SELECT note_uid FROM alert_state ORDER BY note_uid`)).toEqual(['recent', 'snoozed'])
})

it('drops names of notes that are nowhere any more, and only where the notes were read to the end', async () => {
  const store = bench.memory()
  addConnection(store, { now: () => NOW })
  addConnection(store, { now: () => NOW }, { id: 'unread' })
  writeState(store.cache, CONNECTION, { ...emptyState('notes'), complete: true, asOf: NOW, rows: 1, offered: true })
  for (let n = 0; n < 700; n++) identify(store.local, { connectionId: CONNECTION, uid: `local:${String(n)}`, remoteId: `n${String(n)}` })
  identify(store.local, { connectionId: 'unread', uid: 'local:x', remoteId: 'x' })
  applyNote(store, CONNECTION, note('n5', 'k1'))
  const command = { connectionId: CONNECTION, kind: 'note.create', clientId: 'k1', base: null, batchId: null, createdAt: NOW }
  const subject = { dataset: 'notes' as const, uid: 'local:6', id: 'n6' }
  const payload = { text: 'x', alertAt: null, confirmed: false }
  insertCommand(store.local, { ...command, id: 'kept', subject, payload, payloadVersion: 1, mutex: 'notes k1', holdKey: null }, 'x')
  expect(await dropUnusedNames(store, noPause)).toBe(698)
  expect(column<string>(store.local, sql`SELECT uid FROM note_identity ORDER BY uid`)).toEqual(['local:5', 'local:6', 'local:x'])
})
