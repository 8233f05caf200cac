import type { SearchKind } from '@shared/domain/dataset-names'
import type { Store } from '../connection'
import { everyDescriptor } from '../datasets'
import { all, inTransaction, run, sql, trusted, type Db } from '../sql'
import { dropTokens, unindexRow } from './search-index'

/** Of each table in one stretch. */
const AT_ONCE = 250

/**
 * Removes every row of a connection from the cache, its search text included. A small one is gone when this returns; a
 * large one goes in slices, and the program goes on meanwhile. Begun anew after a kill, it goes on with what is left.
 */
export const forgetConnection = async (store: Store, connectionId: string, pause: () => Promise<void> = nextTurn): Promise<void> => {
  const tables = tablesOfConnections(store.cache)
  while (store.cache.open && dropSlice(store.cache, tables, connectionId)) await pause()
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** @returns whether there may be more. */
const dropSlice = (cache: Db, tables: readonly string[], connectionId: string): boolean => {
  let more = false
  for (const [table, kind] of searched) more = dropFound(cache, { table, kind, connectionId }) === AT_ONCE || more
  // Nothing of a row that can be found is left by now but what a damaged index may hold.
  if (!more) more = dropSearchRows(cache, connectionId) === AT_ONCE
  for (const table of tables)
    if (table !== 'search_row' && !searched.has(table)) more = dropRows(cache, table, connectionId) === AT_ONCE || more
  return more
}

/** The tables whose rows can be found, each with its kind. */
const searched: ReadonlyMap<string, SearchKind> = new Map(
  everyDescriptor.flatMap(({ table, search }) => (search ? [[table, search.kind]] : [])),
)

/** A row and its search text go together: its number is free for another row at once, and would be found under the old text. */
const dropFound = (cache: Db, { table, kind, connectionId }: { table: string; kind: SearchKind; connectionId: string }): number =>
  inTransaction(cache, () => {
    const name = trusted(table)
    const rows = all<{ rowid: number }>(cache, sql`SELECT rowid FROM ${name} WHERE connection_id = ${connectionId} LIMIT ${AT_ONCE}`)
    for (const { rowid } of rows) {
      unindexRow(cache, kind, rowid)
      run(cache, sql`DELETE FROM ${name} WHERE rowid = ${rowid}`)
    }
    return rows.length
  })

const dropSearchRows = (cache: Db, connectionId: string): number =>
  inTransaction(cache, () => {
    const rows = all<{ rowid: number }>(cache, sql`SELECT rowid FROM search_row WHERE connection_id = ${connectionId} LIMIT ${AT_ONCE}`)
    for (const { rowid } of rows) {
      dropTokens(cache, rowid)
      run(cache, sql`DELETE FROM search_row WHERE rowid = ${rowid}`)
    }
    return rows.length
  })

const dropRows = (cache: Db, table: string, connectionId: string): number =>
  run(
    cache,
    sql`DELETE FROM ${trusted(table)} WHERE rowid IN (SELECT rowid FROM ${trusted(table)} WHERE connection_id = ${connectionId} LIMIT ${AT_ONCE})`,
  ).changes

/** From the schema itself, so that a table of a later step is not forgotten to be forgotten. */
const tablesOfConnections = (cache: Db): string[] =>
  all<{ name: string }>(
    cache,
    sql`SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p ON p.name = 'connection_id' WHERE m.type = 'table' ORDER BY m.name`,
  ).map(({ name }) => name)
