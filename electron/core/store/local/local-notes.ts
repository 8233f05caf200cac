import { acknowledge, all, run, sql, type Db } from '../sql'

/** A note of a connection whose platform takes none: complete here. */
export interface LocalNote {
  uid: string
  clientId: string
  text: string
  alertAt: number | null
  confirmed: boolean
  createdAt: number
  modifiedAt: number | null
}
interface Row extends Omit<LocalNote, 'confirmed'> {
  confirmed: number
}

export const localNotes = (local: Db, connectionId: string, clientId: string | null): LocalNote[] => {
  const one = clientId === null ? sql`` : sql`AND client_id = ${clientId}`
  return all<Row>(
    local,
    sql`SELECT uid, client_id AS clientId, text, alert_at AS alertAt, confirmed, created_at AS createdAt, modified_at AS modifiedAt
      FROM local_note WHERE connection_id = ${connectionId} ${one} ORDER BY created_at DESC, uid`,
  ).map((row) => ({ ...row, confirmed: row.confirmed === 1 }))
}

export const saveLocalNote = (local: Db, connectionId: string, it: LocalNote): void => {
  acknowledge(local, { kind: 'note.create', text: it.text })
  run(
    local,
    sql`INSERT OR REPLACE INTO local_note (connection_id, uid, client_id, text, alert_at, confirmed, created_at, modified_at)
      VALUES (${connectionId}, ${it.uid}, ${it.clientId}, ${it.text}, ${it.alertAt}, ${it.confirmed}, ${it.createdAt}, ${it.modifiedAt})`,
  )
}

export const removeLocalNote = (local: Db, connectionId: string, uid: string): number => {
  acknowledge(local, { kind: 'note.delete', text: '' })
  return run(local, sql`DELETE FROM local_note WHERE connection_id = ${connectionId} AND uid = ${uid}`).changes
}
