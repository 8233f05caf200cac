import { run, sql, type Db } from '../sql'

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
