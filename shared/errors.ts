import { z } from 'zod'

/**
 * Every error that crosses a process border has one of these codes. The code says whose fault it is and the renderer
 * owns the words for it; `message` is for the log and is never shown as it is.
 */
export const errorCodes = [
  'invalid-input', // the caller's fault: details.fields names the field
  'not-found',
  'offline', // no answer from the platform at all
  'timeout',
  'tls', // certificate refused: details.reason is the TLS library's code
  'dns', // host name not found
  'refused', // nothing listens at the address
  'unauthorized', // 401: the token is not accepted any more
  'forbidden', // 403
  'rejected', // 400 or a final 409: details.fields or details.texts carry the platform's own words
  'locked', // 409 object_locked: worth a retry
  'rate-limited', // 429: details.retryAfterMs
  'platform-error', // 5xx
  'bad-answer', // not the JSON that was expected
  'not-offered', // the deployment has no such feature
  'needs-connection', // never queued: wants a live platform
  'blocked', // outcome unknown, waits for a person
  'storage', // the local file could not be read or written: details.reason
  'disk-full',
  'cancelled',
  'internal',
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

export const AppErrorData = z.object({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()),
})
export type AppErrorData = z.infer<typeof AppErrorData>

const retryableCodes: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'locked', 'rate-limited', 'platform-error', 'bad-answer'])

/** An error with a code; anything else that is thrown becomes `internal` at the border. */
export class AppError extends Error implements AppErrorData {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.retryable = retryableCodes.has(code)
    this.details = details
  }

  static from(error: unknown): AppError {
    if (error instanceof AppError) return error
    return new AppError('internal', error instanceof Error ? error.message : String(error), {}, { cause: error })
  }

  toData(): AppErrorData {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details }
  }
}

/** Closes a union: a case that was forgotten fails to compile, and fails loudly if it gets here anyway. */
export const assertNever = (value: never): never => {
  throw new AppError('internal', `unexpected value: ${JSON.stringify(value)}`)
}
