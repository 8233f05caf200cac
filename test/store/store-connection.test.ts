import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { localBackups, restoreLocalBackup } from '../../electron/core/store/backup'
import { openStore } from '../../electron/core/store/connection'
import { migrate, schemaVersion } from '../../electron/core/store/migrate'
import { cacheMigrations, localMigrations } from '../../electron/core/store/migrations'
import { openFile, refuseOldNode } from '../../electron/core/store/open-file'
import { damagedPages } from '../../electron/core/store/verify'
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
    // Now and then a name so long that it goes on in pages of its own, which no walk over the tables reads.
    for (let index = 0; index < rows; index++)
      insert.run(`p${String(index)}`, `${CANARY} ${'x'.repeat(index % 20 === 0 ? 9000 : 300)} ${String(index)}`)
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

  it('keeps nothing readable in the files, a spilled sort included', async () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, CANARY)
    await store.backupDaily()
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
    expect(store.notices()).toEqual([])
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
  it('finds each of 200 flipped bytes, in every page, those that hold the rest of a long row too', { timeout: 60_000 }, () => {
    const folder = bench.folder()
    const store = openWith(folder)
    fill(store, 600)
    store.close()
    const path = join(folder, 'cache.db')
    const whole = readFileSync(path)
    let [found, told] = [0, 0]
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(whole)
      const at = Math.floor(((round + Math.random()) / 200) * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ 0x40
      writeFileSync(path, bytes)
      if (damagedPages({ path, key: TEST_KEY }).length > 0) found++
      if (round % 20 !== 0) continue
      const opened = openWith(folder)
      told += opened.notices().length
      for (const { id } of opened.notices()) opened.noticeRead(id)
      opened.close()
      for (const name of readdirSync(folder).filter((entry) => entry.startsWith('cache.db'))) rmSync(join(folder, name))
    }
    expect([found, told]).toEqual([200, 10])
  })

  it('refuses local.db for each of 60 flipped bytes, in every page, and leaves it as it is', () => {
    const folder = bench.folder()
    const store = openWith(folder)
    for (let index = 0; index < 60; index++) {
      const [key, value] = [`k${String(index)}`, 'ж'.repeat(index % 3 === 0 ? 7000 : 200)]
      run(store.local, sql`INSERT INTO preference (key, value) VALUES (${key}, ${value})`)
    }
    store.close()
    const path = join(folder, 'local.db')
    const whole = readFileSync(path)
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(whole)
      const at = Math.floor(((round + 0.5) / 60) * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ 0x01
      writeFileSync(path, bytes)
      expect(
        reason(() => openWith(folder)),
        `byte ${String(at)}`,
      ).toMatch(/damaged$/)
      expect(readFileSync(path).equals(bytes)).toBe(true)
    }
    writeFileSync(path, whole.subarray(0, whole.length - 4096))
    expect(reason(() => openWith(folder))).toMatch(/damaged$/)
    writeFileSync(path, whole)
    openWith(folder).close()
  })

  it('finds damage in a large local.db after it was closed in order, behind the start', { timeout: 60_000 }, async () => {
    const folder = bench.folder()
    const store = openWith(folder)
    store.local.transaction(() => {
      for (let index = 0; index < 1200; index++)
        run(store.local, sql`INSERT INTO preference (key, value) VALUES (${`k${String(index)}`}, ${'x'.repeat(9000)})`)
    })()
    store.close()
    const path = join(folder, 'local.db')
    const bytes = readFileSync(path)
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const opened = openWith(folder)
    await expect(opened.verifyCache()).rejects.toMatchObject({ code: 'storage', details: { reason: 'damaged', file: 'local.db' } })
    opened.close()
    expect(reason(() => openWith(folder))).toBe('damaged')
  })

  it('is not started as new where local.db is gone or empty beside what was kept with it', async () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, 'before')
    await store.backupDaily()
    store.close()
    const cache = readFileSync(join(folder, 'cache.db'))
    for (const make of [() => rmSync(join(folder, 'local.db')), () => writeFileSync(join(folder, 'local.db'), '')]) {
      make()
      expect(reason(() => openWith(folder))).toBe('missing')
      expect(readFileSync(join(folder, 'cache.db')).equals(cache)).toBe(true)
    }
    restoreLocalBackup({ folder, key: TEST_KEY, clock: systemClock })
    const restored = openWith(folder)
    expect(recall(restored)).toBe('before')
    restored.close()
  })

  it('takes no cache for whole whose log was damaged before its end', { timeout: 60_000 }, () => {
    const [folder, other] = [bench.folder(), bench.folder()]
    const store = openWith(folder)
    const commits = 40
    for (let count = 0; count < commits; count++)
      run(store.cache, sql`INSERT INTO project (connection_id, id, name, hash, walk) VALUES ('c', ${`p${String(count)}`}, 'x', 'h', 1)`)
    // As a kill would leave them.
    for (const name of ['local.db', 'local.db-wal', 'cache.db', 'cache.db-wal', 'commits.ledger'])
      copyFileSync(join(folder, name), join(other, name))
    store.close()
    const wal = readFileSync(join(other, 'cache.db-wal'))
    const [main, localMain, localWal, ledger] = ['cache.db', 'local.db', 'local.db-wal', 'commits.ledger'].map((name) =>
      readFileSync(join(other, name)),
    )
    const rows = (spoilt: Buffer): number | 'told' => {
      for (const [name, bytes] of [
        ['cache.db', main],
        ['local.db', localMain],
        ['local.db-wal', localWal],
        ['commits.ledger', ledger],
        ['cache.db-wal', spoilt],
      ] as const)
        writeFileSync(join(other, name), bytes ?? '')
      const opened = openWith(other)
      const found = opened.notices().length > 0 ? 'told' : Number(get<{ n: number }>(opened.cache, sql`SELECT count(*) n FROM project`)?.n)
      opened.close()
      return found
    }
    expect(rows(wal)).toBe(commits)
    const found = Array.from({ length: 24 }, (_, round) => {
      const bytes = Buffer.from(wal)
      const at = Math.floor(((round + 0.5) / 24) * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ 0x04
      return rows(bytes)
    })
    // The last commit alone can be gone with its own frames: what is left is as it was a moment before.
    expect(found.filter((it) => it !== 'told' && it < commits - 1)).toEqual([])
    expect(found.filter((it) => it === 'told').length).toBeGreaterThan(20)
  })

  it('accepts nothing more once its file was deleted', () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, 'before')
    rmSync(folder, { recursive: true })
    expect(
      reason(() => {
        remember(store, 'after')
      }),
    ).toBe('file-gone')
    store.close()
  })

  it('never sets local.db aside by itself; the backup comes back when it is asked for', async () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, 'before')
    await store.backupDaily()
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

  it('keeps three daily backups and skips one that is damaged', async () => {
    const folder = bench.folder()
    let day = Date.parse('2026-03-01T10:00:00Z')
    const clock = { ...systemClock, now: () => day }
    for (let count = 0; count < 5; count++, day += 86_400_000) {
      const store = openStore({ folder, key: TEST_KEY, clock })
      remember(store, `day ${String(count)}`)
      await store.backupDaily()
      store.close()
    }
    const kept = readdirSync(join(folder, 'backups')).sort()
    expect(kept.map((name) => name.slice(-13, -3))).toEqual(['2026-03-03', '2026-03-04', '2026-03-05'])
    writeFileSync(join(folder, 'backups', kept[2] ?? ''), 'not a database')
    expect(restoreLocalBackup({ folder, key: TEST_KEY, clock }).restoredFrom).toBe(kept[1])
  })

  it('goes by what was committed and not by the clock: a day in a wrong year pushes no later backup out', async () => {
    const folder = bench.folder()
    const days = ['2026-03-01', '2031-01-01', '2026-03-02', '2026-03-03', '2026-03-04']
    for (const day of days) {
      const store = openStore({ folder, key: TEST_KEY, clock: { ...systemClock, now: () => Date.parse(`${day}T10:00:00Z`) } })
      remember(store, day)
      await store.backupDaily()
      await store.backupDaily()
      store.close()
    }
    expect(localBackups(folder).map((name) => name.slice(-13, -3))).toEqual(['2026-03-04', '2026-03-03', '2026-03-02'])
    const store = openWith(folder)
    // Nothing was committed since: another copy of the same would only push an older one out.
    await store.backupDaily()
    store.close()
    expect(localBackups(folder)).toHaveLength(3)
  })

  it('writes beside a backup that is being made', async () => {
    const folder = bench.folder()
    const store = openWith(folder)
    remember(store, 'x'.repeat(3_000_000))
    const made = store.backupDaily()
    for (let count = 0; count < 20; count++) {
      remember(store, `while ${String(count)}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await made
    store.close()
    restoreLocalBackup({ folder, key: TEST_KEY, clock: systemClock })
    const restored = openWith(folder)
    expect(String(recall(restored))).toMatch(/^(x{3000000}|while \d+)$/)
    expect(restored.local.pragma('integrity_check', { simple: true })).toBe('ok')
    restored.close()
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
    expect(again.notices()).toMatchObject([{ kind: 'cache-set-aside', reason: 'newer-schema' }])
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
    const [notice] = store.notices()
    expect(notice?.kind === 'cache-set-aside' && existsSync(join(folder, notice.file))).toBe(true)
    store.close()
    // It stays until it was read, over starts.
    const again = openWith(folder)
    expect(again.notices()).toEqual([notice])
    again.noticeRead(notice?.id ?? 0)
    expect(again.notices()).toEqual([])
    again.close()
  })
})
