import { assertNever, type AppError, type AppErrorData } from '@shared/errors'
import type { Note } from '@shared/domain/entities'
import type { NoteFields } from '../store/local/outbox'

/** How one attempt to carry out a command ended. */
export type Outcome =
  | { kind: 'done'; note: Note }
  /** Nothing happened on the platform: try again, not before `waitMs` (null = by the back-off). */
  | { kind: 'retry'; waitMs: number | null; error: AppErrorData | null }
  | { kind: 'rejected'; reason: AppErrorData }
  | { kind: 'conflict'; theirs: NoteFields }
  /** It may or may not have happened. */
  | { kind: 'unknown'; error: AppErrorData }
  /** Several notes could be ours: only a person can tell. */
  | { kind: 'blocked'; candidates: string[] }
  /** The token is not accepted any more: the connection stops, the queue stays. */
  | { kind: 'unauthorized'; error: AppErrorData }

/**
 * What a failed request says about the command it carried. Only a failure that proves that nothing was carried out may
 * be retried; whatever leaves a doubt is `unknown`, however unlikely the doubt.
 */
export const outcomeOfFailure = (error: AppError): Outcome => {
  const data = error.toData()
  switch (error.code) {
    case 'dns':
    case 'refused':
    case 'locked':
      return { kind: 'retry', waitMs: null, error: data }
    case 'tls':
    case 'offline':
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
    case 'timeout':
    case 'platform-error':
    case 'bad-answer':
    case 'needs-connection':
    case 'blocked':
    case 'storage':
    case 'disk-full':
    case 'cancelled':
    case 'internal':
      return { kind: 'unknown', error: data }
    default:
      return assertNever(error.code)
  }
}

/** There was no way to the platform, or its certificate was refused: the request itself was never written. */
const NO_WAY = /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/
const NO_TRUST = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|ERR_TLS_CERT)/
const neverLeft = ({ code, details }: AppError): boolean => {
  const reason = String(details['reason'])
  return code === 'tls' ? NO_TRUST.test(reason) : NO_WAY.test(reason)
}

/** The same for a request that only reads: nothing can have happened, so every doubt is a retry. */
export const outcomeOfFailedRead = (error: AppError): Outcome => {
  const outcome = outcomeOfFailure(error)
  if (outcome.kind === 'unauthorized') return outcome
  if (outcome.kind === 'rejected' && error.code !== 'forbidden') return outcome
  return { kind: 'retry', waitMs: outcome.kind === 'retry' ? outcome.waitMs : null, error: error.toData() }
}

const retryAfter = (error: AppError): number | null => {
  const ms = error.details['retryAfterMs']
  return typeof ms === 'number' && ms >= 0 ? ms : null
}
