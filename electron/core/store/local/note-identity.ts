import { all, run, sql, type Db } from '../sql'

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
