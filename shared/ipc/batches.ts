import { z } from 'zod'
import { batchGroups } from '../domain/batches'
import { bulkActs } from '../domain/bulk-rules'
import { commandStates } from '../domain/commands'
import { LimitType } from '../domain/entities/fields'
import { AppErrorData } from '../errors'
import { call } from './call'
import { CommandField } from './outbox'
import { Done, Id, Moment, windowInput } from './rows'

/** A rule as it was when the batch began, with the names of that day. */
export const ToldRule = z.object({
  act: z.enum(bulkActs),
  /** null: each hypervisor. */
  hypervisor: z.string().nullable(),
  type: LimitType.nullable(),
  /** The value, or by how much. */
  number: z.number().nullable(),
  percent: z.boolean(),
  step: z.number(),
  template: z.string().nullable(),
})
export type ToldRule = z.infer<typeof ToldRule>
export const BatchAbout = z.object({ rules: z.array(ToldRule) })

export const BatchProgress = z.object({
  id: Id,
  connectionId: Id,
  connectionName: z.string(),
  kind: z.string(),
  about: BatchAbout.nullable(),
  /** `first`: a few go first and the rest waits for them; `stopped`: not all of them were carried out, a person decides. */
  state: z.enum(['preparing', 'first', 'stopped', 'all', 'cancelled']),
  first: z.number(),
  undoOf: Id.nullable(),
  /** The latest batch that takes this one back. */
  undoneBy: Id.nullable(),
  createdAt: Moment,
  total: z.number(),
  done: z.number(),
  /** Each waits for a person: refused, changed by somebody else meanwhile, and of an outcome that cannot be told. */
  rejected: z.number(),
  conflicts: z.number(),
  blocked: z.number(),
  /** The answer never came: looked for, never sent again by itself. */
  unknown: z.number(),
  sending: z.number(),
  /** The platform was busy or away: tried again by itself. */
  retrying: z.number(),
  waiting: z.number(),
  dropped: z.number(),
})
export type BatchProgress = z.infer<typeof BatchProgress>

export const BatchGroup = z.enum(batchGroups)
export const BatchRow = z.object({
  id: Id,
  connectionId: Id,
  clientId: Id.nullable(),
  clientName: z.string(),
  group: BatchGroup,
  state: z.enum(commandStates),
  /** It waits for its batch, not for a moment. */
  held: z.boolean(),
  fields: z.array(CommandField).max(500),
  words: z.string(),
  error: AppErrorData.nullable(),
  /** Conflict only: whether what the platform has is known; not where it is gone. */
  known: z.object({ theirs: z.boolean() }),
  attempts: z.number(),
  nextTryAt: Moment.nullable(),
  settlesAt: Moment.nullable(),
  at: Moment,
})
export type BatchRow = z.infer<typeof BatchRow>
export const BatchHead = z.object({ id: z.string(), connectionId: z.literal(''), group: BatchGroup, count: z.number() })
export type BatchHead = z.infer<typeof BatchHead>

export const batchViews = ['all', ...batchGroups] as const
const key = z.strictObject({ id: Id })
export const batchesCalls = {
  /** Newest first. */
  list: call(z.strictObject({ limit: z.int().min(1).max(50) }), z.object({ rows: z.array(BatchProgress) })),
  /** How far it is, and a window of its commands: what waits for a person first. */
  get: call(
    z.strictObject({ id: Id, view: z.enum(batchViews), ...windowInput }),
    z.object({
      batch: BatchProgress,
      rows: z.array(z.union([BatchHead, BatchRow])),
      total: z.number(),
      counts: z.record(BatchGroup, z.number()),
    }),
  ),
  /** Sends the rest though not all of the first were carried out. */
  goOn: call(key, Done),
  /** Drops what has not left; what is under way ends as it ends. */
  cancel: call(key, Done),
  /** Sends again what the platform refused. */
  retryFailed: call(key, z.object({ commands: z.number() })),
  /** What taking it back would do: how much there is to reverse, and what was changed since by the last reading. */
  undoPreview: call(
    key,
    z.object({
      commands: z.number(),
      without: z.number(),
      underWay: z.number(),
      waiting: z.number(),
      changed: z.number(),
      names: z.array(z.string()).max(50),
    }),
  ),
  /** Takes all of it back by a batch of its own; what was changed since ends there as a conflict and is not overwritten. */
  undo: call(key, z.object({ id: Id.nullable(), commands: z.number(), without: z.number(), underWay: z.number() })),
}
