import type { Db } from './sql'
import { isDamage } from './storage-error'

/**
 * Reads every page of a file. Each page carries an HMAC, so one flipped byte anywhere makes its read fail; this is
 * several times cheaper than SQLite's own integrity check, which sees far less.
 * @returns false when a page is damaged.
 */
export const everyPageReads = (db: Db): boolean => {
  try {
    db.prepare('SELECT sum(pgsize) FROM dbstat').get()
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

/** The same in slices, for a file too large to be read at one stretch. */
export const everyPageReadsInSlices = async (db: Db, pause: () => Promise<void>): Promise<boolean> => {
  const pages = db.prepare('SELECT pageno FROM dbstat').iterate()
  try {
    for (let count = 1; pages.next().done !== true; count++) if (count % PAGES_AT_A_STRETCH === 0) await pause()
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    pages.return?.()
  }
}
const PAGES_AT_A_STRETCH = 1000
