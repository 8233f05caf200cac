import type { Note } from '@shared/domain/entities'
import { sameButForMarks, sameNatural, type NoteFields } from '@shared/domain/note-rules'

/** What a fresh list of the client's notes says about a note whose outcome is unknown. */
export type ReadBack = { kind: 'one'; note: Note } | { kind: 'none' } | { kind: 'several'; ids: string[] }

/** The note as it was sent. */
export interface Sent {
  mine: NoteFields
  /** Ids of the client's notes before the first send. */
  known: readonly string[] | null
  attempts: number
}
export interface Evidence {
  accountId: string | null
  /** Platform ids that other notes made here already answer to. */
  taken: ReadonlySet<string>
  /** Other new notes on their way to this client: what matches one of them is that one. */
  others: readonly NoteFields[]
}

/**
 * Looks for the note by its natural key: same client (the list is the client's), text and alert moment, own account, and
 * not there before it was first sent. An author that the platform does not tell rules nothing out. A platform may alter
 * what it is given: a note that differs only in case, blanks or marks is ours too, and while another new note of our
 * account stands there unexplained, nothing is proved and nothing is sent again.
 */
export const readBack = ({ mine, known, attempts }: Sent, notes: readonly Note[], { accountId, taken, others }: Evidence): ReadBack => {
  const before = new Set(known)
  const fresh = notes.filter(
    (note) =>
      !before.has(note.id) &&
      !taken.has(note.id) &&
      !note.system &&
      (note.authorId === null || accountId === null || note.authorId === accountId),
  )
  const exact = fresh.filter((note) => sameNatural(note, mine))
  if (exact.length > 0) return decided(exact)
  const unexplained = fresh.filter((note) => !others.some((other) => sameNatural(note, other)))
  const altered = unexplained.filter((note) => sameButForMarks(note, mine))
  if (altered.length > 0) return decided(altered)
  // Where no author is told, a colleague's note is as new as ours: it is in doubt only once the note was sent twice.
  const doubtful = unexplained.filter((note) => (note.authorId !== null && note.authorId === accountId) || attempts > 1)
  return doubtful.length === 0 ? { kind: 'none' } : { kind: 'several', ids: doubtful.map(({ id }) => id) }
}

const decided = (candidates: readonly Note[]): ReadBack => {
  const [first, ...rest] = candidates
  if (!first) return { kind: 'none' }
  return rest.length === 0 ? { kind: 'one', note: first } : { kind: 'several', ids: candidates.map(({ id }) => id) }
}
