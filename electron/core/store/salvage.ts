import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE } from '../../sealed-page'
import { dropSalvage, readingPath, remove, salvagePath, sizeOf } from './files'
import { holdsOf, type Holds } from './holds'
import { migrate } from './migrate'
import { localMigrations } from './migrations'
import { openFile } from './open-file'
import { inTransaction, type Db } from './sql'
import { mendSchema } from './schema-pages'
import { isDamage } from './storage-error'
import { damagedPages } from './verify'

const CACHE_KIB = 8_000
const FURTHEST = 2 ** 40

export type Salvaged = Holds & { damagedPages: number; pages: number }

/** Reads what can be read of a damaged local.db into a new file beside it. The damaged one is not touched. @returns null when nothing can be. */
export const salvage = (folder: string, key: string): Salvaged | null => {
  const path = join(folder, 'local.db')
  const copy = readingPath(folder)
  if (sizeOf(path) === 0) return null
  try {
    dropSalvage(folder)
    for (const companion of ['', '-wal']) if (existsSync(path + companion)) copyFileSync(path + companion, copy + companion)
    const { db: from, mended } = openMended({ copy, folder, key })
    const damaged = damagedPages({ path: copy, key }).length + mended
    try {
      return { ...copyInto(salvagePath(folder), from, key), damagedPages: damaged, pages: Math.ceil(sizeOf(path) / PAGE) }
    } finally {
      from.close()
    }
  } catch {
    // Its schema is gone, and no backup has it: then there is nothing to read it by.
    remove(salvagePath(folder))
    return null
  } finally {
    remove(copy)
  }
}

/** @returns `mended`: how many of its pages come from a backup. */
const openMended = ({ copy, folder, key }: { copy: string; folder: string; key: string }): { db: Db; mended: number } => {
  const open = (): Db => openFile({ path: copy, key, cacheKib: CACHE_KIB })
  try {
    return { db: open(), mended: 0 }
  } catch (error) {
    for (const companion of ['-wal', '-shm']) rmSync(copy + companion, { force: true })
    const mended = mendSchema(copy, folder, key)
    if (mended === 0) throw error
    return { db: open(), mended }
  }
}

const copyInto = (path: string, from: Db, key: string): Holds => {
  const to = openFile({ path, key, cacheKib: CACHE_KIB })
  try {
    migrate(to, { steps: localMigrations, file: 'local.db', backup: () => undefined })
    to.pragma('foreign_keys = OFF')
    for (const table of tablesOf(to)) inTransaction(to, () => copyTable({ from, to, table }))
    return holdsOf(to, Date.now())
  } finally {
    to.close()
  }
}

const tablesOf = (db: Db): string[] =>
  db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck().all() as string[]
const columnsOf = (db: Db, table: string): string[] => db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]

interface Copying {
  from: Db
  to: Db
  table: string
}

/** Row by row in the order of the file; a stretch that cannot be read is skipped, and only that. */
const copyTable = ({ from, to, table }: Copying): void => {
  const known = new Set(columnsOf(from, table))
  const columns = columnsOf(to, table).filter((name) => known.has(name))
  if (columns.length === 0) return
  const list = columns.map((name) => `"${name}"`).join(', ')
  const rows = from.prepare(`SELECT rowid, ${list} FROM "${table}" WHERE rowid > ? ORDER BY rowid`).raw()
  const insert = to.prepare(`INSERT OR REPLACE INTO "${table}" (rowid, ${list}) VALUES (?${', ?'.repeat(columns.length)})`)
  const reads = (after: number): boolean => isReadable(() => void rows.get(after))
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const whole = isReadable(() => {
      for (const row of rows.iterate(last) as Iterable<[number, ...unknown[]]>) {
        insert.run(...row)
        ;[last] = row
      }
    })
    if (whole) return
    const next = beyond(Math.max(last, 0), reads)
    if (next === null) return
    last = next
  }
}

const isReadable = (work: () => void): boolean => {
  try {
    work()
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

/** The nearest place behind a damaged stretch: found by ever longer steps, then between the last two. */
const beyond = (last: number, reads: (after: number) => boolean): number | null => {
  let step = 1
  while (!reads(last + step)) {
    step *= 2
    if (step > FURTHEST) return null
  }
  let [bad, good] = [Math.floor(step / 2), step]
  while (good - bad > 1) {
    const middle = Math.floor((bad + good) / 2)
    if (reads(last + middle)) good = middle
    else bad = middle
  }
  return last + good
}
