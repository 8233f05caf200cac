import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { backupBeforeMigration, pruneBackups } from './backup'
import { dropSalvage, hasPast, sizeOf } from './files'
import { migrate, schemaVersion } from './migrate'
import { localMigrations } from './migrations'
import { addNotice } from './notices'
import { openFile } from './open-file'
import { keepCommits, type CommitKeeper } from './safe/keeper'
import { openLedger, type LastCommit, type Ledger } from './safe/ledger'
import { keepBy, type Db } from './sql'
import { storageFailure } from './storage-error'
import { damagedPages, isSound, matter } from './verify'

const CACHE_KIB = 8_000
/** Up to here the whole file is read while opening: about 50 ms. A larger one is read in slices, behind. */
const CHECKED_AT_ONCE = 8_000_000

export interface OpenLocal {
  folder: string
  key: string
  clock: Clock
}
export interface LocalFile {
  db: Db
  keeper: CommitKeeper
  ledger: Ledger
  /** It was too large to be read through while opening. */
  unchecked: boolean
}

const pathOf = (folder: string): string => join(folder, 'local.db')
export const suspectLocal = (folder: string): string => `${pathOf(folder)}.suspect`
export const suspect = (mark: string): void => {
  writeFileSync(mark, '')
}

/** local.db in memory: nobody looks after what nobody keeps. */
export const openLocalInMemory = (): Db => {
  const db = openFile({ path: ':memory:', key: null, cacheKib: CACHE_KIB })
  migrate(db, { steps: localMigrations, file: 'local.db', backup: () => undefined })
  return db
}

/**
 * Opens local.db, folds in what the last run left in its log, and tells when its last commits are missing.
 * @throws AppError `storage`: `missing` where a store has been before, `damaged`. Nothing is changed then.
 */
export const openLocal = (options: OpenLocal): LocalFile => {
  const { folder, key } = options
  const path = pathOf(folder)
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) === 0 && hasPast(folder)) throw missing()
  const log = keptLog(path)
  const db = openFile({ path, key, cacheKib: CACHE_KIB })
  try {
    db.pragma('wal_autocheckpoint = 0')
    // What is forgotten is to be gone from the file, and from its copies.
    db.pragma('secure_delete = ON')
    db.pragma('wal_checkpoint(TRUNCATE)')
    if (schemaVersion(db) === 0 && hasPast(folder)) throw missing()
    const unchecked = !log.unclean && sizeOf(path) > CHECKED_AT_ONCE && !existsSync(suspectLocal(folder))
    if (!unchecked && matter(db, { path, key }, damagedPages({ path, key }))) throw damaged()
    rmSync(suspectLocal(folder), { force: true })
    migrate(db, { steps: localMigrations, file: 'local.db', backup: (version) => backupBeforeMigration(folder, version + 1) })
    db.pragma('wal_checkpoint(TRUNCATE)')
    pruneBackups(folder)
    dropSalvage(folder)
    return { ...keep(db, options, log), unchecked }
  } catch (error) {
    db.close()
    throw error
  }
}

const missing = () => storageFailure('missing', 'local.db is gone', { file: 'local.db' })
const damaged = () => storageFailure('damaged', 'local.db is damaged', { file: 'local.db' })

const keep = (db: Db, { folder, key, clock }: OpenLocal, log: KeptLog): Omit<LocalFile, 'unchecked'> => {
  const path = pathOf(folder)
  const ledger = openLedger(join(folder, 'commits.ledger'), key)
  try {
    const keeper = keepCommits({ db, path, ledger, clock })
    const known = ledger.read()
    const lost = known !== null && known.count > keeper.last().count
    if (lost && !isSound(db)) throw damaged()
    keepBy(db, keeper)
    if (lost) {
      log.keep(clock.now())
      tellMissing(db, keeper, known, clock.now())
    } else {
      log.drop()
      if (known?.count !== keeper.last().count) ledger.write(keeper.last())
    }
    return { db, keeper, ledger }
  } catch (error) {
    ledger.close()
    throw error
  }
}

const tellMissing = (db: Db, keeper: CommitKeeper, known: LastCommit, now: number): void => {
  const here = keeper.last()
  const recent = known.recent.filter(({ count }) => count > here.count).map(({ kind, text, at }) => ({ kind, text, at }))
  addNotice(db, now, { kind: 'commits-missing', count: known.count - here.count, from: here.at, to: known.at, recent })
  keeper.fold()
}

interface KeptLog {
  unclean: boolean
  keep(at: number): void
  drop(): void
}
/** SQLite empties a log that it takes for read: a copy stays until it is known that nothing is missing. */
const keptLog = (path: string): KeptLog => {
  const kept = `${path}-wal.kept`
  const unclean = sizeOf(`${path}-wal`) > 0
  if (unclean) copyFileSync(`${path}-wal`, kept)
  return {
    unclean,
    keep: (at) => {
      if (existsSync(kept)) renameSync(kept, `${path}-wal.damaged-${new Date(at).toISOString().replace(/[:.]/g, '-')}`)
    },
    drop: () => {
      rmSync(kept, { force: true })
    },
  }
}
