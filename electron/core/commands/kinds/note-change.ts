import type { Note } from '@shared/domain/entities'
import { noteFieldsOf, sameNatural, type NoteFields } from '@shared/domain/note-rules'
import { partOf } from '../../platforms/port/core'
import { changeBy } from '../changes'
import type { Attempt, CommandKind } from '../kind'
import { write } from '../outcome'
import { draftOf, noteKind, readNotes, type NoteCommand, type NoteStore } from './note'

type NoteKind = CommandKind<NoteFields, NoteFields, unknown, Note>

const change = (store: NoteStore, ask: (id: string, command: NoteCommand, attempt: Attempt) => Promise<Note>) => {
  const shared = noteKind(store)
  return {
    ...shared,
    ...changeBy<NoteFields, NoteFields, unknown, Note>({
      ...shared,
      present: async (command, attempt) => {
        const [note] = await readNotes([command], attempt)
        return note ? { seen: noteFieldsOf(note), answer: note } : null
      },
      request: (command, attempt) => write(attempt, () => ask(command.subject.id ?? '', command, attempt)),
    }),
    read: async (commands, asking) => (await readNotes(commands, asking)).map((note) => note && noteFieldsOf(note)),
  } satisfies Partial<NoteKind>
}

export const noteUpdate = (store: NoteStore): NoteKind => ({
  ...change(store, (id, command, { adapter, signal }) => partOf(adapter, 'notes').update(id, draftOf(command), signal)),
  name: 'note.update',
  // Measured by the platform's own answer: what it made of our text is no one else's change.
  stands: ({ payload, answer }, present) => sameNatural(present, payload) || (answer !== null && sameNatural(present, answer)),
  undo: ({ payload, base }) => (base === null ? null : { kind: 'note.update', payload: base, base: payload }),
})

export const noteConfirm = (store: NoteStore): NoteKind => ({
  ...change(store, (id, command, { adapter, signal }) => partOf(adapter, 'notes').confirm(id, draftOf(command), signal)),
  name: 'note.confirm',
  rebased: (_payload, onto) => ({ ...onto, confirmed: true }),
  stands: (_command, present) => present.confirmed,
})
