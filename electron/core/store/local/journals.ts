import { all, type Db, run, sql } from '../sql'

/** One line of what the person did. Written in the transaction of the thing itself. */
export interface Action {
  at: number
  connectionId: string | null
  action: string
  subject: string | null
  details: Record<string, unknown>
}

export const logAction = (local: Db, { at, connectionId, action, subject, details }: Action): void => {
  run(
    local,
    sql`INSERT INTO action_log (at, connection_id, action, subject, details)
      VALUES (${at}, ${connectionId}, ${action}, ${subject}, ${JSON.stringify(details)})`,
  )
}

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
