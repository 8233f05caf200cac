import { decideStates } from '@shared/domain/commands'
import { listOf, value } from '../read/query'
import { all, sql, type Db } from '../sql'
import { fromRow, type Command, type CommandRow } from './commands'

const decide = listOf(decideStates)

export const outboxCounts = (local: Db): { waiting: number; decide: number; batches: number } => ({
  waiting: value<number>(local, sql`SELECT count(*) FROM command WHERE state IN ('pending', 'sending', 'running', 'unknown')`) ?? 0,
  decide: value<number>(local, sql`SELECT count(*) FROM command WHERE state IN ${decide}`) ?? 0,
  batches:
    value<number>(
      local,
      sql`SELECT count(DISTINCT batch_id) FROM command WHERE is_open = 1 AND batch_id IS NOT NULL AND state NOT IN ${decide}`,
    ) ?? 0,
})

/** What waits for a person, of one connection. */
export const decisionsOf = (local: Db, connectionId: string): { conflicts: number; blocked: number } => {
  const of = (state: string): number =>
    value<number>(local, sql`SELECT count(*) FROM command WHERE state = ${state} AND connection_id = ${connectionId}`) ?? 0
  return { conflicts: of('conflict'), blocked: of('blocked') + of('rejected') }
}

export const sentSince = (local: Db, connectionId: string, at: number): number =>
  value<number>(
    local,
    sql`SELECT count(*) FROM command WHERE state = 'done' AND connection_id = ${connectionId} AND updated_at >= ${at}`,
  ) ?? 0

/**
 * One window of what is open: what must be decided first, then the rest in its order. `connectionId` null = all. What goes on
 * by itself as part of a batch is told by its batch.
 */
export const openWindow = (
  local: Db,
  { connectionId, offset, limit }: { connectionId: string | null; offset: number; limit: number },
): { rows: Command[]; total: number } => {
  const shown = sql`is_open = 1 AND (batch_id IS NULL OR state IN ${decide})`
  const where = connectionId === null ? shown : sql`${shown} AND connection_id = ${connectionId}`
  const rows = all<CommandRow>(
    local,
    sql`SELECT * FROM command WHERE ${where} ORDER BY state IN ${decide} DESC, seq LIMIT ${limit} OFFSET ${offset}`,
  )
  return { rows: rows.map(fromRow), total: value<number>(local, sql`SELECT count(*) FROM command WHERE ${where}`) ?? 0 }
}
