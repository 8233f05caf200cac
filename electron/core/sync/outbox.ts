import { AppError } from '@shared/errors'
import type { Note } from '@shared/domain/entities'
import type { Clock } from '../clock'
import type { PlatformAdapter } from '../platforms/port'
import { identities } from '../store/local/note-identity'
import { allOpenCommands, findCommand, openCommands, saveCommand, type Command } from '../store/local/outbox'
import { inTransaction, type Db } from '../store/sql'
import { sameNatural } from './natural-key'
import { lookBack, send, type Attempt } from './outbox-attempt'
import { finish, settle } from './outbox-settle'
import type { Outcome } from './outcome'

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
  /** …and the platform is taken to be done with it after this long. */
  settleMs: number
}

export interface Outbox {
  /** Takes up what an earlier run left behind, then sends. */
  start(): void
  /** Something can be sent now: a new command, or the platform is back. Ends the back-off. */
  kick(connectionId: string): void
  /** Ends when nothing is being sent. */
  whenIdle(): Promise<void>
  stop(): Promise<void>
}

const BACKOFF_BASE_MS = 500
const BACKOFF_CAP_MS = 60_000
const STOP_PATIENCE_MS = 1500

/**
 * Sends the commands of local.db. One at a time and in order for each connection; "sending" is on disk before a request
 * leaves, so that whatever happens in between, the next start knows that there may be something to look back for.
 */
