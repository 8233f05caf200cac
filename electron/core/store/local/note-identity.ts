import { value } from '../read/query'
import { all, run, sql, type Db } from '../sql'

/** The local name of a platform's note: its own id, unless it was made here. */
export const uidOf = (local: Db, connectionId: string, remoteId: string): string =>
  value<string>(local, sql`SELECT uid FROM note_identity WHERE connection_id = ${connectionId} AND remote_id = ${remoteId}`) ?? remoteId

export const remoteIdOf = (local: Db, connectionId: string, uid: string): string | null =>
  value<string>(local, sql`SELECT remote_id FROM note_identity WHERE connection_id = ${connectionId} AND uid = ${uid}`) ?? null

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
