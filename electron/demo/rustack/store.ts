import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { columnsOf, createIndexes, createTable, DATASET_NAMES, type DatasetName } from './datasets'

export type Value = string | number | null
/** Own columns by name; `name` is folded to lower case for the substring filter. */
export type Row = Readonly<Record<string, Value>> & { readonly id: string; readonly ctime: string; readonly body: string }
export type StoredRow = Record<string, Value> & { n: number; id: string; ctime: string; body: string }

/** The part of the driver's statement that is used here, with its rows typed. */
export interface Prepared<Bind extends unknown[], Result> {
  get(...values: Bind): Result | undefined
  all(...values: Bind): Result[]
  iterate(...values: Bind): IterableIterator<Result>
  run(...values: Bind): { readonly changes: number; readonly lastInsertRowid: number | bigint }
}

export interface Store {
  /** A prepared statement, compiled once per text. */
  sql<Bind extends unknown[], Result>(text: string): Prepared<Bind, Result>
  /** Returns the row's number: `n` of the row where it has one, otherwise the next. */
  insert(dataset: DatasetName, row: Row): number
  update(dataset: DatasetName, n: number, fields: Readonly<Record<string, Value>>): void
  remove(dataset: DatasetName, n: number): void
  byId(dataset: DatasetName, id: string): StoredRow | undefined
  rowsBy(dataset: DatasetName, column: string, value: Value): StoredRow[]
  /** Grows with every write to the dataset, so that counts can be remembered. */
  version(dataset: DatasetName): number
  /** The dataset was written to past these methods. */
  touch(dataset: DatasetName): void
  transaction<T>(work: () => T): T
  index(): void
  meta(key: string): string | undefined
  setMeta(key: string, value: string): void
  close(): void
}

const USAGE = `CREATE TABLE IF NOT EXISTS usage (cn INTEGER, seq INTEGER, at INTEGER, clients INTEGER, servers INTEGER, cpu REAL, ram REAL,
  class INTEGER, size REAL, ip INTEGER, networks INTEGER, routers INTEGER, rate REAL, PRIMARY KEY (cn, seq)) STRICT, WITHOUT ROWID`

/**
 * Whoever has this program can open the file: these people are made up. It is encrypted so that not even they, nor the
 * token, stand in plain text in a folder of which the console says that nothing does.
 */
const DEMO_KEY = createHash('sha256').update('made-up people of the demo platform').digest('hex')

/** An empty file name is SQLite's own temporary database: it may spill to the disk and vanishes on close. */
function open(file: string | undefined): Database.Database {
  const db = new Database(file ?? '')
  if (file !== undefined) {
    db.pragma("cipher = 'sqlcipher'")
    db.pragma('legacy = 4')
    db.pragma(`key = "x'${DEMO_KEY}'"`)
  }
  db.pragma(file === undefined ? 'journal_mode = MEMORY' : 'journal_mode = WAL')
  // Losing the demo's last seconds with the machine's power is fine; losing speed is not.
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -131072')
  db.pragma('temp_store = MEMORY')
  db.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) STRICT')
  db.exec(USAGE)
  for (const name of DATASET_NAMES) db.exec(createTable(name))
  return db
}

function inserter(db: Database.Database, name: DatasetName): (row: Row) => number {
  const columns = columnsOf(name)
  const marks = columns.map(() => '?').join(', ')
  const statement = db.prepare(`INSERT INTO "${name}" (${columns.map((one) => `"${one}"`).join(', ')}) VALUES (${marks})`)
  return (row) => Number(statement.run(...columns.map((column) => row[column] ?? null)).lastInsertRowid)
}

function prepared(db: Database.Database): Store['sql'] {
  const known = new Map<string, Prepared<unknown[], unknown>>()
  return <Bind extends unknown[], Result>(text: string) => {
    let statement = known.get(text)
    if (statement === undefined) known.set(text, (statement = db.prepare<unknown[], unknown>(text)))
    return statement as unknown as Prepared<Bind, Result>
  }
}

type Rows = Pick<Store, 'insert' | 'update' | 'remove' | 'byId' | 'rowsBy'>

function tables(db: Database.Database, sql: Store['sql'], touched: (dataset: DatasetName) => void): Rows {
  const insert = Object.fromEntries(DATASET_NAMES.map((name) => [name, inserter(db, name)])) as Record<DatasetName, (row: Row) => number>
  return {
    insert: (dataset, row) => {
      touched(dataset)
      return insert[dataset](row)
    },
    update: (dataset, n, fields) => {
      touched(dataset)
      const names = Object.keys(fields)
      const changed = sql<Value[], never>(`UPDATE "${dataset}" SET ${names.map((one) => `"${one}" = ?`).join(', ')} WHERE n = ?`).run(
        ...Object.values(fields),
        n,
      )
      if (changed.changes !== 1) throw new Error(`${dataset} ${n} is gone`)
    },
    remove: (dataset, n) => {
      touched(dataset)
      sql<[number], never>(`DELETE FROM "${dataset}" WHERE n = ?`).run(n)
    },
    byId: (dataset, id) => sql<[string], StoredRow>(`SELECT * FROM "${dataset}" WHERE id = ?`).get(id),
    rowsBy: (dataset, column, value) => sql<[Value], StoredRow>(`SELECT * FROM "${dataset}" WHERE "${column}" = ?`).all(value),
  }
}

export function openStore(file: string | undefined): Store {
  const db = open(file)
  const versions = new Map<DatasetName, number>()
  const touched = (dataset: DatasetName) => void versions.set(dataset, (versions.get(dataset) ?? 0) + 1)
  const sql = prepared(db)
  return {
    sql,
    ...tables(db, sql, touched),
    touch: touched,
    version: (dataset) => versions.get(dataset) ?? 0,
    transaction: (work) => db.transaction(work)(),
    index: () => {
      for (const name of DATASET_NAMES) for (const sql of createIndexes(name)) db.exec(sql)
    },
    meta: (key) => sql<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value,
    setMeta: (key, value) => {
      sql<[string, string], never>('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value)
    },
    close: () => db.close(),
  }
}
