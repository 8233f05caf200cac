import type { ClientRow } from '@shared/ipc/rows'
import { listOf } from '../read/query'
import { all, sql, type Db } from '../sql'

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
