import { all, sql, type Db } from '../sql'

export interface ChangeEntry {
  dataset: string
  kind: 'added' | 'changed' | 'removed'
  changes: string
  since: number | null
  at: number
}

/** What changed about a client between syncs, newest first. */
export const clientChanges = (local: Db, connectionId: string, clientId: string): ChangeEntry[] =>
  all<ChangeEntry>(
    local,
    sql`SELECT dataset, kind, changes, since, at FROM change_log
      WHERE connection_id = ${connectionId} AND client_id = ${clientId} ORDER BY at DESC, seq DESC LIMIT 200`,
  )
