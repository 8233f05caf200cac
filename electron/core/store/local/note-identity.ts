import { all, run, sql, type Db } from '../sql'

/** remote id → uid, for every note that was made here. */
export const identities = (local: Db, connectionId: string): Map<string, string> =>
  new Map(
    all<{ uid: string; remote_id: string }>(local, sql`SELECT uid, remote_id FROM note_identity WHERE connection_id = ${connectionId}`).map(
      ({ uid, remote_id }) => [remote_id, uid],
    ),
  )

/** Ties a note that was made here to the id that the platform gave it. Its alerts follow, so that none is told twice. */
export const identify = (local: Db, { connectionId, uid, remoteId }: { connectionId: string; uid: string; remoteId: string }): void => {
  if (uid === remoteId) return
  run(local, sql`INSERT OR IGNORE INTO note_identity (connection_id, uid, remote_id) VALUES (${connectionId}, ${uid}, ${remoteId})`)
  run(local, sql`UPDATE OR IGNORE alert_state SET note_uid = ${uid} WHERE connection_id = ${connectionId} AND note_uid = ${remoteId}`)
}
