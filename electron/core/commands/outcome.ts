import { AppError, assertNever } from '@shared/errors'
import type { Attempt, Outcome } from './kind'

/** What can come of a request that failed: it carried no answer. */
export type Failed = Extract<Outcome<never, never, never>, { kind: 'retry' | 'rejected' | 'unknown' | 'unauthorized' }>

/** Nothing happened, and nothing stands against sending it now. */
export const nothingSent = { kind: 'retry', waitMs: 0, error: null } as const satisfies Failed

/** Sends the one request that changes something. */
export const write = async <A>(attempt: Attempt, ask: () => Promise<A>): Promise<{ kind: 'done'; answer: A } | Failed> => {
  try {
    return { kind: 'done', answer: await ask() }
  } catch (error) {
    return outcomeOfFailure(failureOf(error, attempt))
  }
}

/** Sends a request that only reads. */
export const read = async <T>(attempt: Attempt, ask: () => Promise<T>): Promise<{ kind: 'read'; value: T } | Failed> => {
  try {
    return { kind: 'read', value: await ask() }
  } catch (error) {
    return outcomeOfFailedRead(failureOf(error, attempt))
  }
}

/** A refusal to read says nothing about what was written before: the doubt stays. */
export const undecided = (failed: Failed): Failed =>
  failed.kind === 'rejected' ? { kind: 'retry', waitMs: null, error: failed.reason } : failed

/** Raw words of a fault inside belong into the log, not into a row that a page reads. */
const failureOf = (error: unknown, { log }: Pick<Attempt, 'log'>): AppError => {
  const failure = AppError.from(error)
  if (failure.code !== 'internal') return failure
  log('an attempt to carry out a command failed inside the program', error)
  return new AppError('internal', 'something went wrong inside the program')
}

/**
 * What a failed request says about the command it carried. Only a failure that proves that nothing was carried out may
 * be retried; whatever leaves a doubt is `unknown`, however unlikely the doubt.
 */
export const outcomeOfFailure = (error: AppError): Failed => {
  const data = error.toData()
  switch (error.code) {
    case 'dns':
    case 'refused':
    case 'locked':
      return { kind: 'retry', waitMs: null, error: data }
    case 'tls':
    case 'offline':
    case 'timeout':
    case 'cancelled':
      return neverLeft(error) ? { kind: 'retry', waitMs: null, error: data } : { kind: 'unknown', error: data }
    case 'rate-limited':
      return { kind: 'retry', waitMs: retryAfter(error), error: data }
    case 'unauthorized':
      return { kind: 'unauthorized', error: data }
    case 'invalid-input':
    case 'not-found':
    case 'forbidden':
    case 'rejected':
    case 'not-offered':
      return { kind: 'rejected', reason: data }
    case 'platform-error':
    case 'bad-answer':
    case 'needs-connection':
    case 'blocked':
    case 'storage':
    case 'disk-full':
    case 'internal':
      return { kind: 'unknown', error: data }
    default:
      return assertNever(error.code)
  }
}

/** Waited for its turn among the connection's requests, and was given up before it came. */
const NOT_SENT = 'NOT_SENT'
/** There was no way to the platform, or its certificate was refused: the request itself was never written. */
const NO_WAY = /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/
const NO_TRUST = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|ERR_TLS_CERT)/
const neverLeft = ({ code, details }: AppError): boolean => {
  const reason = String(details['reason'])
  if (reason === NOT_SENT) return true
  return code === 'tls' ? NO_TRUST.test(reason) : NO_WAY.test(reason)
}

/** The same for a request that only reads: nothing can have happened, so every doubt is a retry. */
export const outcomeOfFailedRead = (error: AppError): Failed => {
  const outcome = outcomeOfFailure(error)
  if (outcome.kind === 'unauthorized') return outcome
  if (outcome.kind === 'rejected' && error.code !== 'forbidden') return outcome
  return { kind: 'retry', waitMs: outcome.kind === 'retry' ? outcome.waitMs : null, error: error.toData() }
}

const retryAfter = (error: AppError): number | null => {
  const ms = error.details['retryAfterMs']
  return typeof ms === 'number' && ms >= 0 ? ms : null
}
