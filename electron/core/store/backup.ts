import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { copyPages, copyWhole, keepCopy } from './copies'
import { copyInto, restoredMark, setAside } from './files'
import type { CommitKeeper } from './safe/keeper'
import { storageFailure } from './storage-error'
import type { TaskRunner } from './tasks/tasks'
import { damagedPages } from './verify'

const KEPT = 3
const KEPT_BEFORE_MIGRATION = 2
/** `local-COUNT-DAY.db`: in the order of the commits that they hold, whatever the clock said. Earlier versions wrote the day only. */
const DAILY = /^local-(?:(\d+)-)?(\d{4}-\d{2}-\d{2})\.db$/
const BEFORE = /^(local|cache)-before-v(\d+)\.db$/
const COUNT_DIGITS = 12
/** Pages that are copied in one breath: a few milliseconds. */
const AT_ONCE = 200

export const backupFolder = (folder: string): string => join(folder, 'backups')
const names = (folder: string): string[] => (existsSync(backupFolder(folder)) ? readdirSync(backupFolder(folder)) : [])
const place = (name: string): string => {
  const [, count = '', day = ''] = DAILY.exec(name) ?? []
  return `${count.padStart(COUNT_DIGITS, '0')} ${day}`
}

/** The daily backups as file names, the newest first. */
export const localBackups = (folder: string): string[] =>
  names(folder)
    .filter((name) => DAILY.test(name))
    .sort((a, b) => (place(a) < place(b) ? 1 : -1))

/** Every copy that could take the file's place: the daily ones, then those from before a step of the schema, the newest first. */
export const localCopies = (folder: string): string[] => [...localBackups(folder), ...beforeSteps(folder)]
const versionOf = (name: string): number => Number(BEFORE.exec(name)?.[2])
const beforeSteps = (folder: string): string[] =>
  names(folder)
    .filter((name) => BEFORE.test(name) && name.startsWith('local'))
    .sort((a, b) => versionOf(b) - versionOf(a))

/** What a kill left unfinished. */
const UNFINISHED = /\.(part|look)(-wal|-shm)?$/

/** Keeps a copy of a folded file as it was, and of the older ones the last. The cache needs none: it can be read again. */
export const backupBeforeMigration = ({ folder, key }: { folder: string; key: string }, version: number): void => {
  mkdirSync(backupFolder(folder), { recursive: true })
  const target = join(backupFolder(folder), `local-before-v${String(version)}.db`)
  copyWhole(join(folder, 'local.db'), `${target}.part`)
  keepCopy({ part: `${target}.part`, target, key })
  pruneBackups(folder)
}

/** Drops older copies from before a step of the schema, and what is no backup yet. */
export const pruneBackups = (folder: string): void => {
  const copies = names(folder).filter((name) => BEFORE.test(name) || UNFINISHED.test(name))
  const kept = beforeSteps(folder).slice(0, KEPT_BEFORE_MIGRATION)
  for (const name of copies) if (!kept.includes(name)) rmSync(join(backupFolder(folder), name), { force: true })
}

export interface Backed {
  folder: string
  key: string
  clock: Clock
  keeper: CommitKeeper
  tasks: TaskRunner
}

/** Makes a backup of local.db once a day, if anything was committed since the last one, and keeps the newest three. @returns whether one was made. */
export const backupDaily = async (it: Backed): Promise<boolean> => {
  if (existsSync(renewalWanted(it.folder))) {
    await renewBackups(it)
    return true
  }
  const [newest] = localBackups(it.folder)
  const name = nameOf(it)
  if (
    newest !== undefined &&
    (place(newest).slice(0, COUNT_DIGITS) === place(name).slice(0, COUNT_DIGITS) || dayOf(newest) === dayOf(name))
  )
    return false
  await copyFolded(it, name)
  // A large file takes its time to go, too.
  for (const old of localBackups(it.folder).slice(KEPT)) await rm(join(backupFolder(it.folder), old), { force: true })
  return true
}

/** After something was forgotten: the old copies still hold it, so that today's takes the place of all of them. Broken off, it is done at the next round. */
export const renewBackups = async (it: Backed): Promise<void> => {
  mkdirSync(backupFolder(it.folder), { recursive: true })
  writeFileSync(renewalWanted(it.folder), '')
  it.keeper.forgetRecent()
  const name = nameOf(it)
  await copyFolded(it, name)
  for (const older of names(it.folder)) if (older !== name) await rm(join(backupFolder(it.folder), older), { force: true })
}
/** It goes with the copies that it is about. */
const renewalWanted = (folder: string): string => join(backupFolder(folder), 'renewal.wanted')

const nameOf = ({ keeper, clock }: Backed): string =>
  `local-${String(keeper.last().count).padStart(COUNT_DIGITS, '0')}-${new Date(clock.now()).toISOString().slice(0, 10)}.db`
const dayOf = (name: string): string => DAILY.exec(name)?.[2] ?? ''

/**
 * Once the log is folded in, the file itself is all there is: so it is copied as a file, in another thread. What folds
 * write into it meanwhile is copied again, and the last few pages in one breath, so that no fold comes between. A reader
 * of SQLite's own (VACUUM INTO, say) would hold up those folds for as long as it takes.
 */
const copyFolded = async ({ folder, key, keeper, tasks }: Backed, name: string): Promise<void> => {
  const path = join(folder, 'local.db')
  const target = join(backupFolder(folder), name)
  mkdirSync(backupFolder(folder), { recursive: true })
  const part = `${target}.part`
  mustFold(keeper)
  const folded = keeper.watch()
  try {
    await tasks.run('copy', { from: path, to: part })
    for (;;) {
      mustFold(keeper)
      const pages = folded.take()
      if (pages.length <= AT_ONCE) {
        copyPages(path, part, pages)
        break
      }
      await tasks.run('copyPages', { from: path, to: part, pages })
    }
    await tasks.run('keepCopy', { part, target, key })
  } finally {
    folded.end()
    rmSync(part, { force: true })
  }
}

const mustFold = (keeper: CommitKeeper): void => {
  keeper.mustBeThere()
  if (!keeper.fold()) throw storageFailure('refused', 'local.db is in use', { file: 'local.db' })
}

/**
 * Puts a backup, the newest that is whole unless one is named, in the place of local.db; what stands there is kept
 * beside it, and the next opening knows that the file is older than what was done. Only ever called because a person asked for it, while the store is closed.
 * @throws AppError `storage` when there is none.
 */
export const restoreLocalBackup = (options: {
  folder: string
  key: string
  clock: Pick<Clock, 'now'>
  name?: string
}): { restoredFrom: string } => {
  const path = join(options.folder, 'local.db')
  for (const name of localCopies(options.folder)) {
    if (options.name !== undefined && options.name !== name) continue
    const backup = join(backupFolder(options.folder), name)
    if (!isWholeBackup(backup, options.key)) continue
    setAside(path, options.clock.now())
    writeFileSync(restoredMark(options.folder), '')
    copyInto(backup, path)
    return { restoredFrom: name }
  }
  throw storageFailure('damaged', 'no backup of local.db is whole', { file: path })
}

/** Read beside SQLite, so that nothing is written to it. */
export const isWholeBackup = (path: string, key: string): boolean => statSync(path).size > 0 && damagedPages({ path, key }).length === 0
