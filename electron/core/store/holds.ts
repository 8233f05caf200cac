import { value } from './read/query'
import { sql, type Db } from './sql'

/** What of a person's own a copy of local.db holds. */
export interface Holds {
  at: number
  connections: number
  waiting: number
  notes: number
  views: number
}

/** @param madeAt For a copy of an earlier version, which did not count its commits. */
export const holdsOf = (db: Db, madeAt: number): Holds => ({
  at: lastCommitAt(db) || Math.floor(madeAt),
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

const lastCommitAt = (db: Db): number => {
  const counts = hasTable(db, 'commit_count')
  return (counts ? value<number>(db, sql`SELECT at FROM commit_count`) : 0) ?? 0
}
