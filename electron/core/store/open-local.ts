import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { backupBeforeMigration, pruneBackups } from './backup'
import { dropSalvage, hasPast, restoredMark, sizeOf } from './files'
import { doubtCommands } from './local/command-queue'
import { migrate, schemaVersion } from './migrate'
import { localMigrations } from './migrations'
import { addNotice } from './notices'
import { openFile } from './open-file'
import { keepCommits, type CommitKeeper } from './safe/keeper'
import { openLedger, recentAfter, type LastCommit, type Ledger } from './safe/ledger'
import { inTransaction, keepBy, type Db } from './sql'
import { storageFailure } from './storage-error'
import { dropSuspicion, suspicionOf } from './suspect'
import { damagedPages, isCutShort, isSound, matter } from './verify'

const CACHE_KIB = 8_000
/** Up to here the whole file is read while opening: about 25 ms. A larger one is read in another thread, and nothing is written before. */
export const CHECKED_AT_ONCE = 4_000_000

export interface OpenLocal {
  folder: string
  key: string
  clock: Clock
  /** However large it is, it is checked here and now: nobody waits for this thread. */
  atOnce?: boolean
  /** It was checked by another thread a moment ago. */
  checked?: boolean
}
export interface LocalFile {
  db: Db
  keeper: CommitKeeper
  ledger: Ledger
  /** It was too large to be read through while opening: it accepts nothing until `accept`. `thorough`: how its pages hang together is in doubt too. */
  unchecked: { thorough: boolean } | null
  /** It was read through and is whole. */
  accept(): void
}

const pathOf = (folder: string): string => join(folder, 'local.db')

/** local.db in memory: nobody looks after what nobody keeps. */
export const openLocalInMemory = (): Db => {
  const db = openFile({ path: ':memory:', key: null, cacheKib: CACHE_KIB })
  migrate(db, { steps: localMigrations, file: 'local.db', backup: () => undefined })
  return db
}

/** Whether opening it would take long: it is large, and a step of the schema would have to check and copy it first. */
export const wantsStepBehind = ({ folder, key }: Pick<OpenLocal, 'folder' | 'key'>): boolean => {
  const path = pathOf(folder)
  if (sizeOf(path) <= CHECKED_AT_ONCE) return false
  try {
    const db = openFile({ path, key, cacheKib: CACHE_KIB })
    try {
      return schemaVersion(db) < localMigrations.length
    } finally {
      db.close()
    }
  } catch {
    // Opening it in earnest tells why.
    return false
  }
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
    const version = schemaVersion(db)
    if (version === 0 && hasPast(folder)) throw missing()
    const suspicion = suspicionOf({ folder, name: 'local.db' }, key)
    if (isCutShort(db, path) || suspicion === 'damaged') throw damaged()
    // A step of the schema writes: it never goes before the check.
    const isBehind = options.atOnce !== true && sizeOf(path) > CHECKED_AT_ONCE && version === localMigrations.length
    if (!isBehind && options.checked !== true && matter(db, { path }, damagedPages({ path, key }))) throw damaged()
    migrate(db, { steps: localMigrations, file: 'local.db', backup: (from) => backupBeforeMigration({ folder, key }, from + 1) })
    db.pragma('wal_checkpoint(TRUNCATE)')
    pruneBackups(folder)
    dropSalvage(folder)
    return keep(db, options, { log, isBehind: isBehind && options.checked !== true, isDoubtful: suspicion !== null })
  } catch (error) {
    db.close()
    throw error
  }
}

export const closeLocal = ({ db, keeper, ledger }: LocalFile): void => {
  keeper.stop()
  db.close()
  ledger.close()
}

const missing = () => storageFailure('missing', 'local.db is gone', { file: 'local.db' })
const damaged = () => storageFailure('damaged', 'local.db is damaged', { file: 'local.db' })

interface Opened {
  log: KeptLog
  isBehind: boolean
  /** How its pages hang together is in doubt. */
  isDoubtful: boolean
}
const keep = (db: Db, { folder, key, clock }: OpenLocal, { log, isBehind, isDoubtful }: Opened): LocalFile => {
  const path = pathOf(folder)
  const ledger = openLedger(join(folder, 'commits.ledger'), key)
  try {
    const known = ledger.read()
    const keeper = keepCommits({ db, path, ledger, clock, recent: known?.recent ?? [] })
    const lost = known !== null && known.count > keeper.last().count ? known : null
    const thorough = lost !== null || isDoubtful
    if (thorough && !isBehind && !isSound(db)) throw damaged()
    keepBy(db, keeper)
    const accept = (): void => {
      keeper.accept()
      dropSuspicion(folder, 'local.db')
      const restored = existsSync(restoredMark(folder))
      if (lost && !restored) log.keep(clock.now())
      else log.drop()
      if (lost || restored) tellMissing(db, { keeper, known: lost, now: clock.now(), restored })
      else if (known?.count !== keeper.last().count) ledger.write(keeper.last())
      rmSync(restoredMark(folder), { force: true })
    }
    if (isBehind) keeper.refuse()
    else accept()
    return { db, keeper, ledger, unchecked: isBehind ? { thorough } : null, accept }
  } catch (error) {
    ledger.close()
    throw error
  }
}

interface Older {
  keeper: CommitKeeper
  known: LastCommit | null
  now: number
  restored: boolean
}
/** The file is older than what was done: that is said, and what waits in it is looked for before it is sent. */
const tellMissing = (db: Db, { keeper, known, now, restored }: Older): void => {
  const here = keeper.last()
  const to = known?.at ?? here.at
  const recent = recentAfter(known, here.count)
  inTransaction(db, () => {
    doubtCommands(db, { now, restored })
    addNotice(db, now, {
      kind: 'commits-missing',
      restored,
      count: Math.max(0, (known?.count ?? 0) - here.count),
      from: here.at,
      to,
      recent,
    })
  })
  keeper.fold()
}

interface KeptLog {
  keep(at: number): void
  drop(): void
}
/** SQLite empties a log that it takes for read: a copy stays until it is known that nothing is missing. */
const keptLog = (path: string): KeptLog => {
  const kept = `${path}-wal.kept`
  if (sizeOf(`${path}-wal`) > 0) copyFileSync(`${path}-wal`, kept)
  return {
    keep: (at) => {
      if (existsSync(kept)) renameSync(kept, `${path}-wal.damaged-${new Date(at).toISOString().replace(/[:.]/g, '-')}`)
    },
    drop: () => {
      rmSync(kept, { force: true })
    },
  }
}
