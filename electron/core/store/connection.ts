import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { backupDaily, renewBackups } from './backup'
import { addNotice, dropNotice, readNotices, type StoreNotice } from './notices'
import { openCache, suspectCache } from './open-cache'
import { openLocal, openLocalInMemory, suspect, suspectLocal, type LocalFile } from './open-local'
import type { Db } from './sql'
import { storageFailure } from './storage-error'
import { breathe, damagedPagesInSlices, matter } from './verify'

export interface Store {
  /** What was read from the platforms; can be rebuilt. */
  readonly cache: Db
  /** What no platform can give back. */
  readonly local: Db
  /** What a person has to be told about the files and has not read yet. */
  notices(): StoreNotice[]
  noticeRead(id: number): void
  /** Notes that a person removed a moment ago: a page asked for earlier must not bring them back. */
  readonly removedNotes: Map<string, number>
  /**
   * Reads files that were too large to be checked while opening, in slices. Nothing may be written to the cache before it ends.
   * @throws AppError `storage` when a page is damaged; the next opening then finds it at once.
   */
  verifyCache(): Promise<void>
  /** Makes today's backup of local.db, once a day. */
  backupDaily(): Promise<void>
  /** Puts a fresh backup in the place of all older ones, which hold what was forgotten since. */
  renewBackups(): Promise<void>
  close(): void
}
export interface StoreOptions {
  folder: string
  /** 64 hex digits; null = work in memory only. */
  key: string | null
  clock: Clock
}

/**
 * Opens both files, encrypted whole, and brings their schema forward. A damaged cache is set aside and said so in
 * `notices`; a damaged or missing local.db is never touched: a person decides what takes its place.
 * @throws AppError `storage` (details.reason) or `disk-full`.
 */
export const openStore = ({ folder, key, clock }: StoreOptions): Store => {
  if (key === null) return inMemory(clock)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const local = openLocal({ folder, key, clock })
  try {
    const cache = openCache({ folder, key, clock })
    if (cache.notice) addNotice(local.db, clock.now(), cache.notice)
    return assemble(local, cache, { folder, key, clock })
  } catch (error) {
    closeLocal(local)
    throw error
  }
}

const inMemory = (clock: Clock): Store => {
  const local = openLocalInMemory()
  const { db: cache } = openCache({ folder: '', key: null, clock })
  return {
    cache,
    local,
    notices: () => [],
    noticeRead: () => undefined,
    removedNotes: new Map(),
    verifyCache: () => Promise.resolve(),
    backupDaily: () => Promise.resolve(),
    renewBackups: () => Promise.resolve(),
    close: () => {
      cache.close()
      local.close()
    },
  }
}

const assemble = (
  local: LocalFile,
  cache: { db: Db; unchecked: boolean },
  { folder, key, clock }: StoreOptions & { key: string },
): Store => {
  const backed = { folder, key, clock, keeper: local.keeper }
  const check = async (db: Db, name: string, mark: string): Promise<void> => {
    const file = { path: join(folder, name), key }
    const damaged = await damagedPagesInSlices(file, breathe)
    // What was committed meanwhile belongs to the file's length.
    db.pragma('wal_checkpoint(TRUNCATE)')
    if (!matter(db, file, damaged)) return
    suspect(mark)
    throw storageFailure('damaged', `${name} is damaged`, { file: name })
  }
  return {
    cache: cache.db,
    local: local.db,
    notices: () => readNotices(local.db),
    noticeRead: (id) => {
      dropNotice(local.db, id)
    },
    removedNotes: new Map(),
    verifyCache: async () => {
      if (local.unchecked) await check(local.db, 'local.db', suspectLocal(folder))
      if (cache.unchecked) await check(cache.db, 'cache.db', suspectCache(folder))
    },
    backupDaily: async () => {
      await backupDaily(backed)
    },
    renewBackups: () => renewBackups(backed),
    close: () => {
      cache.db.close()
      closeLocal(local)
    },
  }
}

const closeLocal = ({ db, keeper, ledger }: LocalFile): void => {
  keeper.stop()
  db.close()
  ledger.close()
}