export const createOutbox = (options: OutboxOptions): Outbox => {
  const { local, clock } = options
  const running = new Map<string, Promise<void>>()
  const pausedUntil = new Map<string, number>()
  const failures = new Map<string, number>()
  const timers = new Map<string, () => void>()
  const stopping = new AbortController()

  const backoffMs = (attempts: number): number => Math.ceil(options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempts))

  const pump = async (id: string): Promise<void> => {
    while (!stopping.signal.aborted) {
      const link = options.link(id)
      const command = nextDue(openCommands(local, id), clock.now())
      if (!link || !command || (pausedUntil.get(id) ?? 0) > clock.now()) return
      await step(command, link)
    }
  }

  const step = async (command: Command, link: NonNullable<ReturnType<OutboxOptions['link']>>): Promise<void> => {
    const { connectionId, clientId } = command
    if (command.answer !== null) {
      complete(command, command.answer)
      return
    }
    const progress: { sent: Command | null } = { sent: null }
    const markSending = (known: string[] | null): boolean => {
      if (!isUnchanged(local, command)) return false
      const sending = sendingNow(command, known, clock.now())
      progress.sent = sending
      saveCommand(local, sending, clock.now())
      options.onChanged(connectionId, clientId)
      return true
    }
    const outcome = await withTimeout((signal) => {
      const attempt: Attempt = {
        adapter: link.adapter,
        evidence: () => ({ accountId: link.accountId, taken: new Set(identities(local, connectionId).keys()) }),
        cachedNoteIds: () => options.cachedNoteIds(connectionId, clientId),
        markSending,
        signal,
      }
      return command.state === 'unknown' ? lookBack(command, attempt) : send(command, attempt)
    })
    // Stopped in the middle: the row stays "sending", and the next start looks back.
    if (stopping.signal.aborted && outcome.kind !== 'done') return
    // Edited or discarded while the platform was only read: what was learnt is about something else.
    if (progress.sent === null && !isUnchanged(local, command)) return
    const current = progress.sent ?? command
    settle(current, outcome, { local, now: clock.now(), settleMs: options.settleMs, backoffMs })
    if (outcome.kind === 'done') complete(current, outcome.note)
    else options.onChanged(connectionId, clientId)
    pace(connectionId, outcome)
  }

  const complete = (command: Command, note: Note): void => {
    options.applyNote(command.connectionId, note)
    finish(local, command.id, clock.now())
    options.onChanged(command.connectionId, command.clientId)
  }

  /** A platform that does not answer is not asked for every command in turn. */
  const pace = (id: string, outcome: Outcome): void => {
    if (outcome.kind === 'unauthorized') {
      pausedUntil.set(id, Number.POSITIVE_INFINITY)
      options.onUnauthorized(id)
    } else if ((outcome.kind === 'retry' && outcome.error !== null) || outcome.kind === 'unknown') {
      const count = (failures.get(id) ?? 0) + 1
      failures.set(id, count)
      const asked = outcome.kind === 'retry' ? outcome.waitMs : null
      pausedUntil.set(id, clock.now() + (asked ?? backoffMs(count)))
    } else {
      failures.delete(id)
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
      .catch(() => {
        // The local file failed (a full disk, say): the row stays as it was, and its next try is not at once.
        pausedUntil.set(id, clock.now() + BACKOFF_CAP_MS / 2)
      })
      .finally(() => {
        running.delete(id)
        if (!stopping.signal.aborted) sleep(id)
      })
    running.set(id, done)
  }

  /** Until the next command may go. While the platform is away, `kick` comes with its return. */
  const sleep = (id: string): void => {
    if (!options.link(id)) return
    const due = nextTime(openCommands(local, id))
    if (due === null) return
    const at = Math.max(due, pausedUntil.get(id) ?? 0)
    if (!Number.isFinite(at)) return
    timers.get(id)?.()
    timers.set(
      id,
      clock.after(Math.max(1, Math.min(at - clock.now(), 30_000)), () => {
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
      for (const id of new Set(allOpenCommands(local).map((command) => command.connectionId))) wake(id)
    },
    kick: (id) => {
      pausedUntil.delete(id)
      failures.delete(id)
      wake(id)
    },
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

const isUnchanged = (local: Db, command: Command): boolean => JSON.stringify(findCommand(local, command.id)) === JSON.stringify(command)

/** A command that an earlier run left in "sending" has an unknown outcome, unless its answer was stored already. */
const recover = ({ local, clock, settleMs }: OutboxOptions): void => {
  inTransaction(local, () => {
    const now = clock.now()
    for (const command of allOpenCommands(local)) {
      if (command.state !== 'sending' || command.answer !== null) continue
      // A clock that was set back must not make this wait for hours.
      const nextAt = Math.min(command.lastSentAt ?? now, now) + settleMs
      saveCommand(local, { ...command, state: 'unknown', nextAt }, now)
    }
  })
}

const sendingNow = (command: Command, known: string[] | null, now: number): Command => ({
  ...command,
  state: 'sending',
  attempts: command.attempts + 1,
  firstSentAt: command.firstSentAt ?? now,
  lastSentAt: now,
  nextAt: null,
  error: null,
  known: known ?? command.known,
})

const waitsForItsTurn = (command: Command): boolean => command.answer !== null || command.state === 'pending' || command.state === 'unknown'

/** Earlier commands about the same note come first; so do creates of a note that could not be told from this one. */
const isHeldBy = (command: Command, earlier: Command): boolean =>
  earlier.noteUid === command.noteUid ||
  (command.kind === 'note.create' &&
    earlier.kind === 'note.create' &&
    earlier.clientId === command.clientId &&
    earlier.firstSentAt !== null &&
    earlier.state !== 'rejected' &&
    sameNatural(earlier.mine, command.mine))

const ready = (open: readonly Command[]): Command[] =>
  open.filter((command, index) => waitsForItsTurn(command) && !open.slice(0, index).some((earlier) => isHeldBy(command, earlier)))

const nextDue = (open: readonly Command[], now: number): Command | undefined => ready(open).find((command) => (command.nextAt ?? 0) <= now)

const nextTime = (open: readonly Command[]): number | null =>
  ready(open).reduce<number | null>((least, { nextAt }) => Math.min(least ?? Number.POSITIVE_INFINITY, nextAt ?? 0), null)
