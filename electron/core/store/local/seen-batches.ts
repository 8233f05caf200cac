import { all, run, sql, type Db } from '../sql'

/** What the list of long work needs of a batch besides its counts. */
export interface BatchStand {
  id: string
  seenAt: number | null
  /** When a command of it last moved. */
  movedAt: number | null
}
export const batchStands = (local: Db, limit: number): Map<string, BatchStand> => {
  const moved = sql`(SELECT max(updated_at) FROM command WHERE batch_id = batch.id)`
  const rows = all<BatchStand>(
    local,
    sql`SELECT id, seen_at AS seenAt, ${moved} AS movedAt FROM batch ORDER BY created_at DESC, id LIMIT ${limit}`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export const markBatchSeen = (local: Db, id: string, at: number): void => {
  run(local, sql`UPDATE batch SET seen_at = ${at} WHERE id = ${id}`)
}
