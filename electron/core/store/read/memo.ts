import { sql, type Db } from '../sql'
import { value } from './query'
import { clientRows, noteRows, watchRows, watchTable } from './watch-rows'

/**
 * What a remembered answer was made of: anything in the cache; only the rows that the clients list is made of; the notes
 * as a person sees them, those of the platform and all that is kept here; or these tables of the cache.
 */
export type MadeOf = 'cache' | 'client-rows' | 'notes' | readonly string[]

/** Keeps the last few answers of costly reads until what they were made of changes. */
export interface Memo {
  <T>(key: string, compute: () => T, madeOf?: MadeOf): T
  /** Whether this answer is remembered and still holds. */
  has: (key: string, madeOf: MadeOf) => boolean
  /** Goes another way with each write to what is named. */
  versionOf: (madeOf: MadeOf) => string
}
interface Kept {
  version: string
  answer: unknown
}

/** The files' own counters are the versions: no write can be forgotten, because none passes them. */
export const createMemo = ({ cache, local }: { cache: Db; local: Db }, size: number): Memo => {
  const kept = new Map<string, Kept>()
  const changesOf = (db: Db): string => String(value<number>(db, sql`SELECT total_changes()`) ?? 0)
  const clientWrites = watchRows(cache, clientRows)
  const noteWrites = watchRows(cache, noteRows)
  const tables = new Map<string, () => number>()
  /** A table is watched from its first reader on. */
  const writesTo = (table: string): number => {
    const known = tables.get(table) ?? watchRows(cache, watchTable(table))
    tables.set(table, known)
    return known()
  }
  const versionOf = (madeOf: MadeOf): string => {
    if (madeOf === 'cache') return changesOf(cache)
    if (madeOf === 'client-rows') return String(clientWrites())
    if (madeOf === 'notes') return `${String(noteWrites())} ${changesOf(local)}`
    return madeOf.map(writesTo).join(' ')
  }
  const remember = <T>(key: string, compute: () => T, madeOf: MadeOf = 'cache'): T => {
    const version = versionOf(madeOf)
    const found = kept.get(key)
    kept.delete(key)
    const answer = found?.version === version ? (found.answer as T) : compute()
    kept.set(key, { version, answer })
    const oldest = kept.keys().next()
    if (kept.size > size && !oldest.done) kept.delete(oldest.value)
    return answer
  }
  const has = (key: string, madeOf: MadeOf): boolean => kept.get(key)?.version === versionOf(madeOf)
  return Object.assign(remember, { has, versionOf })
}
