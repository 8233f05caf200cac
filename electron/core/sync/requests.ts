import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { backoffMs, isNetworkError, passesByItself } from './backoff'
import type { Limiter } from './limiter'
import { sleep, stopped } from './pausing'

/** What the end of a request tells about the connection to the platform. */
export interface ConnectivityReport {
  answered(): void
  unanswered(error: AppError): void
  online(): boolean
}
export interface RequestsOptions {
  limiter: Limiter
  clock: Clock
  random: () => number
  connectivity: ConnectivityReport
  onUnauthorized: () => void
}
export interface SendOptions {
  signal: AbortSignal
  urgent?: boolean
  /** How often at most, the first time included. */
  tries?: number
}
export interface Requests {
  send<T>(ask: (signal: AbortSignal) => Promise<T>, options: SendOptions): Promise<T>
}

const TRIES = 4
const LONGEST_PAUSE_MS = 8_000

/**
 * Sends through the connection's limiter and repeats what passes by itself, a bounded number of times. No slot is held
 * while waiting. Once the platform is known to be out of reach nothing is repeated: the error is thrown at once.
 */
export const createRequests = ({ limiter, clock, random, connectivity, onUnauthorized }: RequestsOptions): Requests => ({
  send: async (ask, { signal, urgent = false, tries = TRIES }) => {
    for (let attempt = 0; ; attempt++) {
      refuseStopped(signal)
      try {
        const answer = await limiter.run(() => ask(signal), urgent)
        connectivity.answered()
        return answer
      } catch (thrown) {
        refuseStopped(signal)
        const error = AppError.from(thrown)
        report(error, connectivity)
        if (error.code === 'unauthorized') onUnauthorized()
        if (!passesByItself(error) || attempt + 1 >= tries || !connectivity.online()) throw error
        await sleep(clock, backoffMs(attempt, { random, error, longestMs: LONGEST_PAUSE_MS }), signal)
      }
    }
  },
})

const refuseStopped = (signal: AbortSignal): void => {
  if (signal.aborted) throw stopped(signal)
}

/** Codes that only an answer can have; a fault of our own (`internal`, `storage`) says nothing about the network. */
const ANSWERED = new Set([
  'unauthorized',
  'forbidden',
  'rejected',
  'locked',
  'rate-limited',
  'platform-error',
  'bad-answer',
  'not-found',
  'not-offered',
])

const report = (error: AppError, connectivity: ConnectivityReport): void => {
  if (isNetworkError(error)) connectivity.unanswered(error)
  else if (ANSWERED.has(error.code)) connectivity.answered()
}
