import type { Db } from '../sql'
import { sql } from '../sql'
import { value } from './query'

/** Keeps the last few answers of costly reads until anything in the file changes. */
export interface Memo {
  <T>(key: string, compute: () => T): T
}

/** The file's own change counter is the version: no write can be forgotten, because none passes it. */
export const createMemo = (db: Db, size: number): Memo => {
  const kept = new Map<string, unknown>()
  let version = -1
  return <T>(key: string, compute: () => T): T => {
    const now = value<number>(db, sql`SELECT total_changes()`) ?? 0
    if (now !== version) kept.clear()
    version = now
    if (kept.has(key)) {
      const found = kept.get(key) as T
      kept.delete(key)
      kept.set(key, found)
      return found
    }
    const made = compute()
    kept.set(key, made)
    const oldest = kept.keys().next()
    if (kept.size > size && !oldest.done) kept.delete(oldest.value)
    return made
  }
}
