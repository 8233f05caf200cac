import { inTransaction, run, sql, type Db } from '../sql'

/** Removes a connection and everything that is kept here about it: its secrets, commands, alerts, samples, journals, kept files and jobs. */
export const forgetLocalRows = (local: Db, id: string): void => {
  inTransaction(local, () => {
    run(local, sql`DELETE FROM command WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM note_identity WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM local_note WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM alert_state WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM sample WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM change_log WHERE connection_id = ${id}`)
    run(local, sql`DELETE FROM action_log WHERE connection_id = ${id}`)
    // What goes over all connections holds rows of this one too.
    run(local, sql`DELETE FROM job WHERE connection_id = ${id} OR (connection_id IS NULL AND kind <> 'check-store')`)
    run(local, sql`DELETE FROM kept_file WHERE connection_id = ${id} OR connection_id IS NULL`)
    run(local, sql`DELETE FROM connection WHERE id = ${id}`)
  })
}
