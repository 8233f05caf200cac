import { run, sql, type Db } from '../sql'

/** Forgets what was read for one owner. */
export const removeOwner = (db: Db, { connectionId, owner, ownerId }: { connectionId: string; owner: string; ownerId: string }): void => {
  run(db, sql`DELETE FROM client_limit WHERE connection_id = ${connectionId} AND owner = ${owner} AND owner_id = ${ownerId}`)
  run(db, sql`DELETE FROM owner_state WHERE connection_id = ${connectionId} AND owner_id = ${ownerId}`)
  run(db, sql`DELETE FROM unreadable WHERE connection_id = ${connectionId} AND dataset IN ('limits', 'notes') AND owner_id = ${ownerId}`)
}
