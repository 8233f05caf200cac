import { AppError, type ErrorCode } from '@shared/errors'
import { saveCommand, type Command } from '../store/local/commands'
import { createEnds, isUnchanged, type Ends } from './ends'
import type { Attempt, CommandKind, Outcome } from './kind'
import type { Link, QueueParts } from './queue-options'
import { withTimeout } from './time-out'

export interface CommandTimes {
  /** When the next try is, to be shown; null = none is planned. */
  nextTryAt: number | null
  /** After an unknown outcome: until when the platform may still be at the request; null = no longer. */
  settlesAt: number | null
}
export interface Steps extends Pick<Ends, 'writeKept' | 'hasKept'> {
  /**
   * One attempt with one command: send, look back, poll, or apply an answer that is there already.
   * @param whenApplied Nothing more is asked of the platform, and the cache has the answer: only its end is to be written.
   */
  step(command: Command, link: Link, whenApplied: () => void): Promise<void>
  /** The same for what is done live. @returns how it ended, which is on disk too. */
  runNow(command: Command, link: Link): Promise<Outcome>
  timesOf(command: Command): CommandTimes
}
/** Reads that are refused so often after an unknown outcome will not tell: a person decides. */
const MOST_REFUSED_READS = 6
/** The platform's word that there is nothing to read here. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['not-found', 'rejected', 'forbidden', 'invalid-input', 'not-offered'])

export const createSteps = (options: QueueParts): Steps => {
  const { local, kinds, clock, steady, pace, commits, stopping } = options
  const refusedReads = new Map<string, number>()
  const ends = createEnds(options)

  const step: Steps['step'] = (command, link, whenApplied) =>
    joined(whenApplied, async (applied) => {
      if (command.answer === null) await attempt(command, link, applied)
      else await ends.complete(command, command.answer, applied)
    })
  /** Until the answer is applied others wait for it with their commits. */
  const joined = async <T>(whenApplied: () => void, work: (applied: () => void) => Promise<T>): Promise<T> => {
    const leave = commits.join()
    let left = false
    const once = (): void => {
      if (!left) leave()
      left = true
    }
    try {
      return await work(() => {
        once()
        whenApplied()
      })
    } finally {
      once()
    }
  }

  /** @returns null: nothing came of it, the command was changed meanwhile or the program stops. */
  const attempt = async (command: Command, link: Link, whenApplied: () => void): Promise<Outcome | null> => {
    const kind = kinds.get(command.kind)
    const progress: { sent: Command | null; at: number; onDisk: number } = { sent: null, at: clock.elapsed(), onDisk: 0 }
    const markSending = async (evidence: unknown): Promise<boolean> => {
      const asked = clock.elapsed()
      const sending = await commits.local(() => {
        if (!isUnchanged(local, command)) return null
        const next = sendingNow(command, { evidence, now: clock.now(), steadyNow: steady.now() })
        saveCommand(local, next, { at: clock.now(), words: kind.words(command.payload) })
        return next
      })
      if (sending === null) return false
      progress.sent = sending
      progress.at = clock.elapsed()
      progress.onDisk += progress.at - asked
      options.onChanged(command)
      return true
    }
    const began = clock.elapsed()
    const outcome = await withTimeout(options, (signal) =>
      carryOut(kind, command, {
        adapter: link.adapter,
        accountId: link.accountId,
        signal,
        markSending: (evidence = null) => markSending(evidence),
        log: options.log,
      }),
    )
    // Stopped in the middle: the row stays "sending", and the next start looks back.
    if (stopping.aborted && outcome.kind !== 'done') return null
    pace.took(command.connectionId, clock.elapsed() - began - progress.onDisk)
    const settleLeftMs = Math.max(0, pace.settleMs(command.connectionId) - (clock.elapsed() - progress.at))
    const patiently = patient(command, outcome)
    const { sent } = progress
    const wrote = await ends.end({ command: sent ?? command, wasSent: sent !== null, outcome: patiently, settleLeftMs }, whenApplied)
    return wrote ? patiently : null
  }

  /** A look back that is refused again and again ends with a person, a poll with a look back; never with another send. */
  const patient = (command: Command, outcome: Outcome): Outcome => {
    const only = command.state === 'unknown' || command.state === 'running' || command.restoredAt !== null
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

  return {
    step,
    runNow: async (command, link) =>
      (await joined(nothing, (applied) => attempt(command, link, applied))) ?? {
        kind: 'unknown',
        error: new AppError('cancelled', 'the program stops').toData(),
      },
    writeKept: (id) => {
      ends.writeKept(id)
    },
    hasKept: (id) => ends.hasKept(id),
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
  }
}

const nothing = (): void => undefined

const carryOut = (kind: CommandKind, command: Command, attempt: Attempt): Promise<Outcome> => {
  if (command.state === 'unknown') return kind.lookBack(command, attempt)
  if (command.state !== 'running') return command.restoredAt === null ? kind.send(command, attempt) : kind.lookBack(command, attempt)
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
