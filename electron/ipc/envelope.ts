import { AppError } from '@shared/errors'
import type { Result } from '@shared/ipc/call'

/** No message is larger: a screen asks for a window of rows, never for a table. */
export const LARGEST_MESSAGE = 256 * 1024

/** Bytes of a value as JSON; null = it is no JSON at all. */
export const sizeOf = (value: unknown): number | null => {
  try {
    // JSON has no word for undefined, whatever the types say.
    const text = JSON.stringify(value) as string | undefined
    return Buffer.byteLength(text ?? '')
  } catch {
    return null
  }
}

export const failure = (error: unknown): Result<never> => ({ ok: false, error: AppError.from(error).toData() })

/** What a page gets when a fault is our own: the log has the rest, under the same number. */
export const hiddenFailure = (number: string): Result<never> =>
  failure(new AppError('internal', 'something went wrong inside the program', { number }))
