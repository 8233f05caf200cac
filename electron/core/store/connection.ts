import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { backupBeforeMigration, backupDaily, renewBackups, setAside } from './backup'
import { migrate } from './migrate'
import { cacheMigrations, localMigrations } from './migrations'
import { openFile } from './open-file'
import type { Db } from './sql'
import { storageFailure } from './storage-error'
import { everyPageReads, everyPageReadsInSlices } from './verify'

/** Something about the files that a person should read once. */
export type StoreNotice = { kind: 'cache-set-aside'; reason: 'damaged' | 'newer-schema'; movedTo: string }

export interface Store {
  /** What was read from the platforms; can be rebuilt. */
  readonly cache: Db
  /** What no platform can give back. */
  readonly local: Db
  readonly notices: StoreNotice[]
  /** Notes that a person removed a moment ago: a page asked for earlier must not bring them back. */
  readonly removedNotes: Map<string, number>
  /**
   * Reads a cache that was too large to be checked while opening, in slices. Nothing may be written before it ends.
   * @throws AppError `storage` when a page is damaged; the next opening then starts with an empty cache.
   */
  verifyCache(): Promise<void>
  /** Makes today's backup of local.db, once a day. */
  backupDaily(): void
  /** Puts a fresh backup in the place of all older ones, which hold what was forgotten since. */
  renewBackups(): void
  close(): void
}
export interface StoreOptions {
  folder: string
  /** 64 hex digits; null = work in memory only. */
  key: string | null
  clock: Clock
}

const LOCAL_CACHE_KIB = 8_000
const CACHE_CACHE_KIB = 64_000
/** Up to here the whole cache is read while opening: about 0.2 s. */
const CHECKED_AT_ONCE = 64_000_000

/**
 * Opens both files, encrypted whole, and brings their schema forward. A damaged cache is set aside and said so in
 * `notices`; a damaged local.db is never touched: the caller decides about `restoreLocalBackup`.
 * @throws AppError `storage` (details.reason) or `disk-full`.
 */
export const openStore = ({ folder, key, clock }: StoreOptions): Store => {
  const notices: StoreNotice[] = []
  if (key !== null) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const local = openLocal(folder, key)
  try {
    const cache = openCache({ folder, key, clock }, notices)
    backupDaily(local, folder, clock)
    return assemble({ cache, local, notices }, { folder, key, clock })
  } catch (error) {
    local.close()
    throw error
  }
}

const pathOf = (folder: string, key: string | null, name: string): string => (key === null ? ':memory:' : join(folder, name))
const suspectMark = (folder: string): string => join(folder, 'cache.db.suspect')

const openLocal = (folder: string, key: string | null): Db => {
  const db = openFile({ path: pathOf(folder, key, 'local.db'), key, cacheKib: LOCAL_CACHE_KIB })
  try {
    if (!everyPageReads(db)) throw storageFailure('damaged', 'local.db is damaged', { file: 'local.db' })
    const backup = (version: number): void => {
      backupBeforeMigration(db, folder, `local-before-v${String(version + 1)}.db`)
    }
    migrate(db, { steps: localMigrations, file: 'local.db', backup })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const openCache = (options: StoreOptions, notices: StoreNotice[]): Db => {
  try {
    const db = tryCache(options)
    if (options.key !== null) rmSync(suspectMark(options.folder), { force: true })
    return db
  } catch (error) {
    const reason = rebuildReason(error)
    if (reason === null || options.key === null) throw error
    notices.push({ kind: 'cache-set-aside', reason, movedTo: setAside(join(options.folder, 'cache.db'), options.clock.now()) })
    rmSync(suspectMark(options.folder), { force: true })
    return tryCache(options)
  }
}

const rebuildReason = (error: unknown): 'damaged' | 'newer-schema' | null => {
  if (!(error instanceof AppError) || error.code !== 'storage') return null
  const reason = error.details['reason']
  if (reason === 'damaged' || reason === 'wrong-key-or-damaged') return 'damaged'
  return reason === 'newer-schema' ? reason : null
}

const tryCache = ({ folder, key }: StoreOptions): Db => {
  const path = pathOf(folder, key, 'cache.db')
  const db = openFile({ path, key, cacheKib: CACHE_CACHE_KIB })
  try {
    if (checkedAtOnce(path, folder) && !everyPageReads(db)) throw storageFailure('damaged', 'cache.db is damaged', { file: 'cache.db' })
    const backup = (version: number): void => {
      backupBeforeMigration(db, folder, `cache-before-v${String(version + 1)}.db`)
    }
    // Fewer, larger checkpoints: a pull rewrites the same index pages again and again.
    db.pragma('wal_autocheckpoint = 3000')
    migrate(db, { steps: cacheMigrations, file: 'cache.db', backup })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const checkedAtOnce = (path: string, folder: string): boolean =>
  path !== ':memory:' && (statSync(path).size <= CHECKED_AT_ONCE || existsSync(suspectMark(folder)))

const assemble = (files: { cache: Db; local: Db; notices: StoreNotice[] }, { folder, key, clock }: StoreOptions): Store => ({
  ...files,
  removedNotes: new Map(),
  verifyCache: async () => {
    if (key === null || checkedAtOnce(join(folder, 'cache.db'), folder)) return
    if (await readsWhole({ folder, key, clock })) return
    writeFileSync(suspectMark(folder), '')
    throw storageFailure('damaged', 'cache.db is damaged', { file: 'cache.db' })
  },
  backupDaily: () => {
    backupDaily(files.local, folder, clock)
  },
  renewBackups: () => {
    renewBackups(files.local, folder, clock)
  },
  close: () => {
    files.cache.close()
    files.local.close()
  },
})

/** Over a handle of its own, so that readers of the open cache are not held up. */
const readsWhole = async ({ folder, key, clock }: StoreOptions): Promise<boolean> => {
  const db = openFile({ path: join(folder, 'cache.db'), key, cacheKib: 2000 })
  const pause = (): Promise<void> => new Promise((resolve) => clock.after(0, resolve))
  try {
    return await everyPageReadsInSlices(db, pause)
  } finally {
    db.close()
  }
}
