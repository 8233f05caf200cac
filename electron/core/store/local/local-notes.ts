import { acknowledge, all, type Db, run, sql } from '../sql'
import type { ClientRow } from '@shared/ipc/rows'
import { listOf } from '../read/query'

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

/** How many notes of each client exist only here: waiting to be sent, or of a platform that has no notes. */
const localNoteCounts = (local: Db, connectionId: string, clientIds: readonly string[]): Map<string, number> => {
  const rows = all<{ id: string; count: number }>(
    local,
    sql`SELECT client_id AS id, count(*) AS count FROM (
        SELECT client_id FROM command WHERE connection_id = ${connectionId} AND subject_kind = 'notes' AND kind = 'note.create' AND is_open = 1
        UNION ALL SELECT client_id FROM local_note WHERE connection_id = ${connectionId}
      ) WHERE client_id IN ${listOf(clientIds)} GROUP BY client_id`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Clients with the notes that exist only here counted among theirs. */
export const withLocalNotes = (local: Db, rows: ClientRow[]): ClientRow[] => {
  const idsOf = (own: ClientRow[]): string[] => own.map((row) => row.id)
  const byConnection = [...Map.groupBy(rows, (row) => row.connectionId)]
  const counts = new Map(byConnection.map(([id, own]) => [id, localNoteCounts(local, id, idsOf(own))]))
  return rows.map((row) => ({ ...row, notes: row.notes + (counts.get(row.connectionId)?.get(row.id) ?? 0) }))
}

/** remote id → uid, for those of these notes that were made here. */
export const uidsOf = (local: Db, connectionId: string, remoteIds: readonly string[]): Map<string, string> => {
  if (remoteIds.length === 0) return new Map()
  const rows = all<{ uid: string; remote_id: string }>(
    local,
    sql`SELECT uid, remote_id FROM note_identity
      WHERE connection_id = ${connectionId} AND remote_id IN (SELECT value FROM json_each(${JSON.stringify(remoteIds)}))`,
  )
  return new Map(rows.map(({ uid, remote_id }) => [remote_id, uid]))
}

/** Ties a note that was made here to the id that the platform gave it. Its alerts follow, so that none is told twice. */
export const identify = (local: Db, { connectionId, uid, remoteId }: { connectionId: string; uid: string; remoteId: string }): void => {
  if (uid === remoteId) return
  run(local, sql`INSERT OR IGNORE INTO note_identity (connection_id, uid, remote_id) VALUES (${connectionId}, ${uid}, ${remoteId})`)
  run(local, sql`UPDATE OR IGNORE alert_state SET note_uid = ${uid} WHERE connection_id = ${connectionId} AND note_uid = ${remoteId}`)
}
