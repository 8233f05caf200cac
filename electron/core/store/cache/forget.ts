import type { Store } from '../connection'
import { all, inTransaction, run, sql, trusted } from '../sql'
import { dropTokens } from './search-index'
import { tables } from './tables'

const others = ['dataset_state', 'owner_state', 'unreadable', 'client_usage', 'disk_usage', 'client_summary', 'search_row', 'change_spool']

/** Removes every row of a connection from the cache, its search text included. */
export const forgetConnection = (store: Store, connectionId: string): void => {
  const { cache } = store
  inTransaction(cache, () => {
    for (const { rowid } of all<{ rowid: number }>(cache, sql`SELECT rowid FROM search_row WHERE connection_id = ${connectionId}`))
      dropTokens(cache, rowid)
    for (const name of [...Object.values(tables).map(({ table }) => table), ...others])
      run(cache, sql`DELETE FROM ${trusted(name)} WHERE connection_id = ${connectionId}`)
  })
}
