import { AppError } from '@shared/errors'
import type { QueueParts } from './queue-options'

/** A request is given up in time, and when the program stops. */
export const withTimeout = async <T>(
  { clock, requestTimeoutMs, stopping }: Pick<QueueParts, 'clock' | 'requestTimeoutMs' | 'stopping'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController()
  const cancel = clock.after(requestTimeoutMs, () => {
    controller.abort(new AppError('timeout', 'no answer in time'))
  })
  try {
    return await work(AbortSignal.any([controller.signal, stopping]))
  } finally {
    cancel()
  }
}
