import type { CommandField } from '@shared/domain/commands'
import type { Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import type { z } from 'zod'
import type { PlatformAdapter } from '../platforms/port/core'
import type { Command } from '../store/local/commands'
import type { Db } from '../store/sql'

/**
 * A kind of command: everything that the queue, the review, the overlay and the batches have to know about one way of
 * changing something. One file in `kinds/` each, with its pure rules in `shared/domain`; the registry is put together in the
 * core's composition root and no other code names a kind. docs/commands.md tells how to add one.
 *
 * - P: payload, what was typed. JSON, checked by `payload.schema`.
 * - S: what a platform shows of the subject, as far as this kind compares it. Kinds that change the same subject share it.
 * - E: evidence, what was known before the first send, for the look back.
 * - A: the platform's answer. JSON, never null.
 */
export interface CommandKind<P = unknown, S = unknown, E = unknown, A = unknown> {
  /** `note.update`: the subject's word and the verb. Never changes, it stands in the files of users. */
  readonly name: string
  /**
   * `queued`: waits on disk until the platform is there, and is sent again where nothing happened. `live`: is done now or
   * refused, and never sent again by itself; after an unknown outcome it is only looked for.
   */
  readonly mode: 'queued' | 'live'
  /** Of which dataset the subject is one; its screens are told of every state. */
  readonly dataset: Dataset
  readonly payload: {
    readonly version: number
    readonly schema: z.ZodType<P>
    /** Rewrites what an older version stored; the result is checked by `schema`. Runs once, at the first start of a new version. */
    upgrade(stored: StoredValues, version: number): StoredValues
  }
  /** The command brings its subject about: dropped, it takes along everything that waits behind it. */
  readonly createsSubject?: true
  /** The command removes its subject: done, it drops everything else that is open about it. */
  readonly removesSubject?: true

  /** Commands with the same mutex are never under way together. Without it: those of the same subject. */
  mutex?(about: About): string
  /**
   * Commands with the same key could not be told from each other on the platform: one waits while an earlier one was sent
   * and has no end. null = it can be told from all.
   */
  holdKey?(payload: P, about: About): string | null
  /** What a person would recognise it by, in one line: for lists, and should the file lose it. */
  words(payload: P): string

  /** The fields that a review compares, in their order. `base` and `theirs` may be unknown. */
  fields(of: { payload: P; base: S | null; theirs: S | null }): CommandField[]
  /** The payload with these fields as the platform has them. */
  merge(payload: P, theirs: S, keys: ReadonlySet<string>): P

  /** What the platform will show of the subject once the command is carried out, given what it showed before. */
  expected(payload: P, base: S | null): S
  /** Whether two readings are the same as far as this kind is concerned: decides between base, mine and theirs. */
  same(a: S, b: S): boolean
  /** A payload given on top of an earlier command, now that the platform shows `onto`. Without it: as it was typed. */
  rebased?(payload: P, onto: S): P
  /** The base of a command behind one that made the platform show `seen`. Without it: that itself. */
  onto?(base: S, seen: S): S

  /** Carries it out. Commits `attempt.markSending` before the one request that changes something. */
  send(command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Outcome<S, A, E>>
  /**
   * After an unknown outcome, when the platform must be done with the request: `done` if it was carried out, `nothingSent`
   * if it certainly was not, `blocked` where that cannot be told. Only reads.
   */
  lookBack(command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Outcome<S, A, E>>
  /** Asks for the job that `send` answered with: `running` again, `done`, `rejected` when it failed, `unknown` when it is gone. Only reads. */
  poll?(command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Outcome<S, A, E>>

  /** The platform's id of the subject, where the answer tells it. */
  subjectId?(answer: A): string | null
  /** What the platform shows by this answer; null = nothing any more. Commands behind it stand on that. */
  seen(answer: A, command: Command<P, S, E, A>): S | null
  /** The answer as it is kept on disk until the cache has it; without it: whole. */
  kept?(answer: A): A
  /** What belongs into local.db together with the answer. */
  onAnswer?(local: Db, command: Command<P, S, E, A>, answer: A): void
  /** Writes the answer to the cache. Idempotent: a kill repeats it. */
  apply(command: Command<P, S, E, A>, answer: A): void

  /**
   * Reads the subjects of these commands (all of one mutex) as they are now; null = gone. Where it is there, a change that was
   * answered is looked at once more a moment later, and comes back as a conflict if another write followed.
   */
  read?(commands: readonly Command<P, S, E, A>[], ask: Reading): Promise<(S | null)[]>
  /** Whether what was carried out still stands. Without it: `same(present, seen(answer))`. */
  stands?(command: Command<P, S, E, A>, present: S): boolean

  /** What the cache shows of the subject; null = nothing is known. Tells, before an undo, what was changed since. */
  known?(command: Command<P, S, E, A>): S | null

  /** The command that takes this one back, once it is done; null = there is none. Without it: it cannot be undone. */
  undo?(command: Command<P, S, E, A>): Reverse | null
}

/** What of a stored command has the payload's version. */
export interface StoredValues {
  payload: unknown
  base: unknown
  theirs: unknown
  evidence: unknown
  answer: unknown
}

/** What a command is about, before it is one. */
export type About = Pick<Command, 'connectionId' | 'subject' | 'clientId'>

/** A command that takes another one back: about the same subject. */
export interface Reverse {
  kind: string
  payload: unknown
  base: unknown
}

export interface Reading {
  adapter: PlatformAdapter
  signal: AbortSignal
}

/** What one attempt may use. */
export interface Attempt<E = unknown> extends Reading {
  /** Our own account on the platform. */
  accountId: string | null
  /** Commits "sending" before the request leaves. false: the command was changed meanwhile, send nothing. */
  markSending(evidence?: E): Promise<boolean>
  /** For a fault of our own: what a page may read of it says nothing. */
  log(what: string, error: unknown): void
}

/** How one attempt to carry out a command ended. */
export type Outcome<S = unknown, A = unknown, E = unknown> =
  | { kind: 'done'; answer: A }
  /** The platform took it and carries it out as a job: ask for it again after `pollMs`. */
  | { kind: 'running'; job: unknown; pollMs: number }
  /** Nothing happened on the platform: try again, not before `waitMs` (null = by the back-off). */
  | { kind: 'retry'; waitMs: number | null; error: AppErrorData | null }
  | { kind: 'rejected'; reason: AppErrorData }
  | { kind: 'conflict'; theirs: S }
  /** It may or may not have happened. */
  | { kind: 'unknown'; error: AppErrorData }
  /** It cannot be told whether it happened: only a person can. */
  | { kind: 'blocked'; candidates: number; evidence?: E }
  /** The token is not accepted any more: the connection stops, the queue stays. */
  | { kind: 'unauthorized'; error: AppErrorData }

/** The kinds that a core knows. */
export interface CommandKinds {
  find(name: string): CommandKind | undefined
  /** @throws AppError `not-offered`. */
  get(name: string): CommandKind
  all(): readonly CommandKind[]
}
