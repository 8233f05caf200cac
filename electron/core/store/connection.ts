import { mkdirSync } from 'node:fs'
import type { Clock } from '../clock'
import { backupDaily, renewBackups } from './backup'
import { addNotice, dropNotice, readNotices, type StoreNotice } from './notices'
import { createCheck } from './check-behind'
import { openCache, type CacheFile } from './open-cache'
import { closeLocal, openLocal, openLocalInMemory, wantsStepBehind, type LocalFile } from './open-local'
import type { Db } from './sql'
import { tasksHere } from './tasks/run-task'
import type { TaskRunner, TellShare } from './tasks/tasks'

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
  /** Whether local.db accepts nothing yet: it is too large to have been read through while it was opened. */
  isBeingChecked(): boolean
  /** How much of it has been read, 0…1; null = it accepts everything. */
  checkedShare(): number | null
  /**
   * Reads local.db through in another thread, if that is still to be done. It then accepts what is written.
   * @throws AppError `storage` when a page is damaged; the next opening then finds it at once.
   */
  checkLocal(tell?: TellShare): Promise<void>
  /** After that the same for the cache: nothing may be written to it before this ends. */
  verifyCache(): Promise<void>
  /** Makes today's backup of local.db, once a day. */
  backupDaily(): Promise<void>
  /** Puts a fresh backup in the place of all older ones, which hold what was forgotten since. */
  renewBackups(): Promise<void>
  /** Ends what is going on in other threads: a check, a backup. */
  stopTasks(): Promise<void>
  close(): void
}
export interface StoreOptions {
  folder: string
  /** 64 hex digits; null = work in memory only. */
  key: string | null
  clock: Clock
  /** What takes long; without it, on this thread. */
  tasks?: TaskRunner
  /** local.db was read through a moment ago. */
  localChecked?: boolean
}

/**
 * Does beforehand, in another thread, what would take long in `openStore`. @returns whether local.db was read through.
 * @throws AppError as `openStore` does.
 */
export const prepareStore = async ({ folder, key, tasks = tasksHere }: StoreOptions): Promise<boolean> => {
  if (key === null || !wantsStepBehind({ folder, key })) return false
  await tasks.run('open', { folder, key })
  return true
}

/**
 * Opens both files, encrypted whole, and brings their schema forward. A damaged cache is set aside and said so in
 * `notices`; a damaged or missing local.db is never touched: a person decides what takes its place.
 * @throws AppError `storage` (details.reason) or `disk-full`.
 */
export const openStore = ({ folder, key, clock, tasks = tasksHere, localChecked = false }: StoreOptions): Store => {
  if (key === null) return inMemory(clock)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const local = openLocal({ folder, key, clock, checked: localChecked })
  try {
    const cache = openCache({ folder, key, clock })
    return assemble(local, cache, { folder, key, clock, tasks })
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
    isBeingChecked: () => false,
    checkedShare: () => null,
    checkLocal: () => Promise.resolve(),
    verifyCache: () => Promise.resolve(),
    backupDaily: () => Promise.resolve(),
    renewBackups: () => Promise.resolve(),
    stopTasks: () => Promise.resolve(),
    close: () => {
      cache.close()
      local.close()
    },
  }
}

interface Assembled extends Required<Omit<StoreOptions, 'localChecked'>> {
  key: string
}
const assemble = (local: LocalFile, cache: CacheFile, { folder, key, clock, tasks }: Assembled): Store => {
  const backed = { folder, key, clock, keeper: local.keeper, tasks }
  const check = createCheck({ folder, key, tasks })
  let unchecked = local.unchecked
  let share = unchecked === null ? null : 0
  let checkingLocal: Promise<void> | null = null
  let checkingCache: Promise<void> | null = null
  const tellCache = (): void => {
    if (cache.notice) addNotice(local.db, clock.now(), cache.notice)
  }
  if (unchecked === null) tellCache()
  const checkLocal = async (tell?: TellShare): Promise<void> => {
    if (unchecked === null) return
    const { thorough } = unchecked
    const fold = (): void => void local.keeper.fold()
    await check({ db: local.db, name: 'local.db', thorough, fold }, (read) => {
      share = read
      tell?.(read)
    })
    unchecked = null
    share = null
    local.accept()
    tellCache()
  }
  const checkCache = async (): Promise<void> => {
    await (checkingLocal ??= checkLocal())
    if (!cache.unchecked) return
    const fold = (): void => void cache.db.pragma('wal_checkpoint(TRUNCATE)')
    await check({ db: cache.db, name: 'cache.db', ...cache.unchecked, fold })
  }
  return {
    cache: cache.db,
    local: local.db,
    notices: () => readNotices(local.db),
    noticeRead: (id) => {
      dropNotice(local.db, id)
    },
    removedNotes: new Map(),
    isBeingChecked: () => unchecked !== null,
    checkedShare: () => share,
    checkLocal: (tell) => (checkingLocal ??= checkLocal(tell)),
    verifyCache: () => (checkingCache ??= checkCache()),
    backupDaily: async () => {
      await backupDaily(backed)
    },
    renewBackups: () => renewBackups(backed),
    stopTasks: () => tasks.stop(),
    close: () => {
      cache.db.close()
      closeLocal(local)
    },
  }
}
