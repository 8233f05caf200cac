import type { Note } from '@shared/domain/entities'
import { AppError, assertNever } from '@shared/errors'
import type { NoteDraft, NoteWrites } from '../platforms/port/writes'
import type { Command } from '../store/local/outbox'
import { standingOf, type Standing } from './conflict'
import { outcomeOfFailedRead, outcomeOfFailure, type Outcome } from './outcome'
import { readBack, type Evidence } from './read-back'

/** What one attempt needs of the outbox. */
export interface Attempt {
  platform: NoteWrites
  /** About these notes of the platform. */
  evidence: (noteIds: readonly string[]) => Evidence
  /** Ids of the client's notes as the cache knows them; null = they were never read. */
  cachedNoteIds: () => string[] | null
  /** Commits "sending", with its time, before the request leaves. false: the command was changed meanwhile, send nothing. */
  markSending: (known: string[] | null) => boolean
  signal: AbortSignal
  /** For a fault of our own: what a page may read of it says nothing. */
  log: (what: string, error: unknown) => void
}

const draftOf = ({ clientId, mine }: Command): NoteDraft => ({ clientId, text: mine.text, alertAt: mine.alertAt })

export const send = async (command: Command, attempt: Attempt): Promise<Outcome> => {
  switch (command.kind) {
    case 'note.create':
      return sendCreate(command, attempt)
    case 'note.update':
    case 'note.confirm':
      return sendChange(command, attempt)
    default:
      return assertNever(command.kind)
  }
}

const sendCreate = async (command: Command, attempt: Attempt): Promise<Outcome> => {
  let known = command.known ?? attempt.cachedNoteIds()
  if (known === null) {
    const notes = await readNotes(command, attempt)
    if ('kind' in notes) return notes
    known = notes.list.map((note) => note.id)
  }
  if (!attempt.markSending(known)) return nothingSent
  return request(attempt, () => attempt.platform.create(draftOf(command), attempt.signal))
}

/** The platform has no versions to compare, so the note is read just before it is written. */
const sendChange = async (command: Command, attempt: Attempt): Promise<Outcome> => {
  const { noteId, kind } = command
  if (noteId === null) return { kind: 'rejected', reason: new AppError('not-found', 'the note never reached the platform').toData() }
  const notes = await readNotes(command, attempt)
  if ('kind' in notes) return notes
  const standing = standingOf(
    command,
    notes.list.find((note) => note.id === noteId),
  )
  if (standing.kind !== 'as-base') return settled(standing)
  if (!attempt.markSending(null)) return nothingSent
  const { platform, signal } = attempt
  return request(attempt, () =>
    kind === 'note.confirm' ? platform.confirm(noteId, draftOf(command), signal) : platform.update(noteId, draftOf(command), signal),
  )
}

/** After an unknown outcome: what does the platform have now? */
export const lookBack = async (command: Command, attempt: Attempt): Promise<Outcome> => {
  const notes = await readNotes(command, attempt)
  // A list that is refused says nothing about the note: the doubt stays.
  if ('kind' in notes) return notes.kind === 'rejected' ? { kind: 'retry', waitMs: null, error: notes.reason } : notes
  if (command.kind !== 'note.create') {
    const standing = standingOf(
      command,
      notes.list.find((note) => note.id === command.noteId),
    )
    return standing.kind === 'as-base' ? { kind: 'retry', waitMs: 0, error: null } : settled(standing)
  }
  const ids = notes.list.map((note) => note.id)
  const found = readBack(command, notes.list, attempt.evidence(ids))
  switch (found.kind) {
    case 'one':
      return { kind: 'done', note: found.note }
    case 'none':
      return { kind: 'retry', waitMs: 0, error: null }
    case 'several':
      return { kind: 'blocked', candidates: found.ids }
    default:
      return assertNever(found)
  }
}

const nothingSent: Outcome = { kind: 'retry', waitMs: 0, error: null }

const settled = (standing: Exclude<Standing, { kind: 'as-base' }>): Outcome => {
  switch (standing.kind) {
    case 'as-mine':
      return { kind: 'done', note: standing.note }
    case 'changed':
      return { kind: 'conflict', theirs: standing.theirs }
    case 'gone':
      return { kind: 'rejected', reason: new AppError('not-found', 'the note is no longer on the platform').toData() }
    default:
      return assertNever(standing)
  }
}

const request = async (attempt: Attempt, ask: () => Promise<Note>): Promise<Outcome> => {
  try {
    return { kind: 'done', note: await ask() }
  } catch (error) {
    return outcomeOfFailure(failureOf(error, attempt))
  }
}

const readNotes = async ({ clientId }: Command, attempt: Attempt): Promise<{ list: Note[] } | Outcome> => {
  try {
    return { list: await attempt.platform.ofClient(clientId, attempt.signal) }
  } catch (error) {
    return outcomeOfFailedRead(failureOf(error, attempt))
  }
}

/** Raw words of a fault inside belong into the log, not into a row that a page reads. */
const failureOf = (error: unknown, { log }: Attempt): AppError => {
  const failure = AppError.from(error)
  if (failure.code !== 'internal') return failure
  log('an attempt of the outbox failed inside the program', error)
  return new AppError('internal', 'something went wrong inside the program')
}
