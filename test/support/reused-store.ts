import { openStore, type Store } from '../../electron/core/store/connection'
import { all, get, inTransaction, run, sql, trusted, type Db } from '../../electron/core/store/sql'
import type { Clock } from '../../electron/core/clock'

/** One file in memory, and what stood in it when it was new. */
interface Emptied {
  /** Takes out whatever was written since. */
  empty(): void
}

const quoted = (name: string) => trusted(`"${name}"`)

const emptied = (db: Db): Emptied => {
  const tables = all<{ name: string; type: string }>(db, sql`SELECT name, type FROM pragma_table_list WHERE schema = 'main'`)
    .filter(({ name, type }) => (type === 'table' || type === 'virtual') && (!name.startsWith('sqlite_') || name === 'sqlite_sequence'))
    .map(({ name }) => ({ name, rows: all<Record<string, never>>(db, sql`SELECT * FROM ${quoted(name)}`) }))
  const restore = ({ name, rows }: (typeof tables)[number]): void => {
    const isEmpty = rows.length === 0 && get(db, sql`SELECT 1 FROM ${quoted(name)} LIMIT 1`) === undefined
    if (isEmpty) return
    run(db, sql`DELETE FROM ${quoted(name)}`)
    for (const row of rows) {
      const columns = Object.keys(row)
      const marks = columns.map(() => '?').join(', ')
      db.prepare(`INSERT INTO "${name}" (${columns.map((one) => `"${one}"`).join(', ')}) VALUES (${marks})`).run(...Object.values(row))
    }
  }
  return {
    empty: () => {
      db.pragma('foreign_keys = OFF')
      inTransaction(db, () => {
        tables.forEach(restore)
        // Whoever counted its writes is gone.
        for (const { name } of all<{ name: string }>(db, sql`SELECT name FROM temp.sqlite_master WHERE type = 'trigger'`))
          db.exec(`DROP TRIGGER temp."${name}"`)
      })
      db.pragma('foreign_keys = ON')
    },
  }
}

const free: { store: Store; files: Emptied[] }[] = []

/**
 * An empty store in memory, for property runs: making its tables takes longer than such a run, so they are made once.
 * `giveBack` in the place of `close`; one that is not given back, because its run failed, is not used again.
 */
export const takeStore = (clock: Clock): Store & { giveBack: () => void } => {
  const found = free.pop() ?? made(clock)
  const { store, files } = found
  return {
    ...store,
    giveBack: () => {
      for (const file of files) file.empty()
      store.removedNotes.clear()
      free.push(found)
    },
  }
}

const made = (clock: Clock): { store: Store; files: Emptied[] } => {
  const store = openStore({ folder: '', key: null, clock })
  return { store, files: [emptied(store.local), emptied(store.cache)] }
}
