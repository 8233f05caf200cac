import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { restoreLocalBackup } from '../../electron/core/store/backup'
import { openStore } from '../../electron/core/store/connection'
import { migrate, schemaVersion } from '../../electron/core/store/migrate'
import { cacheMigrations, localMigrations } from '../../electron/core/store/migrations'
import { openFile, refuseOldNode } from '../../electron/core/store/open-file'
import { get, run, sql } from '../../electron/core/store/sql'
import type { Store } from '../../electron/core/store/connection'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const CANARY = 'канарейка-canary-7f3a9'
const bench = storeBench()
const openWith = (folder: string, key: string | null = TEST_KEY): Store => openStore({ folder, key, clock: systemClock })
const remember = (store: Store, value: string): void => {
  run(store.local, sql`INSERT OR REPLACE INTO preference (key, value) VALUES ('canary', ${value})`)
}
const recall = (store: Store): unknown => get<{ value: string }>(store.local, sql`SELECT value FROM preference WHERE key = 'canary'`)?.value
const reason = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return (error as { details?: { reason?: string } }).details?.reason ?? error
  }
  return 'nothing thrown'
}
/** Enough rows to fill many pages of each file. */
const fill = (store: Store, rows: number): void => {
  store.cache.transaction(() => {
    const insert = store.cache.prepare(`INSERT INTO project (connection_id, id, name, hash, walk) VALUES ('c', ?, ?, 'h', 1)`)
    for (let index = 0; index < rows; index++) insert.run(`p${String(index)}`, `${CANARY} ${'x'.repeat(300)} ${String(index)}`)
  })()
}

describe('opening the store', () => {
  it('sets what every connection needs', () => {
    const store = bench.open()
    for (const db of [store.cache, store.local]) {
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(db.pragma('synchronous', { simple: true })).toBe(2)
      expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
      expect(db.pragma('temp_store', { simple: true })).toBe(2)
      expect(db.pragma('busy_timeout', { simple: true })).toBe(5000)
    }
    expect([schemaVersion(store.cache), schemaVersion(store.local)]).toEqual([cacheMigrations.length, localMigrations.length])
  })

  it('keeps nothing readable in the files, a spilled sort included', () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, CANARY)
    fill(store, 3000)
    store.cache.prepare('SELECT id FROM project ORDER BY name DESC').all()
    const plain = (): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => holdsCanary(join(folder, name)))
    expect(plain()).toEqual([])
    store.close()
    expect(plain()).toEqual([])
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['cache.db', 'local.db', 'backups']))
  })

  it('works in memory when there is no key', () => {
    const folder = bench.folder()
    const store = openWith(folder, null)
    remember(store, 'x')
    expect(recall(store)).toBe('x')
    store.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a wrong key and leaves both files as they are', () => {
    const folder = bench.folder()
    openWith(folder).close()
    expect(reason(() => openWith(folder, 'cd'.repeat(32)))).toBe('wrong-key-or-damaged')
    const store = openWith(folder)
    expect(store.notices).toEqual([])
    store.close()
  })

  it('does not load the driver on a Node that it would crash', () => {
    expect(
      reason(() => {
        refuseOldNode('20.19.5')
      }),
    ).toBe('old-node')
    expect(() => {
      refuseOldNode('22.13.0')
    }).not.toThrow()
  })
})

const holdsCanary = (path: string): boolean => {
  try {
    return readFileSync(path).includes(CANARY)
  } catch {
    return false
  }
}

