import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** A database file and what SQLite keeps beside it. */
export const COMPANIONS = ['', '-wal', '-shm'] as const

export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const stamp = (at: number): string => new Date(at).toISOString().replace(/[:.]/g, '-')

/** Moves a file and its companions out of the way, under a name that says when. Nothing is overwritten. @returns the new name. */
export const setAside = (path: string, at: number, why = 'damaged'): string => {
  const aside = free(`${path}.${why}-${stamp(at)}`)
  for (const companion of COMPANIONS) if (existsSync(path + companion)) renameSync(path + companion, aside + companion)
  return aside
}

const free = (wished: string): string => {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wished : `${wished}-${String(count)}`
    if (!COMPANIONS.some((companion) => existsSync(name + companion))) return name
  }
}

export const remove = (path: string): void => {
  for (const companion of COMPANIONS) rmSync(path + companion, { force: true })
}

const sync = (path: string): void => {
  try {
    const handle = openSync(path, 'r+')
    fsyncSync(handle)
    closeSync(handle)
  } catch {
    // Some systems sync no folder, or no file that is only read: the move itself is still in order.
  }
}

/** Puts a finished file in its place, so that a power cut leaves the old one or the whole new one. */
export const moveInto = (part: string, path: string): void => {
  sync(part)
  renameSync(part, path)
  sync(dirname(path))
}

/** Copies a file that nobody writes to. */
export const copyInto = (from: string, path: string): void => {
  copyFileSync(from, `${path}.part`)
  moveInto(`${path}.part`, path)
}

/** Kept files: each is read by a key that lies in local.db. */
const SHELF = 'files'
const STORE_FILES = ['local.db', 'cache.db', 'commits.ledger', 'backups', SHELF]
/** Whether a store has been here before: a first start finds nothing of the kind. */
export const hasPast = (folder: string): boolean =>
  sizeOf(join(folder, 'cache.db')) > 0 ||
  sizeOf(join(folder, 'commits.ledger')) > 0 ||
  (existsSync(join(folder, 'backups')) && readdirSync(join(folder, 'backups')).some((name) => /^local-.*\.db$/.test(name)))

/** Makes room for a new store; everything of the old one stays beside it. */
export const setStoreAside = (folder: string, at: number): void => {
  rmSync(restoredMark(folder), { force: true })
  for (const name of STORE_FILES) if (existsSync(join(folder, name))) setAside(join(folder, name), at, 'before')
}

/**
 * A local.db of an earlier moment knows nothing of files that were kept since, and what it does not know is removed from
 * the shelf. So they stand beside as well, under a second name: no byte is copied where the system can do that.
 */
export const keepShelfBeside = (folder: string, at: number): void => {
  const shelf = join(folder, SHELF)
  const names = existsSync(shelf) ? readdirSync(shelf) : []
  if (names.length === 0) return
  const aside = free(`${shelf}.before-${stamp(at)}`)
  mkdirSync(aside, { mode: 0o700 })
  for (const name of names) linkOrCopy(join(shelf, name), join(aside, name))
}
const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to)
  } catch {
    cpSync(from, to, { recursive: true })
  }
}

/** Says that local.db is a copy of an earlier moment, until the opening that takes that into account. */
export const restoredMark = (folder: string): string => join(folder, 'local.db.restored')

/** What was read of a damaged file, until a person has decided. */
export const salvagePath = (folder: string): string => join(folder, 'local.db.salvaged')
export const readingPath = (folder: string): string => join(folder, 'local.db.reading')
export const dropSalvage = (folder: string): void => {
  remove(salvagePath(folder))
  remove(readingPath(folder))
}
