import { AppError, type ErrorCode } from '@shared/errors'
import type { Note } from '@shared/domain/entities'
import type { Clock } from '../clock'
import { partOf, type PlatformAdapter } from '../platforms/port/core'
import { uidsOf } from '../store/local/note-identity'
import { allOpenCommands, findCommand, openCommands, saveCommand, type Command } from '../store/local/outbox'
import type { Db } from '../store/sql'
import { createDueTimes } from './due-times'
import { lookBack, send, type Attempt } from './outbox-attempt'
import { createChangeChecks } from './outbox-checks'
import { createPace } from './outbox-pace'
import { otherCreates, ready, recover, sendingNow } from './outbox-queue'
import { finish, settle } from './outbox-settle'
import { outcomeOfFailedRead, type Outcome } from './outcome'

export interface OutboxOptions {
  local: Db
  clock: Clock
  random: () => number
  /** The connection's adapter, while it runs and its platform answers. */
  link: (connectionId: string) => { adapter: PlatformAdapter; accountId: string | null } | null
  /** Ids of a client's notes in the cache; null = they were never read. */
  cachedNoteIds: (connectionId: string, clientId: string) => string[] | null
  /** Writes an answer to the cache; idempotent. */
  applyNote: (connectionId: string, note: Note) => void
  /** A command changed: its client's notes read again. */
  onChanged: (connectionId: string, clientId: string) => void
  onUnauthorized: (connectionId: string) => void
  /** A request is given up after this long… */
  requestTimeoutMs: number
  /** …and the platform is taken to be done with it after this long, or longer where it has been seen slow. */
  settleMs: number
  /** Something that ends no command, but that somebody should read about. */
  log: (what: string, error: unknown) => void
}

export interface Outbox {
  /** Takes up what an earlier run left behind, then sends. */
  start(): void
  /** Something can be sent now: a new command, or the platform is back. Ends the back-off, not what the platform asked for. */
  kick(connectionId: string): void
  /** The same because a person wants it: whatever was being waited for. */
  sendNow(connectionId: string): void
  /** What a command waits for, in milliseconds from now. */
  timesOf(command: Command): CommandTimes
  /** Ends when nothing is being sent. */
  whenIdle(): Promise<void>
  stop(): Promise<void>
}
export interface CommandTimes {
  nextTryMs: number | null
  /** After an unknown outcome the platform may still be at the request for so long; 0 = no longer. */
  settlesMs: number
}

/** After a failure of the local file: the next try is not at once. */
const STORAGE_PAUSE_MS = 30_000
const LONGEST_SLEEP_MS = 30_000
const STOP_PATIENCE_MS = 1500
/** A client's list that is refused so often after an unknown outcome will not tell: a person decides. */
const MOST_REFUSED_READS = 6

type Link = NonNullable<ReturnType<OutboxOptions['link']>>
interface Ended {
  command: Command
  outcome: Outcome
  settleLeftMs: number
}

/**
 * Sends the commands of local.db. One at a time and in order for each connection; "sending" is on disk before a request
 * leaves, so that whatever happens in between, the next start knows that there may be something to look back for.
 */
