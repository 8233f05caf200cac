import { z } from 'zod'
import { AppErrorData } from '../errors'
import { call } from './call'
import { PendingState } from './notes'
import { Done, Id, Moment, windowInput } from './rows'

export const NoteFields = z.object({ text: z.string(), alertAt: Moment.nullable(), confirmed: z.boolean() })
export const OutboxRow = z.object({
  id: Id,
  connectionId: Id,
  connectionName: z.string(),
  kind: z.enum(['note.create', 'note.update', 'note.confirm']),
  state: PendingState,
  clientId: Id,
  clientName: z.string(),
  noteId: Id,
  createdAt: Moment,
  attempts: z.number(),
  nextTryAt: Moment.nullable(),
  /** After an unknown outcome: until when the platform may still be carrying the request out, and nothing can be looked up. */
  settlesAt: Moment.nullable(),
  error: AppErrorData.nullable(),
  /** base: what the person saw; mine: what was typed; theirs: what the platform has now (conflict only). */
  base: NoteFields.nullable(),
  mine: NoteFields,
  theirs: NoteFields.nullable(),
})
export type OutboxRow = z.infer<typeof OutboxRow>
export const OutboxCounts = z.object({ waiting: z.number(), decide: z.number() })

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
  /** Ends a conflict: keep mine (sends again over theirs), take theirs, or send the merged fields. */
  resolve: call(z.strictObject({ id: Id, keep: z.enum(['mine', 'theirs']), merged: NoteFields.nullable() }), Done),
}
