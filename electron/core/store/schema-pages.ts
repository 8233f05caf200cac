import { closeSync, copyFileSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE } from '../../sealed-page'
import { backupFolder, isWholeBackup, localBackups } from './backup'
import { remove } from './files'
import { openFile } from './open-file'
import { damagedPages } from './verify'

/**
 * Without the pages of its schema nothing of a file can be read. A backup is a copy page by page, by the same salt, and
 * its schema is the same: its pages of the schema take the place of damaged ones. @returns how many did.
 */
export const mendSchema = (copy: string, folder: string, key: string): number => {
  for (const name of localBackups(folder)) {
    const backup = join(backupFolder(folder), name)
    if (!isWholeBackup(backup, key)) continue
    const first = pageOf(backup, 1)
    // By another salt no page of the backup would be read here; a damaged first page takes its salt with it.
    const damaged = new Set(pageOf(copy, 1).subarray(0, 16).equals(first.subarray(0, 16)) ? damagedPages({ path: copy, key }) : [1])
    const pages = schemaPages(backup, key).filter((number) => damaged.has(number))
    if (pages.length === 0) continue
    for (const number of pages) put(copy, number, pageOf(backup, number))
    return pages.length
  }
  return 0
}

const schemaPages = (backup: string, key: string): number[] => {
  const look = `${backup}.look`
  try {
    copyFileSync(backup, look)
    const db = openFile({ path: look, key, cacheKib: 2000 })
    try {
      return db.prepare(`SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'`).pluck().all() as number[]
    } finally {
      db.close()
    }
  } finally {
    remove(look)
  }
}

const pageOf = (path: string, number: number): Buffer => {
  const handle = openSync(path, 'r')
  try {
    const page = Buffer.alloc(PAGE)
    readSync(handle, page, 0, PAGE, (number - 1) * PAGE)
    return page
  } finally {
    closeSync(handle)
  }
}

const put = (path: string, number: number, page: Buffer): void => {
  const handle = openSync(path, 'r+')
  try {
    writeSync(handle, page, 0, PAGE, (number - 1) * PAGE)
  } finally {
    closeSync(handle)
  }
}
