import { listOf } from '../read/query'
import { all, sql, type Db } from '../sql'

/** How many notes of each client exist only here: waiting to be sent, or of a platform that has no notes. */
export const localNoteCounts = (local: Db, connectionId: string, clientIds: readonly string[]): Map<string, number> => {
  const rows = all<{ id: string; count: number }>(
    local,
    sql`SELECT client_id AS id, count(*) AS count FROM (
        SELECT client_id FROM command WHERE connection_id = ${connectionId} AND subject_kind = 'notes' AND kind = 'note.create' AND is_open = 1
        UNION ALL SELECT client_id FROM local_note WHERE connection_id = ${connectionId}
      ) WHERE client_id IN ${listOf(clientIds)} GROUP BY client_id`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
