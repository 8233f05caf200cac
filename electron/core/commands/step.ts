import { AppError, type ErrorCode } from '@shared/errors'
import { findCommand, saveCommand, type Command } from '../store/local/commands'
import type { Attempt, CommandKind, Outcome } from './kind'
import type { Pace } from './pace'
import type { Link, QueueOptions } from './queue-options'
import { finish, settle } from './settle'
import type { SteadyClock } from './steady-clock'

export interface CommandTimes {
  /** When the next try is, to be shown; null = none is planned. */
  nextTryAt: number | null
  /** After an unknown outcome: until when the platform may still be at the request; null = no longer. */
  settlesAt: number | null
}
export interface Steps {
  /** One attempt with one command: send, look back, poll, or apply an answer that is there already. */
  step(command: Command, link: Link): Promise<void>
  /** The same for what is done live. @returns how it ended, which is on disk too. */
  runNow(command: Command, link: Link): Promise<Outcome>
  /** Writes how attempts ended that the file had no room for. */
  writeEnds(connectionId: string): void
  hasEnds(connectionId: string): boolean
  timesOf(command: Command): CommandTimes
  withTimeout<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
}
export interface StepOptions extends QueueOptions {
  steady: SteadyClock
  pace: Pace
  stopping: AbortSignal
}

