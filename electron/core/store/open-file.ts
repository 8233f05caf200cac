import Database from 'better-sqlite3'
import { withStatements, type Db } from './sql'
import { isDamage, storageError, storageFailure } from './storage-error'

const LEAST_NODE = 22

/** The driver's binary crashes the whole process on older versions, so it is not even loaded there. */
export const refuseOldNode = (version: string = process.versions.node): void => {
  if (Number.parseInt(version, 10) < LEAST_NODE) throw storageFailure('old-node', `Node ${version} is too old for the database driver`)
}

interface OpenFile {
  /** Path, or ':memory:'. */
  path: string
  /** 64 hex digits; null only for a database in memory. */
  key: string | null
  /** Page cache, KiB. */
  cacheKib: number
}

/** Opens one encrypted file, checks that the key fits and sets what every connection to it needs. */
export const openFile = (file: OpenFile): Db =>
  opened(file, false, (db) => {
    db.pragma('journal_mode = WAL')
    // The driver's default is weaker.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('journal_size_limit = 67108864')
  })

/** Beside the connection that writes, and never in its way: for work in another thread. */
export const openForReading = (file: OpenFile): Db => opened(file, true, () => undefined)

const opened = ({ path, key, cacheKib }: OpenFile, readonly: boolean, prepare: (db: Database.Database) => void): Db => {
  refuseOldNode()
  const db = connect(path, readonly)
  try {
    applyKey(db, key)
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    setPragmas(db, cacheKib)
    prepare(db)
    return withStatements(db)
  } catch (error) {
    db.close()
    if (isDamage(error)) throw storageFailure('wrong-key-or-damaged', `${path} does not open with this key`, { file: path }, error)
    throw storageError(error, path)
  }
}

const connect = (path: string, readonly: boolean): Database.Database => {
  try {
    return new Database(path, { timeout: 5000, readonly })
  } catch (error) {
    throw storageError(error, path)
  }
}

/** SQLCipher 4's own file format, with a raw key: nothing is derived from a password here. */
export const applyKey = (db: Database.Database, key: string | null): void => {
  if (key === null) return
  if (!/^[0-9a-f]{64}$/i.test(key)) throw storageFailure('wrong-key-or-damaged', 'the key is not 32 bytes in hex')
  db.pragma("cipher = 'sqlcipher'")
  db.pragma('legacy = 4')
  db.pragma(`key = "x'${key}'"`)
}

/** A sort that spills must not leave plain text in the temp folder. */
const setPragmas = (db: Database.Database, cacheKib: number): void => {
  db.pragma('temp_store = MEMORY')
  db.pragma('trusted_schema = OFF')
  db.pragma(`cache_size = -${String(cacheKib)}`)
}
