import type { Clock } from '../clock'
import type { Outcome } from './kind'

/** How fast each platform is asked, and how slow it has been. All by time that has passed. */
export interface Pace {
  backoffMs(attempts: number): number
  /** Milliseconds in which the platform is not asked; Infinity = until somebody says otherwise. */
  pauseMs(connectionId: string): number
  pause(connectionId: string, ms: number): void
  /** How the last attempt ended: a platform that does not answer is not asked for every command in turn. */
  heard(connectionId: string, outcome: Outcome): void
  /** Ends the back-off; what the platform asked for with `Retry-After` stays, unless a person wants it now. */
  resume(connectionId: string, now: 'now' | 'as-asked'): void
  /** An attempt took so long. */
  took(connectionId: string, ms: number): void
  /** So many commands may be under way: they wait for each other's commits and requests, and none for long. */
  lanes(connectionId: string): number
  /** How long after a send this platform may still be at it. */
  settleMs(connectionId: string): number
  /** How long after an answered change another console's write, begun before it, may still arrive. */
  raceMs(connectionId: string): number
}

/** Of a platform that answers at once so many commands share a commit; of a slow one none is begun before its time. */
const LEAST_LANES = 3
const MOST_LANES = 24
const QUICK_MS = 150
const BACKOFF_BASE_MS = 500
const BACKOFF_CAP_MS = 60_000
/** A platform seen this slow is given three times as long, up to five minutes; after an hour the slowness is forgotten. */
const SLOW_TIMES = 3
const LONGEST_SETTLE_MS = 300_000
const REMEMBER_MS = 3_600_000
const LEAST_RACE_MS = 2000
const LONGEST_RACE_MS = 30_000
const RACE_TIMES = 5

export const createPace = (options: { clock: Clock; random: () => number; settleMs: number }): Pace => {
  const { clock } = options
  const pausedUntil = new Map<string, number>()
  /** By the platform's own word. */
  const askedUntil = new Map<string, number>()
  const failures = new Map<string, number>()
  const lanes = new Map<string, number>()
  const slowest = new Map<string, { ms: number; at: number }>()

  const backoffMs = (attempts: number): number => Math.ceil(options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempts))
  const pause = (id: string, ms: number): void => {
    pausedUntil.set(id, clock.elapsed() + ms)
  }
  const slow = (id: string): number => {
    const found = slowest.get(id)
    return found && clock.elapsed() - found.at < REMEMBER_MS ? found.ms : 0
  }
  return {
    backoffMs,
    pause,
    pauseMs: (id) => Math.max(0, Math.max(pausedUntil.get(id) ?? 0, askedUntil.get(id) ?? 0) - clock.elapsed()),
    heard: (id, outcome) => {
      if (outcome.kind === 'unauthorized') pause(id, Number.POSITIVE_INFINITY)
      else if ((outcome.kind === 'retry' && outcome.error !== null) || outcome.kind === 'unknown') {
        const count = (failures.get(id) ?? 0) + 1
        failures.set(id, count)
        pause(id, backoffMs(count))
        if (outcome.kind === 'retry' && outcome.waitMs !== null) askedUntil.set(id, clock.elapsed() + outcome.waitMs)
      } else failures.delete(id)
    },
    resume: (id, how) => {
      pausedUntil.delete(id)
      failures.delete(id)
      if (how === 'now') askedUntil.delete(id)
    },
    lanes: (id) => lanes.get(id) ?? LEAST_LANES,
    took: (id, ms) => {
      const now = lanes.get(id) ?? LEAST_LANES
      lanes.set(id, ms <= QUICK_MS ? Math.min(MOST_LANES, now + 1) : Math.max(LEAST_LANES, ms > QUICK_MS * 4 ? LEAST_LANES : now - 1))
      if (ms >= slow(id)) slowest.set(id, { ms, at: clock.elapsed() })
    },
    settleMs: (id) => Math.max(options.settleMs, Math.min(LONGEST_SETTLE_MS, slow(id) * SLOW_TIMES)),
    raceMs: (id) => Math.max(LEAST_RACE_MS, Math.min(LONGEST_RACE_MS, slow(id) * RACE_TIMES)),
  }
}
