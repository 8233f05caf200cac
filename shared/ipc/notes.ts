import { z } from 'zod'
import { AppErrorData } from '../errors'
import { call } from './call'
import { AsOf, Done, Id, Moment, windowInput } from './rows'

/** What a person may write; the platform's own limits are checked again when it answers. */
export const NOTE_MAX = 2000
export const NoteText = z.string().trim().min(1).max(NOTE_MAX)

/** Where a note's own change stands, if one is on its way. */
export const PendingState = z.enum(['pending', 'sending', 'running', 'unknown', 'conflict', 'blocked', 'rejected'])
export type PendingState = z.infer<typeof PendingState>

export const NoteRow = z.object({
  connectionId: Id,
  /** The platform's id, or `local:…` until it has one. */
  id: Id,
  /** Stable over the change from a local to a platform's id. */
  uid: Id,
  clientId: Id,
  clientName: z.string(),
  createdAt: Moment.nullable(),
  authorId: z.string().nullable(),
  authorName: z.string().nullable(),
  own: z.boolean(),
  text: z.string(),
  alertAt: Moment.nullable(),
  confirmed: z.boolean(),
  system: z.boolean(),
  pending: z
    .object({ state: PendingState, kind: z.enum(['create', 'update', 'confirm', 'delete']), commandId: Id, error: AppErrorData.nullable() })
    .nullable(),
})
export type NoteRow = z.infer<typeof NoteRow>

const noteKey = { connectionId: Id, clientId: Id }
const draft = { text: NoteText, alertAt: Moment.nullable() }
export const notesCalls = {
  list: call(
    z.strictObject({
      ...noteKey,
      filter: z.strictObject({ today: z.boolean().nullable(), authorId: z.string().max(200).nullable(), system: z.boolean().nullable() }),
      ...windowInput,
    }),
    z.object({
      rows: z.array(NoteRow).max(200),
      total: z.number(),
      offered: z.boolean(),
      /** Whether the deployment takes changes of notes; where not, notes are local and complete, marked so. */
      writable: z.boolean(),
      asOf: AsOf,
    }),
  ),
  authors: call(z.strictObject(noteKey), z.array(z.object({ id: Id, name: z.string() }))),
  /**
   * Queued; comes back as soon as it is safe on disk. An alert in the past is refused (`invalid-input`, field alertAt).
   * `requestId` is the page's own name for this note: the same one again means the same note, with what it says now, so
   * that a page which never heard the answer may ask again.
   */
  create: call(z.strictObject({ ...noteKey, ...draft, requestId: z.string().regex(/^[\w-]{8,64}$/) }), NoteRow),
  update: call(z.strictObject({ ...noteKey, id: Id, ...draft }), NoteRow),
  confirm: call(z.strictObject({ ...noteKey, id: Id }), NoteRow),
  /** A note that is on the platform is deleted live (`needs-connection` when there is none); a local one is dropped. */
  remove: call(z.strictObject({ ...noteKey, id: Id }), Done),
}

export const AlertRow = z.object({
  note: NoteRow,
  /** When it counts: the alert's moment, or the end of a snooze. */
  dueAt: Moment,
  snoozedUntil: Moment.nullable(),
  state: z.enum(['due', 'upcoming', 'done']),
  unopened: z.boolean(),
})
export type AlertRow = z.infer<typeof AlertRow>
export const AlertCounts = z.object({ due: z.number(), unopened: z.number(), upcoming: z.number() })

const alertKey = { connectionId: Id, noteId: Id }
export const alertsCalls = {
  list: call(
    /** `own`: only those that the menu and the tray count, by whose alerts are told; otherwise everybody's. */
    z.strictObject({ connectionId: Id.nullable(), state: z.enum(['open', 'done']), own: z.boolean(), ...windowInput }),
    z.object({ rows: z.array(AlertRow).max(200), total: z.number(), counts: z.object({ all: z.number(), own: z.number() }), asOf: AsOf }),
  ),
  counts: call(z.strictObject({}), AlertCounts),
  snooze: call(z.strictObject({ ...alertKey, until: Moment }), Done),
  /** Confirms the note on the platform, through the outbox: by this command, which can be taken back until it leaves; null = nothing is sent. */
  done: call(z.strictObject(alertKey), z.object({ commandId: Id.nullable() })),
  opened: call(z.strictObject(alertKey), Done),
}
