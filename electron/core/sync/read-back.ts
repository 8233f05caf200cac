import type { Note } from '@shared/domain/entities'
import type { Command } from '../store/local/outbox'
import { sameNatural } from './natural-key'

/** What a fresh list of the client's notes says about a note whose outcome is unknown. */
export type ReadBack = { kind: 'one'; note: Note } | { kind: 'none' } | { kind: 'several'; ids: string[] }

export interface Evidence {
  accountId: string | null
  /** Platform ids that other notes made here already answer to. */
  taken: ReadonlySet<string>
}

/**
 * Looks for the note by its natural key: same client (the list is the client's), text and alert moment, own account, and
 * not there before it was first sent. An author that the platform does not tell rules nothing out.
 */
export const readBack = (command: Pick<Command, 'mine' | 'known'>, notes: readonly Note[], { accountId, taken }: Evidence): ReadBack => {
  const before = new Set(command.known)
  const candidates = notes.filter(
    (note) =>
      !before.has(note.id) &&
      !taken.has(note.id) &&
      !note.system &&
      (note.authorId === null || accountId === null || note.authorId === accountId) &&
      sameNatural(note, command.mine),
  )
  const [first, ...others] = candidates
  if (!first) return { kind: 'none' }
  return others.length === 0 ? { kind: 'one', note: first } : { kind: 'several', ids: candidates.map((note) => note.id) }
}
