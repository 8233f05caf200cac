import type { AppError, ErrorCode } from '@shared/errors'

const BASE_MS = 500
const LONGEST_MS = 30_000

/** Errors that mean that the platform did not answer. */
export const networkErrors = ['offline', 'timeout', 'dns', 'refused'] as const satisfies readonly ErrorCode[]
const NETWORK: ReadonlySet<ErrorCode> = new Set(networkErrors)
const PASSING: ReadonlySet<ErrorCode> = new Set([...NETWORK, 'locked', 'rate-limited', 'platform-error', 'bad-answer'])

/** The platform did not answer. */
export const isNetworkError = (error: AppError): boolean => NETWORK.has(error.code)
/** Worth another try later; everything else needs a person or another version. */
export const passesByItself = (error: AppError): boolean => PASSING.has(error.code)

/** Full jitter: anywhere between now and a bound that doubles with each attempt (from 0), but never before the platform allows. */
export const backoffMs = (
  attempt: number,
  { random, error, longestMs = LONGEST_MS }: { random: () => number; error?: AppError; longestMs?: number },
): number => {
  const jitter = random() * Math.min(longestMs, BASE_MS * 2 ** attempt)
  const asked = error?.code === 'rate-limited' ? error.details['retryAfterMs'] : null
  return Math.round(typeof asked === 'number' ? asked + jitter : jitter)
}
