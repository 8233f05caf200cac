import { AppError } from '@shared/errors'
import { connectionsWithWork, dueChecks, nextCheckAt, nextDue, nextDueAt, recoverCommands } from '../store/local/command-queue'
import { inTransaction } from '../store/sql'
import { isBeingChecked } from '../store/storage-error'
import { createChecks } from './checks'
import { createCommits } from './commits'
import { createLanes } from './lanes'
import { createPace } from './pace'
import type { QueueOptions } from './queue-options'
import { createSteadyClock } from './steady-clock'
import { createSteps, type Steps } from './step'
import { upgradePayloads } from './upgrade'

export interface CommandQueue extends Pick<Steps, 'timesOf' | 'runNow'> {
  /** Takes up what an earlier run left behind, then sends. */
  start(): void
  /** Something can be sent now: a new command, or the platform is back. Ends the back-off, not what the platform asked for. */
  kick(connectionId: string): void
  /** The same because a person wants it: whatever was being waited for. */
  sendNow(connectionId: string): void
  /** Ends when nothing is being sent. */
  whenIdle(): Promise<void>
  stop(): Promise<void>
}

/** After a failure of the local file: the next try is not at once. */
const STORAGE_PAUSE_MS = 30_000
const LONGEST_SLEEP_MS = 30_000
const STOP_PATIENCE_MS = 1500

/**
 * Sends the commands of local.db: in order for each subject, several subjects at once for each connection. "sending" is
 * on disk before a request leaves, so that whatever happens in between, the next start knows that there may be something
 * to look back for.
 */
export const createQueue = (options: QueueOptions): CommandQueue => {
  const { local, kinds, clock } = options
  const steady = createSteadyClock(clock)
  const pace = createPace(options)
  const stopping = new AbortController()
  const commits = createCommits({
    clock,
    local: (work) => inTransaction(local, work),
    cache: options.inCache,
    soon: options.soon,
  })
  const steps = createSteps({ ...options, steady, pace, commits, stopping: stopping.signal })
  const timers = new Map<string, () => void>()
  let wantsUpgrade = true
  const upgrade = (): void => {
    try {
      if (wantsUpgrade) upgradePayloads(local, kinds, clock.now())
      wantsUpgrade = false
    } catch (error) {
      // The file is still being read through: then before anything is sent.
      if (!isBeingChecked(AppError.from(error))) throw error
    }
  }
  upgrade()

  const lanes = createLanes({
    most: (id) => pace.lanes(id),
    onRoom: (id) => {
      fill(id)
    },
    onFailed: (id, error) => {
      fail(id, error)
    },
  })
  const check = createChecks({ ...options, steady, pace, commits, stopping: stopping.signal })

  /** Begins as much as may be under way at once, then waits for the rest. */
  const fill = (id: string): void => {
    timers.get(id)?.()
    timers.delete(id)
    if (stopping.signal.aborted) return
    try {
      steps.writeKept(id)
      while (lanes.hasRoom(id) && begin(id));
      sleep(id)
    } catch (error) {
      fail(id, error)
      sleepFor(id, STORAGE_PAUSE_MS)
    }
  }

  const begin = (id: string): boolean => {
    const link = options.link(id)
    if (!link || pace.pauseMs(id) > 0) return false
    const due = { connectionId: id, now: steady.now(), busy: lanes.busy(id) }
    const command = nextDue(local, due)
    if (command) {
      lanes.begin(command, (whenApplied) => steps.step(command, link, whenApplied))
      return true
    }
    const toCheck = dueChecks(local, due)
    const [first] = toCheck
    if (!first) return false
    lanes.begin(first, () => check(toCheck, link))
    return true
  }

  /** The local file failed (a full disk, say): the row stays as it was, and its next try is not at once. */
  const fail = (id: string, error: unknown): void => {
    pace.pause(id, STORAGE_PAUSE_MS)
    options.log('the command queue could not go on', error)
  }

  /** Until the next command may go. While the platform is away, `kick` comes with its return. */
  const sleep = (id: string): void => {
    const mustWrite = steps.hasKept(id)
    if (!lanes.hasRoom(id) || (!mustWrite && !options.link(id))) return
    const now = steady.now()
    const next = [nextDueAt(local, id, now), nextCheckAt(local, id, now)].filter((at) => at !== null)
    const paused = pace.pauseMs(id)
    // A pause that ends lets go what is due already.
    const ms = Math.max(Math.min(...next.map((at) => at - now), mustWrite || paused > 0 ? 0 : Infinity), paused)
    if (Number.isFinite(ms)) sleepFor(id, ms)
  }
  const sleepFor = (id: string, ms: number): void => {
    timers.get(id)?.()
    timers.set(
      id,
      clock.after(Math.max(1, Math.ceil(Math.min(ms, LONGEST_SLEEP_MS))), () => {
        fill(id)
      }),
    )
  }

  const resume = (id: string, how: 'now' | 'as-asked'): void => {
    pace.resume(id, how)
    fill(id)
  }

  return {
    start: () => {
      upgrade()
      inTransaction(local, () => {
        recoverCommands(local, { now: steady.now(), settleMs: options.settleMs })
      })
      for (const id of connectionsWithWork(local)) fill(id)
    },
    kick: (id) => {
      resume(id, 'as-asked')
    },
    sendNow: (id) => {
      resume(id, 'now')
    },
    timesOf: (command) => steps.timesOf(command),
    runNow: async (command, link) => {
      try {
        return await steps.runNow(command, link)
      } finally {
        // What it left to be polled or looked for is waited for from now on.
        fill(command.connectionId)
      }
    },
    whenIdle: () => lanes.whenIdle(),
    stop: async () => {
      for (const cancel of timers.values()) cancel()
      timers.clear()
      let cancel = (): void => undefined
      const patience = new Promise<void>((resolve) => {
        cancel = clock.after(STOP_PATIENCE_MS, resolve)
      })
      const idle = lanes.whenIdle()
      await Promise.race([idle, patience])
      cancel()
      stopping.abort(new AppError('cancelled', 'the program stops'))
      await idle
    },
  }
}
