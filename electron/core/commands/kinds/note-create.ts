import type { Note } from '@shared/domain/entities'
import { lookAlikeKey, type NoteFields } from '@shared/domain/note-rules'
import { assertNever } from '@shared/errors'
import { partOf } from '../../platforms/port/core'
import { sentWithMutex } from '../../store/local/commands'
import { uidsOf } from '../../store/local/local-notes'
import type { Attempt, CommandKind, Outcome } from '../kind'
import { nothingSent, read, undecided, write } from '../outcome'
import { clientOf, draftOf, noteKind, type NoteCommand, type NoteStore } from './note'
import { readBack } from './note-read-back'

/** Evidence: ids of the client's notes before the first send. What is among them cannot be ours, whatever the two clocks say. */
type Known = string[]
const NAME = 'note.create'
type Ended = Outcome<NoteFields, Note, Known>

/** Notes of the same client that were sent too and have no id yet. */
const othersSent = ({ local }: NoteStore, command: NoteCommand): NoteFields[] =>
  (sentWithMutex(local, command) as NoteCommand[]).filter(({ kind }) => kind === NAME).map(({ payload }) => payload)

/** The platform's clock and ours may differ by this much. */
const SKEW_MS = 600_000
/** What was there before it was typed is not ours: all that is known of one that waits in a backup, where nothing was written down when it left. */
const earlier = ({ createdAt }: NoteCommand, notes: readonly Note[]): Known =>
  notes.filter((note) => note.createdAt !== null && note.createdAt < createdAt - SKEW_MS).map(({ id }) => id)

/** A new note. It has no id that both sides know, so after an unknown outcome it is looked for by what it says. */
export const noteCreate = (store: NoteStore): CommandKind<NoteFields, NoteFields, Known, Note> => {
  const send = async (command: NoteCommand<Known>, attempt: Attempt<Known>): Promise<Ended> => {
    let known = command.evidence ?? store.knownNoteIds(command.connectionId, clientOf(command))
    if (known === null) {
      const notes = await read(attempt, () => partOf(attempt.adapter, 'notes').ofClient(clientOf(command), attempt.signal))
      if (notes.kind !== 'read') return notes
      known = notes.value.map((note) => note.id)
    }
    if (!(await attempt.markSending(known))) return nothingSent
    return write(attempt, () => partOf(attempt.adapter, 'notes').create(draftOf(command), attempt.signal))
  }
  const lookBack = async (command: NoteCommand<Known>, attempt: Attempt<Known>): Promise<Ended> => {
    const notes = await read(attempt, () => partOf(attempt.adapter, 'notes').ofClient(clientOf(command), attempt.signal))
    if (notes.kind !== 'read') return undecided(notes)
    const ids = notes.value.map((note) => note.id)
    const found = readBack(
      { mine: command.payload, known: command.evidence ?? earlier(command, notes.value), attempts: command.attempts },
      notes.value,
      {
        accountId: attempt.accountId,
        taken: new Set(uidsOf(store.local, command.connectionId, ids).keys()),
        others: othersSent(store, command),
      },
    )
    switch (found.kind) {
      case 'one':
        return { kind: 'done', answer: found.note }
      case 'none':
        return nothingSent
      case 'several':
        // If the person decides to send again, none of these is ours.
        return { kind: 'blocked', candidates: found.ids.length, evidence: [...(command.evidence ?? []), ...found.ids] }
      default:
        return assertNever(found)
    }
  }
  return {
    ...noteKind(store),
    name: NAME,
    createsSubject: true,
    holdKey: (payload, { clientId }) => `${clientId ?? ''} ${lookAlikeKey(payload)}`,
    send,
    lookBack,
  }
}
