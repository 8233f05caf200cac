import type { Note } from '@shared/domain/entities'
import type { Command, NoteFields } from '../store/local/outbox'
import { sameNatural } from './natural-key'

/** How the platform's note stands to a command about it. */
export type Standing = { kind: 'as-base' } | { kind: 'as-mine'; note: Note } | { kind: 'changed'; theirs: NoteFields } | { kind: 'gone' }

export const fieldsOf = ({ text, alertAt, confirmed }: Pick<Note, 'text' | 'alertAt' | 'confirmed'>): NoteFields => ({
  text,
  alertAt,
  confirmed,
})

export const sameFields = (a: NoteFields, b: NoteFields): boolean => sameNatural(a, b) && a.confirmed === b.confirmed

/**
 * Three versions meet: what the person saw, what was typed, and what the platform has now. A note that someone else
 * brought to the same state needs nothing more; one that went anywhere else is a conflict for the person.
 */
export const standingOf = (command: Pick<Command, 'kind' | 'mine' | 'base'>, note: Note | undefined): Standing => {
  if (!note) return { kind: 'gone' }
  const theirs = fieldsOf(note)
  if (sameFields(theirs, command.mine)) return { kind: 'as-mine', note }
  if (command.base !== null && sameFields(theirs, command.base)) return { kind: 'as-base' }
  return { kind: 'changed', theirs }
}
