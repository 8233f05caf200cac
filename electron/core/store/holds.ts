import { value } from './read/query'
import { get, sql, type Db } from './sql'

/** What of a person's own a copy of local.db holds. */
export interface Holds {
  /** When it was last written to, and how many commits it has had; null = an earlier version, which did not count. */
  at: number
  commits: number | null
  connections: number
  waiting: number
  notes: number
  views: number
}

/** @param madeAt For a copy of an earlier version, which did not count its commits. */
export const holdsOf = (db: Db, madeAt: number): Holds => ({
  at: lastCommit(db)?.at || Math.floor(madeAt),
  commits: lastCommit(db)?.count ?? null,
  connections: value<number>(db, sql`SELECT count(*) FROM connection`) ?? 0,
  waiting: waitingIn(db),
  notes: value<number>(db, sql`SELECT count(*) FROM local_note`) ?? 0,
  views: value<number>(db, sql`SELECT count(*) FROM saved_view`) ?? 0,
})

const hasTable = (db: Db, name: string): boolean => value<number>(db, sql`SELECT count(*) FROM sqlite_schema WHERE name = ${name}`) === 1

/** A copy of an earlier version has another table. */
const waitingIn = (db: Db): number => {
  const table = hasTable(db, 'command') ? sql`command` : sql`outbox`
  return value<number>(db, sql`SELECT count(*) FROM ${table} WHERE state NOT IN ('done', 'dropped')`) ?? 0
}

const lastCommit = (db: Db): { at: number; count: number } | undefined =>
  hasTable(db, 'commit_count') ? get(db, sql`SELECT at, count FROM commit_count`) : undefined
