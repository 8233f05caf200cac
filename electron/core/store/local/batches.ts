import { batchGroups, type BatchGroup } from '@shared/domain/batches'
import type { CommandState } from '@shared/domain/commands'
import { column } from '../read/query'
import { all, get, run, sql, type Db } from '../sql'
import { HELD } from './command-queue'
import { fromRow, selectCommands, type Command, type CommandRow } from './commands'

/**
 * `preparing`: its commands are still being written. `first`: some go first, the rest waits for them. `stopped`: not all of
 * the first were carried out, a person decides. `all`: everything may go. `cancelled`: what had not left was dropped.
 */
export type BatchState = 'preparing' | 'first' | 'stopped' | 'all' | 'cancelled'
export interface Batch {
  id: string
  connectionId: string
  /** The kind of its commands. */
  kind: string
  words: string
  state: BatchState
  first: number
  undoOf: string | null
  /** What it was made of, for its page: JSON, or nothing. */
  about: string | null
  createdAt: number
  updatedAt: number
}
const columns = sql`id, connection_id AS connectionId, kind, words, state, first, undo_of AS undoOf, about, created_at AS createdAt, updated_at AS updatedAt`

export const findBatch = (local: Db, id: string): Batch | null =>
  get<Batch>(local, sql`SELECT ${columns} FROM batch WHERE id = ${id}`) ?? null
/** Newest first. */
export const listBatches = (local: Db, limit: number): Batch[] =>
  all<Batch>(local, sql`SELECT ${columns} FROM batch WHERE state <> 'preparing' ORDER BY created_at DESC, id LIMIT ${limit}`)
export const batchesIn = (local: Db, state: BatchState): Batch[] =>
  all<Batch>(local, sql`SELECT ${columns} FROM batch WHERE state = ${state} ORDER BY created_at`)

export const insertBatch = (local: Db, it: Batch): void => {
  run(
    local,
    sql`INSERT INTO batch (id, connection_id, kind, words, state, first, undo_of, about, created_at, updated_at)
      VALUES (${it.id}, ${it.connectionId}, ${it.kind}, ${it.words}, ${it.state}, ${it.first}, ${it.undoOf}, ${it.about}, ${it.createdAt}, ${it.updatedAt})`,
  )
}
export const saveBatchState = (local: Db, { id, state, at }: { id: string; state: BatchState; at: number }): void => {
  run(local, sql`UPDATE batch SET state = ${state}, updated_at = ${at} WHERE id = ${id}`)
}

/** `held`: waits for its batch; `tried`: could not go for the moment, and is tried again by itself. */
export type BatchCountKey = CommandState | 'held' | 'tried'
export const batchCounts = (local: Db, id: string): Map<BatchCountKey, number> =>
  new Map(
    all<{ state: BatchCountKey; count: number }>(
      local,
      sql`SELECT CASE WHEN state <> 'pending' THEN state WHEN due_at = ${HELD} THEN 'held' WHEN error IS NOT NULL THEN 'tried' ELSE state END AS state,
          count(*) AS count
        FROM command WHERE batch_id = ${id} GROUP BY 1`,
    ).map(({ state, count }) => [state, count]),
  )

/** The batches that take this one back, newest first. */
export const undosOf = (local: Db, id: string): string[] =>
  column<string>(local, sql`SELECT id FROM batch WHERE undo_of = ${id} AND state <> 'preparing' ORDER BY created_at DESC, id`)
/** Subjects that such a batch has reversed, or is about to. */
export const subjectsUndone = (local: Db, id: string): Set<string> =>
  new Set(
    column<string>(
      local,
      sql`SELECT DISTINCT subject_uid FROM command WHERE state <> 'dropped' AND batch_id IN (SELECT id FROM batch WHERE undo_of = ${id})`,
    ),
  )

/** Lets commands go that waited for their batch: so many, in their order. */
export const releaseHeld = (local: Db, id: string, count: number): void => {
  run(
    local,
    sql`UPDATE command SET due_at = 0 WHERE id IN (
        SELECT id FROM command WHERE batch_id = ${id} AND state = 'pending' AND due_at = ${HELD} ORDER BY seq LIMIT ${count})`,
  )
}

/** What has not left is dropped; what another command stands on is left to the caller. @returns ids of the latter. */
export const dropUnsent = (local: Db, id: string, at: number): string[] => {
  const followed = sql`EXISTS (SELECT 1 FROM command AS n WHERE n.connection_id = command.connection_id AND n.subject_kind = command.subject_kind
    AND n.subject_uid = command.subject_uid AND n.seq > command.seq AND n.is_open = 1)`
  run(
    local,
    sql`UPDATE command SET state = 'dropped', due_at = 0, updated_at = ${at} WHERE batch_id = ${id} AND state = 'pending' AND NOT ${followed}`,
  )
  return column<string>(local, sql`SELECT id FROM command WHERE batch_id = ${id} AND state = 'pending' ORDER BY seq`)
}

/** What the platform refused may go again. @returns how many. */
export const retryRejected = (local: Db, id: string, at: number): number =>
  run(
    local,
    sql`UPDATE command SET state = 'pending', due_at = 0, error = NULL, restored_at = NULL, updated_at = ${at}
      WHERE batch_id = ${id} AND (state = 'rejected' OR (state = 'blocked' AND restored_at IS NOT NULL AND first_sent_at IS NULL))`,
  ).changes

export const batchCommands = (
  local: Db,
  { id, after, limit, state }: { id: string; after: number; limit: number; state?: CommandState },
): Command[] => {
  const only = state === undefined ? sql`` : sql`AND state = ${state}`
  return selectCommands(
    local,
    sql`id IN (SELECT id FROM command WHERE batch_id = ${id} AND seq > ${after} ${only} ORDER BY seq LIMIT ${limit})`,
  )
}

const GROUPED = sql`CASE state WHEN 'unknown' THEN 1 WHEN 'sending' THEN 2 WHEN 'running' THEN 2 WHEN 'done' THEN 4 WHEN 'dropped' THEN 5
  WHEN 'pending' THEN CASE WHEN due_at < ${HELD} AND error IS NOT NULL THEN 2 ELSE 3 END ELSE 0 END`
/** One window of a batch's commands, in the order of `batchGroups`; `group`: of this one alone. */
export const batchWindow = (
  local: Db,
  { id, group, offset, limit }: { id: string; group: BatchGroup | null; offset: number; limit: number },
): Command[] => {
  const only = group === null ? sql`` : sql`AND ${GROUPED} = ${batchGroups.indexOf(group)}`
  return all<CommandRow>(
    local,
    sql`SELECT * FROM command WHERE batch_id = ${id} ${only} ORDER BY ${GROUPED}, seq LIMIT ${limit} OFFSET ${offset}`,
  ).map(fromRow)
}

/** Batches whose commands are no longer kept. */
export const dropEmptyBatches = (local: Db): void => {
  run(local, sql`DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM command WHERE batch_id = batch.id)`)
}
