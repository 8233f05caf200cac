import type Database from 'better-sqlite3'
import { basename } from 'node:path'
import { storageError } from './storage-error'

/** A database of the console: the driver's own, with the statements it has already prepared. */
export type Db = Database.Database & { readonly [preparedStatements]: Map<string, Database.Statement>; [keeper]?: Keeper }
const keeper = Symbol('what looks after commits')
const preparedStatements = Symbol('prepared statements')
const MOST_STATEMENTS = 400

/** Looks after the commits of a file that nobody could make again. */
export interface Keeper {
  /** Before a transaction begins. @throws when its rows would go nowhere. */
  before(): void
  /** In a transaction that has changed something, as its last act. */
  within(): void
  /** It is committed. */
  after(): void
  /** It is over, committed or not. */
  over(): void
  /** What the running or coming transaction writes is a person's: it is to be safe before it is acknowledged. */
  urgent(what: Acknowledged): void
}
/** What a person did, for the case that it is lost. */
export interface Acknowledged {
  kind: string
  text: string
}
export const keepBy = (db: Db, it: Keeper): void => {
  db[keeper] = it
}

export type SqlValue = string | number | bigint | Buffer | boolean | null

/** SQL text with its positional parameters. Made by the `sql` tag only, so values never become text. */
export class Query {
  readonly text: string
  readonly params: readonly SqlValue[]
  constructor(text: string, params: readonly SqlValue[]) {
    this.text = text
    this.params = params
  }
}

/** Writes a query: a value becomes a parameter, another query is spliced in with its own parameters. */
export const sql = (strings: TemplateStringsArray, ...values: readonly (SqlValue | Query)[]): Query => {
  let text = strings[0] ?? ''
  const params: SqlValue[] = []
  for (const [index, value] of values.entries()) {
    if (value instanceof Query) {
      text += value.text
      params.push(...value.params)
    } else {
      text += '?'
      params.push(value)
    }
    text += strings[index + 1] ?? ''
  }
  return new Query(text, params)
}

/** Joins queries with fixed text: `join(conditions, ' AND ')`. */
export const join = (parts: readonly Query[], separator: string): Query =>
  new Query(
    parts.map((part) => part.text).join(separator),
    parts.flatMap((part) => part.params),
  )

/** Text that the code itself wrote (a column name from a fixed list), never anything typed or received. */
export const trusted = (text: string): Query => new Query(text, [])

/** Gives a freshly opened database its (empty) store of prepared statements. */
export const withStatements = (db: Database.Database): Db =>
  Object.defineProperty(db, preparedStatements, { value: new Map<string, Database.Statement>() }) as Db

/** The prepared statement of a text, prepared once per database. */
export const statement = (db: Db, text: string): Database.Statement => {
  const known = db[preparedStatements]
  const found = known.get(text)
  if (found) return found
  if (known.size >= MOST_STATEMENTS) known.clear()
  const made = db.prepare(text)
  known.set(text, made)
  return made
}

const bindable = (value: SqlValue): unknown => (typeof value === 'boolean' ? Number(value) : value)
const bound = (query: Query): unknown[] => query.params.map(bindable)

export const all = <T>(db: Db, query: Query): T[] => guarded(db, () => statement(db, query.text).all(...bound(query)) as T[])
export const get = <T>(db: Db, query: Query): T | undefined =>
  guarded(db, () => statement(db, query.text).get(...bound(query)) as T | undefined)
export const run = (db: Db, query: Query): Database.RunResult =>
  db[keeper] && !db.inTransaction
    ? inTransaction(db, () => run(db, query))
    : guarded(db, () => statement(db, query.text).run(...bound(query)))

/** Runs a unit of work in one write transaction; nested calls join the outer one. */
export const inTransaction = <T>(db: Db, work: () => T): T => {
  if (db.inTransaction) return work()
  const looksAfter = db[keeper]
  if (!looksAfter) return guarded(db, () => db.transaction(work).immediate())
  return guarded(db, () => {
    try {
      return counted(db, looksAfter, work)
    } finally {
      looksAfter.over()
    }
  })
}

const counted = <T>(db: Db, looksAfter: Keeper, work: () => T): T => {
  looksAfter.before()
  const changes = (): unknown => statement(db, 'SELECT total_changes()').pluck().get()
  const before = changes()
  const result = db
    .transaction(() => {
      const done = work()
      if (changes() !== before) looksAfter.within()
      return done
    })
    .immediate()
  if (changes() !== before) looksAfter.after()
  return result
}

/** Says, within a transaction or before it, that a person waits for it: it ends in the file itself before it is acknowledged. */
export const acknowledge = (db: Db, what: Acknowledged): void => {
  db[keeper]?.urgent(what)
}

const guarded = <T>(db: Db, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw storageError(error, basename(db.name))
  }
}
