import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { backoffMs, isNetworkError, passesByItself } from './backoff'
import type { Gate } from './gate'
import { sleep, stopped } from './pausing'

/** What a request's end says about the line. */
export interface LineReport {
  heard(): void
  unheard(error: AppError): void
  online(): boolean
}
export interface RequestsOptions {
  gate: Gate
  clock: Clock
  random: () => number
  line: LineReport
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
 * Sends through the connection's gate and repeats what passes by itself, a bounded number of times. No slot is held
 * while waiting. Once the line is known to be dead there is no point in repeating: the error goes up at once.
 */
export const createRequests = ({ gate, clock, random, line, onUnauthorized }: RequestsOptions): Requests => ({
  send: async (ask, { signal, urgent = false, tries = TRIES }) => {
    for (let attempt = 0; ; attempt++) {
      refuseStopped(signal)
      try {
        const answer = await gate.run(() => ask(signal), urgent)
        line.heard()
        return answer
      } catch (thrown) {
        refuseStopped(signal)
        const error = AppError.from(thrown)
        report(error, line)
        if (error.code === 'unauthorized') onUnauthorized()
        if (!passesByItself(error) || attempt + 1 >= tries || !line.online()) throw error
        await sleep(clock, backoffMs(attempt, { random, error, longestMs: LONGEST_PAUSE_MS }), signal)
      }
    }
  },
})

const refuseStopped = (signal: AbortSignal): void => {
  if (signal.aborted) throw stopped(signal)
}

/** Codes that only an answer can have; a fault of our own (`internal`, `storage`) says nothing about the line. */
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

const report = (error: AppError, line: LineReport): void => {
  if (isNetworkError(error)) line.unheard(error)
  else if (ANSWERED.has(error.code)) line.heard()
}
