import type { NoteFields } from '@shared/domain/note-rules'
import { AppError } from '@shared/errors'
import { partOf } from '../../platforms/port/core'
import type { CommandKind } from '../kind'
import { nothingSent, read, undecided, write } from '../outcome'
import { NOTES, noteKind, readNotes, type NoteCommand, type NoteStore } from './note'

interface Deleted {
  deleted: true
}
const deleted: Deleted = { deleted: true }
const gone = async (work: Promise<void>): Promise<Deleted> => {
  try {
    await work
  } catch (error) {
    // One that is gone already is what was wanted.
    if (AppError.from(error).code !== 'not-found') throw error
  }
  return deleted
}

/** Takes a note off the platform. Live: it cannot be taken back. The payload is what the person saw of it. */
export const noteDelete = (store: NoteStore): CommandKind<NoteFields, NoteFields, unknown, Deleted> => {
  const { payload, mutex, words, fields, merge, expected, same } = noteKind(store)
  return {
    name: 'note.delete',
    mode: 'live',
    dataset: NOTES,
    removesSubject: true,
    payload,
    mutex,
    words,
    fields,
    merge,
    expected,
    same,
    send: async (command, attempt) => {
      const { adapter, signal } = attempt
      if (!(await attempt.markSending())) return nothingSent
      return write(attempt, () => gone(partOf(adapter, 'notes').remove(command.subject.id ?? '', signal)))
    },
    lookBack: async (command, attempt) => {
      const found = await read(attempt, () => readNotes([command as unknown as NoteCommand], attempt))
      if (found.kind !== 'read') return undecided(found)
      return found.value[0] ? nothingSent : { kind: 'done', answer: deleted }
    },
    seen: () => null,
    apply: ({ connectionId, subject }) => {
      if (subject.id !== null) store.removeNote(connectionId, subject.id)
    },
  }
}
