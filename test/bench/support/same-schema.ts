import type Database from 'better-sqlite3'

/** Columns, keys and indexes of the tables that the baseline file has, and the settings of both: names of what differs. */
export const schemaDifferences = (ours: Database.Database, baseline: Database.Database): string[] => {
  const tables = baseline
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_*_*' AND name NOT GLOB 'sqlite_*'")
    .pluck()
    .all() as string[]
  const pragmas = PRAGMAS.filter((name) => ours.pragma(name, { simple: true }) !== baseline.pragma(name, { simple: true }))
  return [...tables.filter((name) => shapeOf(ours, name) !== shapeOf(baseline, name)), ...pragmas]
}

/** What costs or saves time. */
const PRAGMAS = ['journal_mode', 'synchronous', 'cache_size', 'page_size', 'temp_store', 'wal_autocheckpoint', 'foreign_keys', 'cipher']

const shapeOf = (db: Database.Database, table: string): string => {
  const columns = db.prepare('SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) ORDER BY name').all(table)
  const indexes = db
    .prepare(
      `SELECT i."unique", i.partial, group_concat(c.name) AS columns FROM pragma_index_list(?) i JOIN pragma_index_xinfo(i.name) c ON c.key = 1
       GROUP BY i.name ORDER BY 3, 1`,
    )
    .all(table)
  const virtual = db.prepare("SELECT sql FROM sqlite_schema WHERE name = ? AND sql LIKE 'CREATE VIRTUAL%'").pluck().get(table) as
    string | undefined
  return JSON.stringify({ columns, indexes, virtual: virtual?.replace(/\s+/g, ' ') })
}
