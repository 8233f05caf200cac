import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { isSealed, PAGE, sealKey } from '../../sealed-page'
import type { Db } from './sql'
import { isDamage } from './storage-error'

const AT_ONCE = 128

export interface SealedFile {
  path: string
  key: string
}

/** A page that was never written is all zeros; SQLite may leave such holes. */
const isHole = (page: Buffer): boolean => page.every((byte) => byte === 0)

/**
 * Numbers of the pages that are not as they were written: overflow and free pages too, which no query reads.
 * @param read Told now and then how many pages were read.
 */
export const damagedPages = ({ path, key }: SealedFile, read?: (pages: number) => void): number[] => {
  const handle = openSync(path, 'r')
  try {
    const found: number[] = []
    const chunk = Buffer.alloc(PAGE * AT_ONCE)
    let by: Buffer | null = null
    for (let first = 1; ; first += AT_ONCE) {
      const length = readSync(handle, chunk, 0, chunk.length, (first - 1) * PAGE)
      if (length === 0) return found
      by ??= sealKey(chunk, key)
      found.push(...damagedOf(chunk.subarray(0, length), first, by))
      read?.(first - 1 + length / PAGE)
    }
  } finally {
    closeSync(handle)
  }
}

/** Which of these pages are still not as they were written: what was read beside a writer may have been half of it. */
export const stillDamaged = ({ path, key }: SealedFile, pages: readonly number[]): number[] => {
  const handle = openSync(path, 'r')
  try {
    const page = Buffer.alloc(PAGE)
    readSync(handle, page, 0, PAGE, 0)
    const by = sealKey(page, key)
    return pages.filter((number) => {
      const length = readSync(handle, page, 0, PAGE, (number - 1) * PAGE)
      return !isSealed(page.subarray(0, length), number, by)
    })
  } finally {
    closeSync(handle)
  }
}

const damagedOf = (chunk: Buffer, first: number, by: Buffer): number[] => {
  const found: number[] = []
  for (let at = 0; at < chunk.length; at += PAGE) {
    const number = first + at / PAGE
    const page = chunk.subarray(at, at + PAGE)
    if (!isSealed(page, number, by)) found.push(number)
  }
  return found
}

/** Whether damaged pages of an open file, folded, matter: one beyond the end does not, nor does a hole that nothing uses. */
export const matter = (db: Db, { path }: Pick<SealedFile, 'path'>, damaged: readonly number[]): boolean => {
  const count = Number(db.pragma('page_count', { simple: true }))
  const within = damaged.filter((number) => number <= count)
  return within.length > 0 && (!within.every((number) => isHoleAt(path, number)) || usesAny(db, within))
}

/** Whether pages are missing at its end. */
export const isCutShort = (db: Db, path: string): boolean => statSync(path).size < PAGE * Number(db.pragma('page_count', { simple: true }))

const isHoleAt = (path: string, number: number): boolean => {
  const handle = openSync(path, 'r')
  try {
    const page = Buffer.alloc(PAGE)
    readSync(handle, page, 0, PAGE, (number - 1) * PAGE)
    return isHole(page)
  } finally {
    closeSync(handle)
  }
}

const usesAny = (db: Db, pages: readonly number[]): boolean => {
  try {
    const used = new Set(db.prepare('SELECT pageno FROM dbstat').pluck().all() as number[])
    return pages.some((number) => used.has(number)) || !isSound(db)
  } catch (error) {
    if (isDamage(error)) return true
    throw error
  }
}

/** SQLite's own check of how the pages hang together: after a kill in the middle of folding beside a damaged log. */
export const isSound = (db: Db): boolean => {
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}
