import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { backoffMs, isNetworkError } from './backoff'
import type { ConnectivityReport } from './requests'

export interface ConnectivityOptions {
  clock: Clock
  random: () => number
  /** A cheap question to the platform; rejects when it does not answer. */
  ping: (signal: AbortSignal) => Promise<unknown>
  onChange: (online: boolean) => void
  onUnauthorized: () => void
}
export interface Connectivity extends ConnectivityReport {
  start(): void
  stop(): void
  checkNow(): void
  state(): { online: boolean; offlineSince: number | null; lastAnswerAt: number | null; nextTryAt: number | null }
}

/** With the ping's own limit of 5 s twice and a second between: said at the latest 42 s after the platform's last word. */
const CHECK_MS = 30_000
const SECOND_TRY_MS = 1_000
const MOST_UNANSWERED_PINGS = 2
const LONGEST_MS = 10_000

/**
 * Knows whether the platform can be reached. Every request reports here; when none does for 30 s, or one got no answer,
 * a ping asks. Two pings in a row without an answer make it offline, any answer makes it online again at once.
 */
export const createConnectivity = ({ clock, random, ping, onChange, onUnauthorized }: ConnectivityOptions): Connectivity => {
  let online = true
  let unansweredPings = 0
  let lastAnswerAt: number | null = null
  let firstUnansweredAt: number | null = null
  let nextTryAt: number | null = null
  let cancelTimer: () => void = () => undefined
  let asking: AbortController | null = null
  let started = false

  const schedule = (ms: number): void => {
    cancelTimer()
    if (!started) return
    nextTryAt = clock.now() + ms
    cancelTimer = clock.after(ms, () => void ask())
  }
  const answered = (): void => {
    lastAnswerAt = clock.now()
    firstUnansweredAt = null
    unansweredPings = 0
    if (asking === null) schedule(CHECK_MS)
    if (online) return
    online = true
    onChange(true)
  }
  /** A request of somebody else's got no answer: one may be a dropped packet, so the ping is asked at once. */
  const unanswered = (): void => {
    firstUnansweredAt ??= clock.now()
    if (online && unansweredPings === 0 && asking === null) schedule(0)
  }
  const pingUnanswered = (): void => {
    unansweredPings++
    firstUnansweredAt ??= clock.now()
    if (!online || unansweredPings < MOST_UNANSWERED_PINGS) return
    online = false
    onChange(false)
  }
  const pauseOf = (): number => Math.max(SECOND_TRY_MS, backoffMs(Math.min(unansweredPings, 6), { random, longestMs: LONGEST_MS }))

  const ask = async (): Promise<void> => {
    if (asking !== null || !started) return
    const controller = new AbortController()
    asking = controller
    nextTryAt = null
    try {
      await ping(controller.signal)
      answered()
    } catch (thrown) {
      if (!controller.signal.aborted) judge(AppError.from(thrown))
    } finally {
      asking = null
      schedule(unansweredPings === 0 ? CHECK_MS : online ? SECOND_TRY_MS : pauseOf())
    }
  }
  const judge = (error: AppError): void => {
    if (isNetworkError(error)) pingUnanswered()
    else answered()
    if (error.code === 'unauthorized') onUnauthorized()
  }

  return {
    answered,
    unanswered,
    online: () => online,
    start: () => {
      started = true
      schedule(CHECK_MS)
    },
    stop: () => {
      started = false
      nextTryAt = null
      cancelTimer()
      asking?.abort()
    },
    checkNow: () => {
      if (started) schedule(0)
    },
    state: () => ({
      online,
      offlineSince: online ? null : (lastAnswerAt ?? firstUnansweredAt),
      lastAnswerAt,
      nextTryAt: online ? null : nextTryAt,
    }),
  }
}
