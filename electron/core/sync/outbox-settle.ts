import type { Note } from '@shared/domain/entities'
import { AppError, assertNever } from '@shared/errors'
import { identify } from '../store/local/note-identity'
import { findCommand, openCommandsOfNote, saveCommand, type Command, type NoteFields } from '../store/local/outbox'
import { inTransaction, type Db } from '../store/sql'
import { fieldsOf, sameFields } from './conflict'
import type { Outcome } from './outcome'

export interface Settle {
  local: Db
  now: number
  /** How long the platform may still be handling the request. */
  settleLeftMs: number
  /** Full-jitter back-off for so many attempts. */
  backoffMs: (attempts: number) => number
}

/** Writes the outcome of an attempt to its row. An answer is only stored here; `finish` follows once the cache has it. */
export const settle = (command: Command, outcome: Outcome, { local, now, settleLeftMs, backoffMs }: Settle): void => {
  const save = (change: Partial<Command>): void => {
    inTransaction(local, () => {
      saveCommand(local, { ...command, ...change }, now)
    })
  }
  switch (outcome.kind) {
    case 'done':
      storeAnswer(local, { command, note: outcome.note, now })
      return
    case 'retry':
      save({
        state: stateForRetry(command, outcome),
        nextAt: Math.ceil(now + (outcome.waitMs ?? backoffMs(command.attempts))),
        error: outcome.error,
      })
      return
    case 'unauthorized':
      save({ state: stateForRetry(command, outcome), nextAt: null, error: outcome.error })
      return
    case 'rejected':
      save({ state: 'rejected', nextAt: null, error: outcome.reason })
      return
    case 'conflict':
      save({ state: 'conflict', nextAt: null, error: null, theirs: outcome.theirs })
      return
    case 'unknown':
      save({ state: 'unknown', nextAt: Math.ceil(now + settleLeftMs), error: outcome.error })
      return
    case 'blocked': {
      const error = new AppError('blocked', 'several notes could be this one', { candidates: outcome.candidates.length }).toData()
      // If the person decides to send again, none of these is ours.
      save({ state: 'blocked', nextAt: null, error, known: [...(command.known ?? []), ...outcome.candidates] })
      return
    }
    default:
      assertNever(outcome)
  }
}

/** A look back that failed says nothing: the doubt stays. One that answered ("none") ends it. */
const stateForRetry = (command: Command, outcome: Outcome): 'pending' | 'unknown' => {
  const undecided = outcome.kind !== 'retry' || outcome.error !== null
  return command.state === 'unknown' && undecided ? 'unknown' : 'pending'
}

const storeAnswer = (local: Db, { command, note, now }: { command: Command; note: Note; now: number }): void => {
  inTransaction(local, () => {
    saveCommand(local, { ...command, answer: note, noteId: note.id, nextAt: null, error: null }, now)
    identify(local, { connectionId: command.connectionId, uid: command.noteUid, remoteId: note.id })
  })
}

/** The cache holds the answer: the command is done, and those that wait behind it build on what the platform has now. */
export const finish = (local: Db, id: string, now: number): void => {
  inTransaction(local, () => {
    const command = findCommand(local, id)
    if (!command?.answer) throw new AppError('internal', 'a command without an answer cannot be done')
    saveCommand(local, { ...command, state: 'done', error: null }, now)
    rebase(local, { from: command, onto: fieldsOf(command.answer), noteId: command.answer.id, now })
  })
}

interface Rebase {
  from: Command
  onto: NoteFields
  noteId: string | null
  now: number
}
/** Commands that were given on top of another one now stand on what became of it. */
export const rebase = (local: Db, { from, onto, noteId, now }: Rebase): void => {
  for (const next of openCommandsOfNote(local, from.connectionId, from.noteUid)) {
    if (next.seq <= from.seq) continue
    const wasOnIt = next.base !== null && sameFields(next.base, from.mine)
    const mine = next.kind === 'note.confirm' && wasOnIt ? { ...onto, confirmed: true } : next.mine
    saveCommand(local, { ...next, noteId: next.noteId ?? noteId, mine, base: wasOnIt ? onto : next.base }, now)
  }
}
