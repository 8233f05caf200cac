import { AppError } from '@shared/errors'
import type { Clock } from '../clock'

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const TIMEOUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT'])
const TLS = /^(CERT_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO)/

/** What a failed request may tell: the host and the library's code. Never the request: it carries the token. */
interface Failure {
  code: string
  host: string
}

/** Maps a request that got no answer. The original error is dropped on purpose: it holds headers with the token. */
export const networkError = ({ code, host }: Failure): AppError => {
  const details = { reason: code, host }
  if (code === 'ERR_CANCELED') return new AppError('cancelled', 'the request was cancelled', details)
  if (DNS.has(code)) return new AppError('dns', `the host name was not found: ${host}`, details)
  if (code === 'ECONNREFUSED') return new AppError('refused', `nothing listens at ${host}`, details)
  if (TIMEOUT.has(code)) return new AppError('timeout', `no answer in time from ${host}`, details)
  if (TLS.test(code)) return new AppError('tls', `the certificate of ${host} was refused: ${code}`, details)
  if (code === 'ERR_BAD_RESPONSE' || code === 'ERR_FR_MAX_BODY_LENGTH_EXCEEDED')
    return new AppError('bad-answer', 'the answer is too large', details)
  return new AppError('offline', `no answer from ${host}: ${code}`, details)
}

/** Nobody was reached, or whoever stands between gave no way through: a connection that broke later proves neither. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])
export const madeNoConnection = ({ code, details }: AppError): boolean =>
  code === 'dns' || code === 'refused' || code === 'timeout' || (code === 'offline' && !BROKEN.has(String(details['reason'])))

/** How one platform says in an answer's body what is wrong. */
export interface ErrorDialect {
  /** Its own words, for people. */
  texts(body: unknown): string[]
  /** Why each field is refused. */
  fields(body: unknown): Record<string, string[]>
  /** What a 409 is about: a lock that passes by itself, or a refusal that is final. */
  conflict(body: unknown): { passes: boolean; alias: string | null; objects: unknown[] }
}

interface Refusal {
  status: number
  body: unknown
  retryAfter: string | null
  /** Server time of the answer; null when it did not tell. */
  at: number | null
  clock: Pick<Clock, 'now'>
  dialect: ErrorDialect
}

/** Maps an answer that is no success. */
export const statusError = ({ status, body, retryAfter, at, clock, dialect }: Refusal): AppError => {
  const texts = dialect.texts(body)
  const details = { status, texts, ...(at === null ? {} : { at }) }
  if (status === 401) return new AppError('unauthorized', 'the token is not accepted', details)
  if (status === 403) return new AppError('forbidden', 'the token has no right to this', details)
  if (status === 404) return new AppError('not-found', 'there is no such thing', details)
  if (status === 405) return new AppError('not-offered', 'the platform does not offer this', details)
  if (status === 408) return new AppError('timeout', 'the platform gave up waiting for the request', details)
  if (status === 409) return conflictError(dialect.conflict(body), details)
  if (status === 423) return new AppError('locked', 'the object is locked', details)
  if (status === 425 || status === 429)
    return new AppError('rate-limited', 'too many requests', { ...details, retryAfterMs: retryAfterMs(retryAfter, clock.now()) })
  if (status >= 500) return new AppError('platform-error', `the platform failed: ${String(status)}`, details)
  if (status < 400) return new AppError('bad-answer', `the platform sends elsewhere: ${String(status)}`, details)
  return new AppError('rejected', `the platform refused: ${String(status)}`, { ...details, fields: dialect.fields(body) })
}

const conflictError = ({ passes, alias, objects }: ReturnType<ErrorDialect['conflict']>, details: Record<string, unknown>): AppError => {
  const more = { ...details, alias, objects: JSON.stringify(objects).length > MOST_OBJECTS ? [] : objects }
  if (passes) return new AppError('locked', 'the object is locked', more)
  return new AppError('rejected', `the platform refused: ${alias ?? 'a conflict'}`, more)
}

/** What is kept of an answer: it is stored with the command that it refused, and shown. */
const MOST_WORDS = 10
const MOST_LETTERS = 1_000
const MOST_OBJECTS = 4_000

export const boundedWords = (values: readonly unknown[]): string[] =>
  values
    .filter((value) => typeof value === 'string')
    .slice(0, MOST_WORDS)
    .map((text) => text.slice(0, MOST_LETTERS))

/** The lists of words among these, each under its field. */
export const boundedFields = (named: Readonly<Record<string, unknown>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(named)
      .filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
      .slice(0, MOST_WORDS)
      .map(([key, value]) => [key.slice(0, 100), boundedWords(value.slice(0, 3).map((one) => String(one).slice(0, 300)))]),
  )

const LONGEST_WAIT = 3_600_000

/** `Retry-After` in seconds or as a date; null when it is missing or makes no sense. */
export const retryAfterMs = (header: string | null, now: number): number | null => {
  if (header === null || header.trim() === '') return null
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), LONGEST_WAIT) : null
}