/** Reads that are refused so often after an unknown outcome will not tell: a person decides. */
const MOST_REFUSED_READS = 6
/** The platform's word that there is nothing to read here. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['not-found', 'rejected', 'forbidden', 'invalid-input', 'not-offered'])

interface Ended {
  command: Command
  outcome: Outcome
  settleLeftMs: number
}

export const createSteps = (options: StepOptions): Steps => {
  const { local, kinds, clock, steady, pace, stopping } = options
  const refusedReads = new Map<string, number>()
  /** How attempts ended that the local file had no room for. */
  const unwritten = new Map<string, Ended>()

  const step: Steps['step'] = async (command, link) => {
    if (command.answer === null) await attempt(command, link)
    else complete(command, command.answer)
  }

  /** @returns null: nothing came of it, the command was changed meanwhile or the program stops. */
  const attempt = async (command: Command, link: Link): Promise<Outcome | null> => {
    const kind = kinds.get(command.kind)
    const progress: { sent: Command | null; at: number } = { sent: null, at: clock.elapsed() }
    const markSending = (evidence: unknown): boolean => {
      if (!isUnchanged(command)) return false
      const sending = sendingNow(command, { evidence, now: clock.now(), steadyNow: steady.now() })
      saveCommand(local, sending, { at: clock.now(), words: kind.words(command.payload) })
      progress.sent = sending
      progress.at = clock.elapsed()
      options.onChanged(command)
      return true
    }
    const began = clock.elapsed()
    const outcome = await withTimeout((signal) =>
      carryOut(kind, command, {
        adapter: link.adapter,
        accountId: link.accountId,
        signal,
        markSending: (evidence = null) => Promise.resolve(markSending(evidence)),
        log: options.log,
      }),
    )
    // Stopped in the middle: the row stays "sending", and the next start looks back.
    if (stopping.aborted && outcome.kind !== 'done') return null
    pace.took(command.connectionId, clock.elapsed() - began)
    // Edited or discarded while the platform was only read: what was read is about something else.
    if (progress.sent === null && !isUnchanged(command)) return null
    const settleLeftMs = Math.max(0, pace.settleMs(command.connectionId) - (clock.elapsed() - progress.at))
    const ended = { command: progress.sent ?? command, outcome: patient(command, outcome), settleLeftMs }
    end(ended)
    return ended.outcome
  }

  /** Writes how an attempt ended. Where the file has no room for it, it is kept and written as soon as there is. */
  const end = (ended: Ended): void => {
    const { command, outcome, settleLeftMs } = ended
    const { id, connectionId } = command
    unwritten.set(id, ended)
    const backoffMs = (attempts: number): number => pace.backoffMs(attempts)
    settle(command, outcome, { local, kinds, now: clock.now(), steadyNow: steady.now(), settleLeftMs, backoffMs })
    unwritten.delete(id)
    if (outcome.kind === 'done') complete(command, outcome.answer)
    else options.onChanged(command)
    pace.heard(connectionId, outcome)
    if (outcome.kind === 'unauthorized') options.onUnauthorized(connectionId)
  }

  /** A look back that is refused again and again ends with a person, a poll with a look back; never with another send. */
  const patient = (command: Command, outcome: Outcome): Outcome => {
    const only = command.state === 'unknown' || command.state === 'running'
    if (!only || outcome.kind !== 'retry' || outcome.error === null || !REFUSALS.has(outcome.error.code)) {
      refusedReads.delete(command.id)
      return outcome
    }
    const count = (refusedReads.get(command.id) ?? 0) + 1
    refusedReads.set(command.id, count)
    if (count < MOST_REFUSED_READS) return outcome
    refusedReads.delete(command.id)
    return command.state === 'running' ? { kind: 'unknown', error: outcome.error } : { kind: 'blocked', candidates: 0 }
  }

  const complete = (command: Command, answer: unknown): void => {
    const kind = kinds.get(command.kind)
    kind.apply(command, answer)
    const checkAt = kind.read && kind.mode === 'queued' && !kind.createsSubject ? steady.now() + pace.raceMs(command.connectionId) : null
    finish(command.id, { local, kinds, now: clock.now(), checkAt })
    options.onChanged(command)
  }

  const withTimeout: Steps['withTimeout'] = async (work) => {
    const controller = new AbortController()
    const cancel = clock.after(options.requestTimeoutMs, () => {
      controller.abort(new AppError('timeout', 'no answer in time'))
    })
    try {
      return await work(AbortSignal.any([controller.signal, stopping]))
    } finally {
      cancel()
    }
  }

  const isUnchanged = (command: Command): boolean => JSON.stringify(findCommand(local, command.id)) === JSON.stringify(command)
  const endsOf = (id: string): Ended[] => [...unwritten.values()].filter(({ command }) => command.connectionId === id)

  return {
    step,
    runNow: async (command, link) =>
      (await attempt(command, link)) ?? { kind: 'unknown', error: new AppError('cancelled', 'the program stops').toData() },
    writeEnds: (id) => {
      endsOf(id).forEach(end)
    },
    hasEnds: (id) => endsOf(id).length > 0,
    timesOf: ({ connectionId, state, dueAt, settlesAt }) => {
      const now = steady.now()
      const paused = pace.pauseMs(connectionId)
      const next = Math.max(dueAt, now, Number.isFinite(paused) ? now + paused : now)
      const waits = state === 'pending' || state === 'unknown' || state === 'running'
      return {
        nextTryAt: waits && dueAt > 0 && Number.isSafeInteger(dueAt + 1) ? steady.shown(next) : null,
        settlesAt: state === 'unknown' && settlesAt !== null && settlesAt > now ? steady.shown(settlesAt) : null,
      }
    },
    withTimeout,
  }
}

const carryOut = (kind: CommandKind, command: Command, attempt: Attempt): Promise<Outcome> => {
  if (command.state === 'unknown') return kind.lookBack(command, attempt)
  if (command.state !== 'running') return kind.send(command, attempt)
  return kind.poll?.(command, attempt) ?? kind.lookBack(command, attempt)
}

const sendingNow = (command: Command, { evidence, now, steadyNow }: { evidence: unknown; now: number; steadyNow: number }): Command => ({
  ...command,
  state: 'sending',
  attempts: command.attempts + 1,
  firstSentAt: command.firstSentAt ?? now,
  lastSentAt: now,
  dueAt: 0,
  waitsFrom: steadyNow,
  settlesAt: null,
  error: null,
  evidence: evidence ?? command.evidence,
})
