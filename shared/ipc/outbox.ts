import { z } from 'zod'
import { ID_LENGTH } from '../domain/bounds'
import { commandStates, fieldKinds } from '../domain/commands'
import { Dataset } from '../domain/datasets'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id, Moment, windowInput } from './rows'

/** A key may hold a platform's id and a word of ours. */
const MOST_KEY = ID_LENGTH + 50
const FieldValue = z.union([z.string(), z.number(), z.boolean()]).nullable()
/** One field of a change. base: what the person saw; mine: what was typed; theirs: what the platform has now (conflict only). */
export const CommandField = z.object({
  key: z.string().min(1).max(MOST_KEY),
  kind: z.enum(fieldKinds),
  label: z.string().nullable(),
  unit: z.string().nullable(),
  base: FieldValue,
  mine: FieldValue,
  theirs: FieldValue,
})
export const OutboxRow = z.object({
  id: Id,
  connectionId: Id,
  connectionName: z.string(),
  /** `note.create`: the window has words for the kinds that it knows, and shows any other by its fields. */
  kind: z.string().min(1).max(100),
  /** It is done now or not at all: never sent again from here. */
  live: z.boolean(),
  state: z.enum(commandStates).exclude(['done', 'dropped']),
  subject: z.object({ dataset: Dataset, id: Id }),
  clientId: Id.nullable(),
  clientName: z.string(),
  /** What a person recognises it by, in one line. */
  words: z.string(),
  fields: z.array(CommandField).max(500),
  /** Whether these sides of the fields are known at all. */
  known: z.object({ base: z.boolean(), theirs: z.boolean() }),
  createdAt: Moment,
  lastSentAt: Moment.nullable(),
  attempts: z.number(),
  nextTryAt: Moment.nullable(),
  /** After an unknown outcome: until when the platform may still be carrying the request out, and nothing can be looked up. */
  settlesAt: Moment.nullable(),
  error: AppErrorData.nullable(),
  batchId: Id.nullable(),
})
export type OutboxRow = z.infer<typeof OutboxRow>
/** `batches`: batches of which something has still to go out or to be found out. */
export const OutboxCounts = z.object({ waiting: z.number(), decide: z.number(), batches: z.number() })

export const outboxCalls = {
  /** What a person must decide comes first, then the rest in its order. `connectionId` null = all; the counts are over all. */
  list: call(
    z.strictObject({ connectionId: Id.nullable(), ...windowInput }),
    z.object({ rows: z.array(OutboxRow).max(200), total: z.number(), sentToday: z.number(), counts: OutboxCounts }),
  ),
  /** Sends again, or looks again, at once; for `blocked` only after a person said so; `locked` until `settlesAt`. */
  retry: call(z.strictObject({ id: Id }), Done),
  /** Drops the command; what was typed stays in the action log. */
  discard: call(z.strictObject({ id: Id }), Done),
  /** Ends a conflict: theirs drops mine; mine is sent over theirs, with the fields named in `theirs` as the platform has them. */
  resolve: call(
    z.strictObject({ id: Id, keep: z.enum(['mine', 'theirs']), theirs: z.array(z.string().min(1).max(MOST_KEY)).max(500) }),
    Done,
  ),
}
