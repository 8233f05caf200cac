import { sql, type Db } from '../sql'
import { value } from './query'
import { watchClientRows } from './watch-client-rows'

/** What a remembered answer was made of: anything in the file, or only the rows that the clients list is made of. */
export type MadeOf = 'anything' | 'client-rows'

/** Keeps the last few answers of costly reads until what they were made of changes. */
export interface Memo {
  <T>(key: string, compute: () => T, madeOf?: MadeOf): T
}
interface Kept {
  version: number
  answer: unknown
}

/** The file's own counters are the versions: no write can be forgotten, because none passes them. */
export const createMemo = (db: Db, size: number): Memo => {
  const kept = new Map<string, Kept>()
  const versions: Record<MadeOf, () => number> = {
    anything: () => value<number>(db, sql`SELECT total_changes()`) ?? 0,
    'client-rows': watchClientRows(db),
  }
  return <T>(key: string, compute: () => T, madeOf: MadeOf = 'anything'): T => {
    const version = versions[madeOf]()
    const found = kept.get(key)
    kept.delete(key)
    const answer = found?.version === version ? (found.answer as T) : compute()
    kept.set(key, { version, answer })
    const oldest = kept.keys().next()
    if (kept.size > size && !oldest.done) kept.delete(oldest.value)
    return answer
  }
}
