import { listOf, value } from '../read/query'
import { all, get, run, sql, type Db } from '../sql'
import { fromRow, type Command, type CommandRow } from './commands'

/** A command with this due time waits for its batch, not for a moment. */
export const HELD = Number.MAX_SAFE_INTEGER

interface NextDue {
  connectionId: string
  /** Steady time. */
  now: number
  /** Of commands that are under way. */
  busy: readonly string[]
}

/**
 * The next command that may go: its time has come, nothing with its mutex is under way, no earlier one of its subject is
 * open, and no earlier one that could not be told from it was sent and has no end. Found by index: what waits costs nothing.
 */
export const nextDue = (local: Db, { connectionId, now, busy }: NextDue): Command | null => {
  const row = get<CommandRow>(
    local,
    sql`SELECT * FROM command AS c INDEXED BY command_due
      WHERE connection_id = ${connectionId} AND is_active = 1 AND due_at <= ${now} AND mutex NOT IN ${listOf(busy)}
        AND NOT EXISTS (SELECT 1 FROM command AS e WHERE e.connection_id = c.connection_id AND e.subject_kind = c.subject_kind
          AND e.subject_uid = c.subject_uid AND e.seq < c.seq AND e.is_open = 1)
        AND NOT EXISTS (SELECT 1 FROM command AS e WHERE e.connection_id = c.connection_id AND e.hold_key = c.hold_key
          AND e.seq < c.seq AND e.is_open = 1 AND e.first_sent_at IS NOT NULL AND e.state <> 'rejected')
      ORDER BY due_at, seq LIMIT 1`,
  )
  return row ? fromRow(row) : null
}

/** When the next command that waits for a moment may go; null = none does. */
export const nextDueAt = (local: Db, connectionId: string, now: number): number | null =>
  value<number>(
    local,
    sql`SELECT due_at FROM command WHERE connection_id = ${connectionId} AND is_active = 1 AND due_at > ${now} AND due_at < ${HELD}
      ORDER BY due_at LIMIT 1`,
  ) ?? null

/** Commands that were carried out and are to be looked at once more: the first whose time has come, with those of the same mutex. */
export const dueChecks = (local: Db, { connectionId, now, busy }: NextDue): Command[] => {
  const due = sql`connection_id = ${connectionId} AND check_at <= ${now} AND state = 'done'`
  const mutex = value<string>(local, sql`SELECT mutex FROM command WHERE ${due} AND mutex NOT IN ${listOf(busy)} ORDER BY check_at LIMIT 1`)
  if (mutex === undefined) return []
  return all<CommandRow>(local, sql`SELECT * FROM command WHERE ${due} AND mutex = ${mutex} ORDER BY seq LIMIT 200`).map(fromRow)
}
export const nextCheckAt = (local: Db, connectionId: string, now: number): number | null =>
  value<number>(
    local,
    sql`SELECT check_at FROM command WHERE connection_id = ${connectionId} AND check_at > ${now} ORDER BY check_at LIMIT 1`,
  ) ?? null

/** Connections of which something may have to be sent, or looked at. */
export const connectionsWithWork = (local: Db): string[] =>
  all<{ id: string }>(
    local,
    sql`SELECT connection_id AS id FROM command WHERE is_active = 1 UNION SELECT connection_id FROM command WHERE check_at IS NOT NULL`,
  ).map(({ id }) => id)

/**
 * What an earlier run left behind. A request that was under way has an unknown outcome, unless its answer was stored; no
 * wait is longer than it was when it was written, whatever the clock says now; what was changed is looked at at once.
 */
export const recoverCommands = (local: Db, { now, settleMs }: { now: number; settleMs: number }): void => {
  run(
    local,
    sql`UPDATE command SET due_at = min(due_at, ${now} + max(0, due_at - waits_from)), waits_from = ${now},
        settles_at = min(settles_at, ${now} + max(0, settles_at - waits_from))
      WHERE is_active = 1 AND due_at > 0 AND due_at < ${HELD}`,
  )
  const again = sql`min(ifnull(last_sent_at, ${now}), ${now}) + ${settleMs}`
  run(
    local,
    sql`UPDATE command SET state = 'unknown', due_at = ${again}, settles_at = ${again}, waits_from = ${now}
      WHERE state = 'sending' AND answer IS NULL`,
  )
  run(local, sql`UPDATE command SET check_at = min(check_at, ${now}) WHERE check_at IS NOT NULL`)
}

/**
 * What the file holds is older than what was done. Whatever waits may have left since: it is looked for before it is sent.
 * `restored`: in a copy of an earlier moment more may have happened since than can be found, and nothing of it is sent by itself.
 */
export const doubtCommands = (local: Db, { now, restored }: { now: number; restored: boolean }): void => {
  if (restored) run(local, sql`UPDATE command SET restored_at = ${now} WHERE is_open = 1`)
  run(
    local,
    sql`UPDATE command SET state = 'unknown', due_at = 0, settles_at = NULL, waits_from = 0
      WHERE state = 'pending' AND answer IS NULL AND due_at < ${HELD}`,
  )
}
