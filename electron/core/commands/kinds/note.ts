import type { Dataset } from '@shared/domain/datasets'
import type { Note } from '@shared/domain/entities'
import { noteFieldsOf, sameNote, type NoteFields } from '@shared/domain/note-rules'
import { z } from 'zod'
import { partOf } from '../../platforms/port/core'
import type { NoteDraft } from '../../platforms/port/writes'
import type { Command } from '../../store/local/commands'
import { cutAnswer } from '../../store/local/cut'
import { identify } from '../../store/local/local-notes'
import type { Db } from '../../store/sql'
import type { CommandKind, Reading } from '../kind'

/** What the kinds of notes need of the two files. */
export interface NoteStore {
  local: Db
  /** Ids of a client's notes in the cache; null = they were never read. */
  knownNoteIds: (connectionId: string, clientId: string) => string[] | null
  /** Writes an answer to the cache; idempotent. */
  applyNote: (connectionId: string, note: Note) => void
  removeNote: (connectionId: string, noteId: string) => void
}

export type NoteCommand<E = unknown> = Command<NoteFields, NoteFields, E, Note>
export const NOTES: Dataset = 'notes'

export const clientOf = ({ clientId }: Pick<Command, 'clientId'>): string => clientId ?? ''
export const draftOf = (command: NoteCommand): NoteDraft => ({
  clientId: clientOf(command),
  text: command.payload.text,
  alertAt: command.payload.alertAt,
})

const schema: z.ZodType<NoteFields> = z.object({ text: z.string(), alertAt: z.int().nullable(), confirmed: z.boolean() })

/** Every note of the clients of these commands, each client read once. */
export const readNotes = async (commands: readonly NoteCommand[], { adapter, signal }: Reading): Promise<(Note | null)[]> => {
  const byClient = new Map<string, Map<string, Note>>()
  for (const clientId of new Set(commands.map(clientOf))) {
    const notes = await partOf(adapter, 'notes').ofClient(clientId, signal)
    byClient.set(clientId, new Map(notes.map((note) => [note.id, note])))
  }
  return commands.map((command) => byClient.get(clientOf(command))?.get(command.subject.id ?? '') ?? null)
}

/** What all changes of a note have in common. */
export const noteKind = ({ applyNote }: NoteStore) =>
  ({
    mode: 'queued',
    dataset: NOTES,
    // Version 0 is what the outbox of notes stored: the same fields, without the key that tells look-alikes apart.
    payload: { version: 1, schema, upgrade: (stored) => stored },
    // A client's notes are read back as one list: what is under way beside it would stand in it unexplained.
    mutex: ({ clientId }) => `${NOTES} ${clientId ?? ''}`,
    words: ({ text }) => text,
    fields: ({ payload, base, theirs }) => {
      const of = (key: keyof NoteFields) => ({
        key,
        label: null,
        unit: null,
        base: base?.[key] ?? null,
        mine: payload[key],
        theirs: theirs?.[key] ?? null,
      })
      return [
        { kind: 'text', ...of('text') },
        { kind: 'moment', ...of('alertAt') },
        { kind: 'flag', ...of('confirmed') },
      ]
    },
    merge: (payload, theirs, keys) => ({
      text: keys.has('text') ? theirs.text : payload.text,
      alertAt: keys.has('alertAt') ? theirs.alertAt : payload.alertAt,
      confirmed: keys.has('confirmed') ? theirs.confirmed : payload.confirmed,
    }),
    expected: (payload) => payload,
    same: sameNote,
    subjectId: (note) => note.id,
    seen: noteFieldsOf,
    kept: cutAnswer,
    onAnswer: (local, { connectionId, subject }, note) => {
      identify(local, { connectionId, uid: subject.uid, remoteId: note.id })
    },
    apply: ({ connectionId }, note) => {
      applyNote(connectionId, note)
    },
  }) satisfies Partial<CommandKind<NoteFields, NoteFields, unknown, Note>>
