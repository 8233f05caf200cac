import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { openFile } from './open-file'
import { sql, run, type Db } from './sql'
import { storageFailure } from './storage-error'
import { everyPageReads } from './verify'

const KEPT = 3
const DAILY = /^local-\d{4}-\d{2}-\d{2}\.db$/
const backupFolder = (folder: string): string => join(folder, 'backups')

/** Copies an open database into one file, still encrypted by the same key. A copy that was cut short leaves nothing behind. */
export const copyDatabase = (db: Db, target: string): void => {
  const unfinished = `${target}.part`
  rmSync(unfinished, { force: true })
  run(db, sql`VACUUM INTO ${unfinished}`)
  renameSync(unfinished, target)
}

export const backupBeforeMigration = (db: Db, folder: string, name: string): void => {
  if (db.memory) return
  mkdirSync(backupFolder(folder), { recursive: true })
  copyDatabase(db, join(backupFolder(folder), name))
}

/** Dates of the daily backups, newest first, as file names. */
export const localBackups = (folder: string): string[] =>
  existsSync(backupFolder(folder))
    ? readdirSync(backupFolder(folder))
        .filter((name) => DAILY.test(name))
        .sort()
        .reverse()
    : []

const nameOf = (clock: Pick<Clock, 'now'>): string => `local-${new Date(clock.now()).toISOString().slice(0, 10)}.db`

/** Makes today's backup of local.db if there is none yet, and keeps the newest three. @returns whether one was made. */
export const backupDaily = (db: Db, folder: string, clock: Pick<Clock, 'now'>): boolean => {
  if (db.memory) return false
  const name = nameOf(clock)
  if (localBackups(folder).includes(name)) return false
  backupBeforeMigration(db, folder, name)
  for (const old of localBackups(folder).slice(KEPT)) rmSync(join(backupFolder(folder), old), { force: true })
  return true
}

/** After something was forgotten: the old copies still hold it, so that today's takes the place of all of them. */
export const renewBackups = (db: Db, folder: string, clock: Pick<Clock, 'now'>): void => {
  if (db.memory) return
  const older = existsSync(backupFolder(folder)) ? readdirSync(backupFolder(folder)) : []
  const today = nameOf(clock)
  backupBeforeMigration(db, folder, today)
  for (const name of older) if (name !== today) rmSync(join(backupFolder(folder), name), { force: true })
}

/** Moves a file and its companions out of the way, under a name that says when. @returns the new name. */
export const setAside = (path: string, at: number): string => {
  const aside = `${path}.damaged-${new Date(at).toISOString().replace(/[:.]/g, '-')}`
  for (const companion of ['', '-wal', '-shm']) if (existsSync(path + companion)) renameSync(path + companion, aside + companion)
  return aside
}

/**
 * Puts the newest daily backup that still reads in the place of local.db; the damaged file is kept beside it. Only ever
 * called because a person asked for it, while the store is closed.
 * @throws AppError `storage` when no backup is whole.
 */
export const restoreLocalBackup = (options: { folder: string; key: string; clock: Pick<Clock, 'now'> }): { restoredFrom: string } => {
  const path = join(options.folder, 'local.db')
  for (const name of localBackups(options.folder)) {
    const backup = join(backupFolder(options.folder), name)
    if (!isWhole(backup, options.key)) continue
    if (existsSync(path)) setAside(path, options.clock.now())
    copyFileSync(backup, `${path}.part`)
    renameSync(`${path}.part`, path)
    return { restoredFrom: name }
  }
  throw storageFailure('damaged', 'no backup of local.db is whole', { file: path })
}

/** Checked on a copy: opening a file in WAL mode writes beside it. */
const isWhole = (backup: string, key: string): boolean => {
  const copy = `${backup}.check`
  try {
    copyFileSync(backup, copy)
    const db = openFile({ path: copy, key, cacheKib: 2000 })
    const whole = everyPageReads(db)
    db.close()
    return whole
  } catch {
    return false
  } finally {
    for (const companion of ['', '-wal', '-shm']) rmSync(copy + companion, { force: true })
  }
}
