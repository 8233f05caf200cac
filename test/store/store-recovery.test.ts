import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { recover } from '../../electron/core/recovery'
import type { Store } from '../../electron/core/store/connection'
import { tasksHere } from '../../electron/core/store/tasks/run-task'
import { run, sql } from '../../electron/core/store/sql'
import type { StoreChoices } from '../../shared/ipc/shell'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()
const write = (store: Store, uids: readonly string[]): void => {
  for (const uid of uids)
    run(
      store.local,
      sql`INSERT INTO local_note (connection_id, uid, client_id, text, created_at) VALUES ('c', ${uid}, 'k', ${'ж'.repeat(900)}, 1)`,
    )
}
const uidsIn = (folder: string): string[] => {
  const store = bench.open(folder)
  const found = store.local.prepare('SELECT uid FROM local_note ORDER BY uid').pluck().all() as string[]
  store.close()
  return found
}
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${String(index).padStart(4, '0')}`)
const ask = (folder: string, name: string, input: unknown = {}) =>
  recover({ folder, key: TEST_KEY, clock: systemClock, tasks: tasksHere }, name, input)
const choicesIn = async (folder: string): Promise<StoreChoices> => {
  const result = await ask(folder, 'choices')
  if (!result.ok) throw new Error(result.error.message)
  return result.value as StoreChoices
}
/** A store of sixty notes, a backup of the first twenty. */
const made = async (): Promise<string> => {
  const folder = bench.folder()
  const store = bench.open(folder)
  write(store, names(60).slice(0, 20))
  await store.backupDaily()
  write(store, names(60).slice(20))
  store.close()
  return folder
}
const flip = (folder: string, at: (size: number) => number): Buffer => {
  const path = join(folder, 'local.db')
  const bytes = readFileSync(path)
  const place = at(bytes.length)
  bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(path, bytes)
  return bytes
}

it(
  'reads what is left of a damaged file around each of its pages, and loses at most what stood on that one',
  { timeout: 60_000 },
  async () => {
    const folder = await made()
    const path = join(folder, 'local.db')
    const whole = readFileSync(path)
    const pages = whole.length / 4096
    const notes: number[] = []
    for (let page = 0; page < pages; page += page < 3 ? 1 : 3) {
      writeFileSync(path, whole)
      flip(folder, () => page * 4096 + (page === 0 ? 3 : 2000))
      const { salvage } = await choicesIn(folder)
      expect(salvage, `page ${String(page + 1)}`).toMatchObject({ pages })
      notes.push(salvage?.notes ?? 0)
    }
    const [first = 0, ...others] = notes
    // The first page comes from the backup, which knows of no later page.
    expect(first).toBeGreaterThanOrEqual(15)
    // The page that leads to all others of a table takes the table with it; any other only its own rows.
    expect(others.filter((count) => count < 50).length).toBeLessThanOrEqual(1)
    expect(Math.max(...others)).toBe(60)
  },
)

it('goes on with what was read, keeps the damaged file beside it, and is whole', async () => {
  const folder = await made()
  const damaged = flip(folder, (size) => size - 1000)
  const { salvage } = await choicesIn(folder)
  expect(readFileSync(join(folder, 'local.db')).equals(damaged)).toBe(true)
  expect(await ask(folder, 'take', { kind: 'salvage' })).toMatchObject({ ok: true })
  expect(uidsIn(folder)).toHaveLength(salvage?.notes ?? -1)
  const aside = readdirSync(folder).find((name) => name.startsWith('local.db.damaged-'))
  expect(readFileSync(join(folder, aside ?? '')).equals(damaged)).toBe(true)
  expect(readdirSync(folder).filter((name) => /salvaged|reading|part/.test(name))).toEqual([])
})

it('goes on with a backup, says what it holds before, and what is missing after', async () => {
  const folder = await made()
  writeFileSync(join(folder, 'local.db'), 'no database at all'.repeat(1000))
  const { salvage, backups } = await choicesIn(folder)
  expect(salvage?.notes ?? 0).toBe(0)
  expect(backups).toMatchObject([{ notes: 20, waiting: 0, views: 0, connections: 0 }])
  const [backup] = backups
  expect(await ask(folder, 'take', { kind: 'backup', name: backup?.name })).toMatchObject({ ok: true })
  expect(uidsIn(folder)).toEqual(names(20))
  const store = bench.open(folder)
  expect(store.notices()).toMatchObject([{ kind: 'commits-missing', count: 40, from: backup?.at }])
  store.close()
})

it('starts anew only when it is asked to, and throws nothing away', async () => {
  const folder = await made()
  rmSync(join(folder, 'local.db'))
  expect(await choicesIn(folder)).toMatchObject({ salvage: null, backups: [{ notes: 20 }] })
  expect(await ask(folder, 'take', { kind: 'new' })).toMatchObject({ ok: true })
  expect(uidsIn(folder)).toEqual([])
  const store = bench.open(folder)
  expect(store.notices()).toEqual([])
  store.close()
  expect(
    readdirSync(folder)
      .filter((name) => name.includes('.before-'))
      .map((name) => name.split('.before-')[0]),
  ).toEqual(expect.arrayContaining(['cache.db', 'backups', 'commits.ledger']))
})

it('keeps the last two copies from before a step of the schema, none of the cache, and nothing unfinished', async () => {
  const folder = await made()
  const left = [
    'local-before-v3.db',
    'local-before-v4.db',
    'local-before-v12.db',
    'cache-before-v5.db',
    'local-1-2026-01-01.db.part',
    'x.db.look-wal',
  ]
  for (const name of left) writeFileSync(join(folder, 'backups', name), 'old')
  for (const name of ['local.db.salvaged', 'local.db.reading']) writeFileSync(join(folder, name), 'old')
  bench.open(folder).close()
  expect(
    readdirSync(join(folder, 'backups'))
      .filter((name) => left.includes(name))
      .sort(),
  ).toEqual(['local-before-v12.db', 'local-before-v4.db'])
  expect(readdirSync(folder).filter((name) => /salvaged|reading/.test(name))).toEqual([])
})

it('throws no kept file away, whatever is chosen', async () => {
  for (const kind of ['backup', 'salvage', 'new'] as const) {
    const folder = await made()
    mkdirSync(join(folder, 'files'))
    writeFileSync(join(folder, 'files', 'one.kept'), kind)
    flip(folder, (size) => size - 1000)
    const [backup] = (await choicesIn(folder)).backups
    expect(await ask(folder, 'take', kind === 'backup' ? { kind, name: backup?.name } : { kind })).toMatchObject({ ok: true })
    const aside = readdirSync(folder).find((name) => name.startsWith('files.before-'))
    expect(readFileSync(join(folder, aside ?? '', 'one.kept'), 'utf8')).toBe(kind)
  }
})

it('refuses a choice that is not there', async () => {
  const folder = await made()
  for (const choice of [{ kind: 'backup', name: '../local.db' }, { kind: 'salvage' }, { kind: 'everything' }])
    expect(await ask(folder, 'take', choice)).toMatchObject({ ok: false })
  expect(uidsIn(folder)).toHaveLength(60)
})
