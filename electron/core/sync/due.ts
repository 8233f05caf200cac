import type { Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import { descriptorOf } from '../store/datasets'

/** When a dataset is due, and how its attempts went: what is kept of it on disk. */
export interface Schedule {
  /** Our clock; null = at once. */
  nextAt: number | null
  /** Failed attempts in a row. */
  failures: number
  /** Complete walks in a row that changed nothing. */
  unchanged: number
}
export interface Timing {
  now: number
  /** When the round began that this walk belongs to: datasets of one round stay together. */
  roundAt: number
  intervalMs: number
  /** 0 to 1, exclusive. */
  random: number
}

/** Platforms are not asked by all consoles in the same second. */
const JITTER = 0.1
export const LEAST_INTERVAL_MS = 10_000
/** Between two walks of one list, however long a walk takes. */
const LEAST_PAUSE_MS = 1_000
const DAY_MS = 86_400_000

const FIRST_RETRY_MS = 5_000
/** A list that never works is still asked now and then: it may be mended. */
const LONGEST_RETRY_MS = 300_000

/** Walks without a change before a list is walked half as often, and again half as often. */
const REST_AFTER = 10
const LONGEST_REST = 16

/** How many intervals lie between two walks of a dataset that has not changed for so long. */
export const restOf = (dataset: Dataset, unchanged: number): number =>
  descriptorOf(dataset).rests ? Math.min(LONGEST_REST, 2 ** Math.floor(unchanged / REST_AFTER)) : 1

const jittered = (ms: number, random: number): number => Math.round(ms * (1 - JITTER + 2 * JITTER * random))

/** After a complete walk: an interval after its round began, daily at least. */
export const afterSuccess = (dataset: Dataset, timing: Timing, { before, changed }: { before: Schedule; changed: boolean }): Schedule => {
  const { now, roundAt, intervalMs, random } = timing
  const unchanged = changed ? 0 : before.unchanged + 1
  const wait = Math.min(DAY_MS, jittered(intervalMs * restOf(dataset, unchanged), random))
  return { nextAt: Math.max(roundAt + wait, now + LEAST_PAUSE_MS), failures: 0, unchanged }
}

type Failure = Pick<AppErrorData, 'code' | 'details'>

/** After a failed attempt: 5 s, twice as long each time, up to the longer of the interval and five minutes; never before the platform allows. */
export const afterFailure = ({ now, intervalMs, random }: Omit<Timing, 'roundAt'>, before: Schedule, error: Failure): Schedule => {
  const failures = before.failures + 1
  const longest = Math.max(intervalMs, LONGEST_RETRY_MS)
  const wait = Math.min(longest, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20))
  const asked = error.code === 'rate-limited' ? error.details['retryAfterMs'] : null
  return { unchanged: before.unchanged, failures, nextAt: now + Math.max(jittered(wait, random), typeof asked === 'number' ? asked : 0) }
}

/** How long from now; 0 = due. A due time beyond anything that is ever set comes from a clock that was wrong. */
export const waitOf = ({ nextAt }: Pick<Schedule, 'nextAt'>, { now, intervalMs }: Pick<Timing, 'now' | 'intervalMs'>): number => {
  if (nextAt === null) return 0
  const wait = nextAt - now
  const possible = Math.max(DAY_MS, intervalMs, LONGEST_RETRY_MS) * (1 + JITTER)
  return wait > possible ? 0 : Math.max(0, wait)
}