describe('damage', () => {
  it('finds each of 200 flipped bytes, in every page', { timeout: 60_000 }, () => {
    const folder = bench.folder()
    const store = openWith(folder)
    fill(store, 600)
    store.close()
    const whole = readFileSync(join(folder, 'cache.db'))
    let found = 0
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(whole)
      const at = Math.floor(((round + Math.random()) / 200) * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ 0x40
      writeFileSync(join(folder, 'cache.db'), bytes)
      const opened = openWith(folder)
      found += opened.notices.length
      opened.close()
      for (const name of readdirSync(folder).filter((entry) => entry.startsWith('cache.db'))) rmSync(join(folder, name))
    }
    expect(found).toBe(200)
  })

  it('never sets local.db aside by itself; the backup comes back when it is asked for', () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, 'before')
    rmSync(join(folder, 'backups'), { recursive: true })
    store.backupDaily()
    store.close()
    const bytes = readFileSync(join(folder, 'local.db'))
    const at = bytes.length - 2000
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(join(folder, 'local.db'), bytes)
    expect(reason(() => openWith(folder))).toBe('damaged')
    expect(readFileSync(join(folder, 'local.db')).equals(bytes)).toBe(true)
    expect(restoreLocalBackup({ folder, key: TEST_KEY, clock: systemClock }).restoredFrom).toMatch(/^local-/)
    const restored = openWith(folder)
    expect(recall(restored)).toBe('before')
    restored.close()
    expect(readdirSync(folder).some((name) => name.startsWith('local.db.damaged-'))).toBe(true)
  })

  it('keeps three daily backups and skips one that is damaged', () => {
    const folder = bench.folder()
    let day = Date.parse('2026-03-01T10:00:00Z')
    const clock = { ...systemClock, now: () => day }
    for (let count = 0; count < 5; count++, day += 86_400_000) {
      const store = openStore({ folder, key: TEST_KEY, clock })
      remember(store, `day ${String(count)}`)
      store.close()
    }
    const kept = readdirSync(join(folder, 'backups')).sort()
    expect(kept).toEqual(['local-2026-03-03.db', 'local-2026-03-04.db', 'local-2026-03-05.db'])
    writeFileSync(join(folder, 'backups', 'local-2026-03-05.db'), 'not a database')
    expect(restoreLocalBackup({ folder, key: TEST_KEY, clock }).restoredFrom).toBe('local-2026-03-04.db')
  })
})

describe('migrations', () => {
  const second = { name: '002-second', sql: 'ALTER TABLE preference ADD COLUMN note TEXT' }
  const broken = { name: '003-broken', sql: 'CREATE TABLE made_by_broken (x); INSERT INTO no_such_table VALUES (1)' }
  const first = { name: '001-first', sql: 'CREATE TABLE preference (key TEXT)' }

  it('leaves the schema as it was when a step fails, and says which', () => {
    const db = openFile({ path: ':memory:', key: null, cacheKib: 100 })
    const versions: number[] = []
    migrate(db, { steps: [first], file: 'local.db', backup: (version) => void versions.push(version) })
    const backup = (version: number): void => void versions.push(version)
    expect(
      reason(() => {
        migrate(db, { steps: [first, second, broken], file: 'local.db', backup })
      }),
    ).toBe('migration-failed')
    expect(schemaVersion(db)).toBe(2)
    expect(versions).toEqual([1])
    expect(get(db, sql`SELECT 1 FROM sqlite_schema WHERE name = 'made_by_broken'`)).toBeUndefined()
    db.close()
  })

  it('refuses a local.db of a newer version, and starts an empty cache beside a newer one', () => {
    const folder = bench.folder()
    const store = openWith(folder)
    store.cache.pragma('user_version = 99')
    store.close()
    const again = openWith(folder)
    expect(again.notices).toMatchObject([{ kind: 'cache-set-aside', reason: 'newer-schema' }])
    again.local.pragma('user_version = 99')
    again.close()
    expect(reason(() => openWith(folder))).toBe('newer-schema')
  })

  it('starts an empty cache when the file is no database at all', () => {
    const folder = bench.folder()
    openWith(folder).close()
    copyFileSync(join(folder, 'local.db'), join(folder, 'kept'))
    writeFileSync(join(folder, 'cache.db'), 'hello '.repeat(2000))
    for (const companion of ['-wal', '-shm']) rmSync(join(folder, `cache.db${companion}`), { force: true })
    const store = openWith(folder)
    expect(store.notices).toHaveLength(1)
    expect(existsSync(store.notices[0]?.movedTo ?? '')).toBe(true)
    store.close()
  })
})
