import { AppError } from '@shared/errors'
import type { Clock } from '../clock'

const cancelled = (): AppError => new AppError('cancelled', 'the work was stopped')

/** Why the work was stopped: the reason given to the signal, where it is one of ours. */
export const stopped = (signal: AbortSignal): AppError => (signal.reason instanceof AppError ? signal.reason : cancelled())

/** Waits by the injected clock; rejects as soon as the work is stopped. */
export const sleep = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(stopped(signal))
      return
    }
    const stop = (): void => {
      cancel()
      reject(stopped(signal))
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })

/** Runs pieces of work one to a turn of the event loop, in their order. */
export type SerialQueue = <T>(work: () => T) => Promise<T>

/** Three lists that answer at once would otherwise store three pages at one stretch. */
export const createSerialQueue = (): SerialQueue => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(yieldToEventLoop).then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** Lets everything else that waits in this process run: between two slices of work. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
