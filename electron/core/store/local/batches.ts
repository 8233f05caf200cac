import type { CommandState } from '@shared/domain/commands'
import { column } from '../read/query'
import { all, get, run, sql, type Db } from '../sql'
import { HELD } from './command-queue'
import { selectCommands, type Command } from './commands'

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
  createdAt: number
  updatedAt: number
}
const columns = sql`id, connection_id AS connectionId, kind, words, state, first, undo_of AS undoOf, created_at AS createdAt, updated_at AS updatedAt`

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
    sql`INSERT INTO batch (id, connection_id, kind, words, state, first, undo_of, created_at, updated_at)
      VALUES (${it.id}, ${it.connectionId}, ${it.kind}, ${it.words}, ${it.state}, ${it.first}, ${it.undoOf}, ${it.createdAt}, ${it.updatedAt})`,
  )
}
export const saveBatchState = (local: Db, { id, state, at }: { id: string; state: BatchState; at: number }): void => {
  run(local, sql`UPDATE batch SET state = ${state}, updated_at = ${at} WHERE id = ${id}`)
}

export const batchCounts = (local: Db, id: string): Map<CommandState | 'held', number> =>
  new Map(
    all<{ state: CommandState | 'held'; count: number }>(
      local,
      sql`SELECT CASE WHEN state = 'pending' AND due_at = ${HELD} THEN 'held' ELSE state END AS state, count(*) AS count
        FROM command WHERE batch_id = ${id} GROUP BY 1`,
    ).map(({ state, count }) => [state, count]),
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
    sql`UPDATE command SET state = 'pending', due_at = 0, error = NULL, updated_at = ${at} WHERE batch_id = ${id} AND state = 'rejected'`,
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

/** Batches whose commands are no longer kept. */
export const dropEmptyBatches = (local: Db): void => {
  run(local, sql`DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM command WHERE batch_id = batch.id)`)
}
