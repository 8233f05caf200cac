import type { Clock } from '../clock'

export interface Schedule {
  /** The next pass after an interval, give or take a tenth. */
  next(): void
  /** Earlier than the interval, where that is longer. */
  soon(ms: number): void
  at(ms: number): void
  stop(): void
  dueAt(): number | null
  intervalMs(): number
  setIntervalMs(ms: number): void
}

/** Platforms are not asked by all consoles in the same second. */
const JITTER = 0.1
export const LEAST_INTERVAL_MS = 10_000

/** When the next pass is due. A single timer; a later call replaces an earlier one. */
export const createSchedule = (options: { clock: Clock; random: () => number; intervalMs: number; onDue: () => void }): Schedule => {
  const { clock, random, onDue } = options
  let interval = Math.max(LEAST_INTERVAL_MS, options.intervalMs)
  let due: number | null = null
  let cancel: () => void = () => undefined

  const at = (ms: number): void => {
    cancel()
    due = clock.now() + ms
    cancel = clock.after(ms, () => {
      due = null
      onDue()
    })
  }
  const jittered = (ms: number): number => Math.round(ms * (1 - JITTER + 2 * JITTER * random()))
  return {
    at,
    next: () => {
      at(jittered(interval))
    },
    soon: (ms) => {
      at(Math.min(jittered(ms), interval))
    },
    stop: () => {
      cancel()
      due = null
    },
    dueAt: () => due,
    intervalMs: () => interval,
    setIntervalMs: (ms) => {
      interval = Math.max(LEAST_INTERVAL_MS, ms)
      if (due !== null && due > clock.now() + interval) at(interval)
    },
  }
}