export const createOutbox = (options: OutboxOptions): Outbox => {
  const { local, clock } = options
  const pace = createPace(options)
  const dues = createDueTimes(options)
  const checks = createChangeChecks(options)
  const running = new Map<string, Promise<void>>()
  const timers = new Map<string, () => void>()
  const refusedReads = new Map<string, number>()
  /** How attempts ended that the local file had no room for. */
  const unwritten = new Map<string, Ended>()
  const stopping = new AbortController()

  const pump = async (id: string): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const ended of [...unwritten.values()]) if (ended.command.connectionId === id) end(ended)
      const link = options.link(id)
      if (!link || pace.pauseMs(id) > 0) return
      const command = ready(openCommands(local, id)).find((it) => dues.waitMs(it) === 0)
      const toCheck = checks.dueClient(id)
      if (command) await step(command, link)
      else if (toCheck !== null) await check(id, toCheck, link)
      else return
    }
  }

  const step = async (command: Command, link: Link): Promise<void> => {
    const { connectionId, clientId } = command
    if (command.answer !== null) {
      complete(command, command.answer)
      return
    }
    const progress: { sent: Command | null; at: number } = { sent: null, at: clock.elapsed() }
    const markSending = (known: string[] | null): boolean => {
      if (!isUnchanged(local, command)) return false
      const sending = sendingNow(command, known, clock.now())
      saveCommand(local, sending, clock.now())
      progress.sent = sending
      progress.at = clock.elapsed()
      options.onChanged(connectionId, clientId)
      return true
    }
    const began = clock.elapsed()
    const outcome = await withTimeout((signal) => {
      const attempt: Attempt = {
        platform: partOf(link.adapter, 'notes'),
        evidence: (noteIds) => ({
          accountId: link.accountId,
          taken: new Set(uidsOf(local, connectionId, noteIds).keys()),
          others: otherCreates(openCommands(local, connectionId), command),
        }),
        cachedNoteIds: () => options.cachedNoteIds(connectionId, clientId),
        markSending,
        signal,
        log: options.log,
      }
      return command.state === 'unknown' ? lookBack(command, attempt) : send(command, attempt)
    })
    // Stopped in the middle: the row stays "sending", and the next start looks back.
    if (stopping.signal.aborted && outcome.kind !== 'done') return
    pace.took(connectionId, clock.elapsed() - began)
    // Edited or discarded while the platform was only read: what was learnt is about something else.
    if (progress.sent === null && !isUnchanged(local, command)) return
    const settleLeftMs = Math.max(0, pace.settleMs(connectionId) - (clock.elapsed() - progress.at))
    end({ command: progress.sent ?? command, outcome: patient(command, outcome), settleLeftMs })
  }

  /** Writes how an attempt ended. Where the file has no room for it, it is kept and written as soon as there is. */
  const end = (ended: Ended): void => {
    const { command, outcome, settleLeftMs } = ended
    const { id, connectionId, clientId } = command
    unwritten.set(id, ended)
    settle(command, outcome, { local, now: clock.now(), settleLeftMs, backoffMs: (attempts) => pace.backoffMs(attempts) })
    unwritten.delete(id)
    if (outcome.kind === 'unknown') dues.settles(id, settleLeftMs)
    const saved = findCommand(local, id)
    if (saved) dues.waitMs(saved)
    if (outcome.kind === 'done') complete(command, outcome.note)
    else options.onChanged(connectionId, clientId)
    pace.heard(connectionId, outcome)
    if (outcome.kind === 'unauthorized') options.onUnauthorized(connectionId)
  }

  /** A look back that is refused again and again ends with a person, never with another send. */
  const patient = (command: Command, outcome: Outcome): Outcome => {
    const isRefused = command.state === 'unknown' && outcome.kind === 'retry' && outcome.error !== null && REFUSALS.has(outcome.error.code)
    if (!isRefused) {
      refusedReads.delete(command.id)
      return outcome
    }
    const count = (refusedReads.get(command.id) ?? 0) + 1
    refusedReads.set(command.id, count)
    return count < MOST_REFUSED_READS ? outcome : { kind: 'blocked', candidates: [] }
  }

  const complete = (command: Command, note: Note): void => {
    const { id, connectionId, clientId } = command
    options.applyNote(connectionId, note)
    finish(local, id, clock.now())
    dues.forget(id)
    checks.add(command, pace.raceMs(connectionId))
    options.onChanged(connectionId, clientId)
  }

  /** Whether what was written a moment ago still stands. */
  const check = async (connectionId: string, clientId: string, link: Link): Promise<void> => {
    try {
      const notes = await withTimeout((signal) => partOf(link.adapter, 'notes').ofClient(clientId, signal))
      if (checks.look(connectionId, clientId, notes)) options.onChanged(connectionId, clientId)
    } catch (thrown) {
      if (stopping.signal.aborted) return
      checks.later(connectionId, clientId)
      const outcome = outcomeOfFailedRead(AppError.from(thrown))
      pace.heard(connectionId, outcome)
      if (outcome.kind === 'unauthorized') options.onUnauthorized(connectionId)
    }
  }

  const withTimeout = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController()
    const cancel = clock.after(options.requestTimeoutMs, () => {
      controller.abort(new AppError('timeout', 'no answer in time'))
    })
    try {
      return await work(AbortSignal.any([controller.signal, stopping.signal]))
    } finally {
      cancel()
    }
  }

  const wake = (id: string): void => {
    timers.get(id)?.()
    timers.delete(id)
    if (running.has(id) || stopping.signal.aborted) return
    const done = pump(id)
      .catch((error: unknown) => {
        // The local file failed (a full disk, say): the row stays as it was, and its next try is not at once.
        pace.pause(id, STORAGE_PAUSE_MS)
        options.log('the outbox could not go on', error)
      })
      .finally(() => {
        running.delete(id)
        if (!stopping.signal.aborted) sleep(id)
      })
    running.set(id, done)
  }

  /** Until the next command may go. While the platform is away, `kick` comes with its return. */
  const sleep = (id: string): void => {
    const mustWrite = [...unwritten.values()].some(({ command }) => command.connectionId === id)
    if (!mustWrite && !options.link(id)) return
    const waits = ready(openCommands(local, id)).map((command) => dues.waitMs(command))
    const ms = Math.max(Math.min(...waits, checks.waitMs(id) ?? Infinity, mustWrite ? 0 : Infinity), pace.pauseMs(id))
    if (!Number.isFinite(ms)) return
    timers.get(id)?.()
    timers.set(
      id,
      clock.after(Math.max(1, Math.min(ms, LONGEST_SLEEP_MS)), () => {
        wake(id)
      }),
    )
  }

  const whenIdle = async (): Promise<void> => {
    while (running.size > 0) await Promise.allSettled([...running.values()])
  }

  return {
    start: () => {
      recover(options)
      checks.start()
      for (const id of new Set([...allOpenCommands(local).map((command) => command.connectionId), ...checks.connections()])) wake(id)
    },
    kick: (id) => {
      pace.resume(id, 'as-asked')
      wake(id)
    },
    sendNow: (id) => {
      pace.resume(id, 'now')
      wake(id)
    },
    timesOf: (command) => ({
      nextTryMs: command.nextAt === null ? null : Math.max(dues.waitMs(command), finite(pace.pauseMs(command.connectionId))),
      settlesMs: dues.settlesInMs(command),
    }),
    whenIdle,
    stop: async () => {
      for (const cancel of timers.values()) cancel()
      timers.clear()
      let cancel = (): void => undefined
      const patience = new Promise<void>((resolve) => {
        cancel = clock.after(STOP_PATIENCE_MS, resolve)
      })
      const settled = Promise.allSettled([...running.values()])
      const idle = running.size === 0
      if (!idle) await Promise.race([settled, patience])
      cancel()
      stopping.abort(new AppError('cancelled', 'the program stops'))
      await settled
    },
  }
}

const finite = (ms: number): number => (Number.isFinite(ms) ? ms : 0)

/** The platform's word that there is nothing to read here. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['not-found', 'rejected', 'forbidden', 'invalid-input', 'not-offered'])

const isUnchanged = (local: Db, command: Command): boolean => JSON.stringify(findCommand(local, command.id)) === JSON.stringify(command)
