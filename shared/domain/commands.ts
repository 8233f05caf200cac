import type { Dataset } from './datasets'

/**
 * Where a command stands. `running`: the platform carries it out as a job of its own, which is polled. `unknown`: it may or
 * may not have happened. `conflict`, `blocked` and `rejected` wait for a person; `done` and `dropped` are its ends.
 */
export const commandStates = ['pending', 'sending', 'running', 'unknown', 'conflict', 'blocked', 'rejected', 'done', 'dropped'] as const
export type CommandState = (typeof commandStates)[number]

/** What does not go on without a person. */
export const decideStates = ['conflict', 'blocked', 'rejected'] as const satisfies readonly CommandState[]

/** Of what kind the values of a field are: how they are written, not what they mean. */
export const fieldKinds = ['text', 'moment', 'number', 'flag'] as const
export type FieldKind = (typeof fieldKinds)[number]
/** A moment is UTC ms; a number may be a decimal string; null = no value. */
export type FieldValue = string | number | boolean | null

/** One field of a change, as a review shows it. */
export interface CommandField {
  /** The window has the words for keys that it knows (`outbox.field.<key>`). */
  key: string
  kind: FieldKind
  /** The platform's own name of the field, where it has one. */
  label: string | null
  unit: string | null
  /** base: what the person saw; mine: what was typed; theirs: what the platform has now. */
  base: FieldValue
  mine: FieldValue
  theirs: FieldValue
}

/** What a command is about: by its local name until the platform has given it an id. */
export interface Subject {
  dataset: Dataset
  uid: string
  id: string | null
}
