import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { isSealed, PAGE, sealKey } from '../../sealed-page'
import { isDamage } from './storage-error'
import type { Db } from './sql'
import type { SealedFile } from './verify'

const AT_ONCE = 64
/** A page that the program is writing just now looks damaged for a moment. */
const LOOKS = 5
const BETWEEN_LOOKS_MS = 40

export interface PagesChecked {
  pages: number
  damaged: number
}
/** After so many bytes of the file. */
type Step = (bytes: number) => Promise<void>

/** Reads every page of a file that is in use, from another thread: what looks damaged is looked at several times. */
export const checkPages = async ({ path, key }: SealedFile, step: Step): Promise<PagesChecked> => {
  const handle = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(PAGE * AT_ONCE)
    let by: Buffer | null = null
    let damaged = 0
    for (let first = 1; ; first += AT_ONCE) {
      const length = readSync(handle, chunk, 0, chunk.length, (first - 1) * PAGE)
      const count = Math.floor(length / PAGE)
      if (count === 0) return { pages: first - 1, damaged }
      by ??= sealKey(chunk, key)
      for (let at = 0; at < count; at++)
        if (!isWhole(chunk.subarray(at * PAGE, (at + 1) * PAGE), first + at, by) && !(await looksWhole(handle, first + at, by))) damaged++
      await step((first - 1) * PAGE + length)
      if (count < AT_ONCE) return { pages: first - 1 + count, damaged }
    }
  } finally {
    closeSync(handle)
  }
}

/** A page that was never written is all zeros; whether one is in use is what `hangsTogether` finds. */
const isWhole = (page: Buffer, number: number, by: Buffer): boolean => isSealed(page, number, by) || page.every((byte) => byte === 0)

const looksWhole = async (handle: number, number: number, by: Buffer): Promise<boolean> => {
  const page = Buffer.alloc(PAGE)
  for (let look = 1; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
    // Cut off meanwhile: it is no page any more.
    if (readSync(handle, page, 0, PAGE, (number - 1) * PAGE) < PAGE || isWhole(page, number, by)) return true
  }
  return false
}

/** SQLite's own check of how the pages hang together, a table at a time. */
export const hangsTogether = async (db: Db, step: () => Promise<void>): Promise<boolean> => {
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`).pluck().all() as string[]
    for (const table of tables) {
      await step()
      if (db.pragma(`quick_check("${table.replaceAll('"', '""')}")`, { simple: true }) !== 'ok') return false
    }
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

export const bytesOf = (path: string): number => statSync(path).size
