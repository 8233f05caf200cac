import { AppError, assertNever } from '@shared/errors'
import { logAction } from '../store/local/journals'
import { findCommand, openCommandsOfSubject, saveCommand, type Command } from '../store/local/commands'
import { inTransaction, type Db } from '../store/sql'
import type { CommandKind, CommandKinds, Outcome } from './kind'

export interface Settle {
  local: Db
  kinds: CommandKinds
  /** For what people read, and for what is waited for (`steady-clock.ts`). */
  now: number
  steadyNow: number
  /** How long the platform may still be handling the request. */
  settleLeftMs: number
  /** Full-jitter back-off for so many attempts. */
  backoffMs: (attempts: number) => number
}

/** Writes the outcome of an attempt to its row. An answer is only stored here; `finish` follows once the cache has it. */
export const settle = (command: Command, outcome: Outcome, context: Settle): void => {
  const kind = context.kinds.get(command.kind)
  inTransaction(context.local, () => {
    const change = { waitsFrom: context.steadyNow, ...changeBy(kind, { command, outcome }, context) }
    saveCommand(context.local, { ...command, ...change }, { at: context.now, words: wordsFor(kind, command, change) })
    if (outcome.kind === 'done') kind.onAnswer?.(context.local, command, outcome.answer)
    if (change.state === 'rejected' || change.state === 'conflict')
      logEnd(context, command, { state: change.state, theirs: change.theirs ?? null })
  })
}

/** An answer that is lost is looked back for; anything else is not to be lost. */
const wordsFor = (kind: CommandKind, command: Command, change: Partial<Command>): string | null =>
  (change.answer ?? null) === null ? kind.words(command.payload) : null

interface Ended {
  command: Command
  outcome: Outcome
}
const changeBy = (kind: CommandKind, { command, outcome }: Ended, context: Settle): Partial<Command> => {
  const soon = (ms: number): number => Math.ceil(context.steadyNow + ms)
  switch (outcome.kind) {
    case 'done': {
      const id = kind.subjectId?.(outcome.answer) ?? command.subject.id
      return { answer: kind.kept?.(outcome.answer) ?? outcome.answer, subject: { ...command.subject, id }, dueAt: 0, error: null }
    }
    case 'running':
      return { state: 'running', job: outcome.job, dueAt: soon(outcome.pollMs), error: null }
    case 'retry':
    case 'unauthorized': {
      const state = stateForRetry(command, outcome)
      if (command.restoredAt !== null && isNothingFound(outcome)) return { state: 'blocked', dueAt: 0, error: restored }
      // What is live is not sent again by itself.
      if (kind.mode === 'live' && state === 'pending') return { state: 'rejected', dueAt: 0, error: outcome.error ?? notCarriedOut }
      const waits = outcome.kind === 'unauthorized' ? 0 : soon(outcome.waitMs ?? context.backoffMs(command.attempts))
      return { state, dueAt: waits, error: outcome.error }
    }
    case 'rejected':
      return { state: 'rejected', dueAt: 0, error: outcome.reason }
    case 'conflict':
      return { state: 'conflict', dueAt: 0, error: null, theirs: outcome.theirs }
    case 'unknown': {
      const at = soon(context.settleLeftMs)
      return { state: 'unknown', dueAt: at, settlesAt: at, error: outcome.error }
    }
    case 'blocked': {
      const error = new AppError('blocked', 'it cannot be told whether it was carried out', { candidates: outcome.candidates }).toData()
      return { state: 'blocked', dueAt: 0, error, evidence: outcome.evidence ?? command.evidence }
    }
    default:
      return assertNever(outcome)
  }
}

/** A look back that answered: it is not there. In a copy of an earlier moment that may mean that it was, and was taken back. */
const isNothingFound = (outcome: Outcome): boolean => outcome.kind === 'retry' && outcome.error === null
const restored = new AppError('blocked', 'it waited in a backup and is not on the platform', { reason: 'restored', candidates: 0 }).toData()

const notCarriedOut = new AppError('rejected', 'the platform did not carry it out', { reason: 'not-carried-out' }).toData()

/** A look back or a poll that failed says nothing: the doubt stays. One that answered ("none") ends it. */
const stateForRetry = (command: Command, outcome: Outcome): 'pending' | 'unknown' | 'running' => {
  const undecided = outcome.kind !== 'retry' || outcome.error !== null
  return undecided && (command.state === 'unknown' || command.state === 'running') ? command.state : 'pending'
}

interface Finish extends Pick<Settle, 'local' | 'kinds' | 'now'> {
  /** When to look whether it still stands; null = it is not looked at again. */
  checkAt: number | null
}

/** The cache holds the answer: the command is done, and those that wait behind it build on what the platform has now. */
export const finish = (id: string, { checkAt, ...context }: Finish): void => {
  const { local, kinds, now } = context
  inTransaction(local, () => {
    const command = findCommand(local, id)
    if (!command || command.answer === null) throw new AppError('internal', 'a command without an answer cannot be done')
    const kind = kinds.get(command.kind)
    saveCommand(local, { ...command, state: 'done', job: null, error: null, checkAt }, { at: now, words: null })
    const onto = kind.seen(command.answer, command)
    logEnd(context, command, { state: 'done', theirs: onto })
    if (kind.removesSubject) dropOthers(context, command)
    else if (onto !== null) rebase(context, { from: command, onto, subjectId: command.subject.id })
  })
}

interface Rebase {
  from: Command
  /** What the platform shows now. */
  onto: unknown
  subjectId: string | null
}
/** Commands that were given on top of another one now stand on what became of it. */
export const rebase = ({ local, kinds, now }: Pick<Settle, 'local' | 'kinds' | 'now'>, { from, onto, subjectId }: Rebase): void => {
  const expected = kinds.get(from.kind).expected(from.payload, from.base)
  for (const next of openCommandsOfSubject(local, from)) {
    const kind = kinds.find(next.kind)
    if (!kind || next.seq <= from.seq) continue
    const wasOnIt = next.base !== null && kind.same(next.base, expected)
    const payload = wasOnIt ? (kind.rebased?.(next.payload, onto) ?? next.payload) : next.payload
    const subject = { ...next.subject, id: next.subject.id ?? subjectId }
    saveCommand(
      local,
      { ...next, subject, payload, base: wasOnIt && next.base !== null ? (kind.onto?.(next.base, onto) ?? onto) : next.base },
      { at: now, words: null },
    )
  }
}

/** Commands about something that is not there (any more), or never will be, have nothing to change. */
export const dropOthers = ({ local, now }: Pick<Settle, 'local' | 'now'>, command: Command, only: 'later' | 'all' = 'all'): void => {
  for (const other of openCommandsOfSubject(local, command)) {
    if (other.id === command.id || (only === 'later' && other.seq < command.seq)) continue
    saveCommand(local, { ...other, state: 'dropped', dueAt: 0 }, { at: now, words: '' })
  }
}

/** What became of what was asked for: the first line of it was written when it was asked. */
const logEnd = (
  { local, now }: Pick<Settle, 'local' | 'now'>,
  { id, connectionId, kind, subject, base, payload }: Command,
  { state, theirs }: { state: string; theirs: unknown },
): void => {
  const after = state === 'done' ? theirs : payload
  const details = { commandId: id, before: base, after, ...(state === 'conflict' ? { theirs } : {}) }
  logAction(local, { at: now, connectionId, action: `${kind}.${state}`, subject: subject.uid, details })
}
