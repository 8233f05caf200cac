import type { Worker } from 'node:worker_threads'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import type { CarryOut, FromThread, JobEnd, ThreadOrder } from './order'

/** A job that has not ended by itself so long after it was cancelled is ended from outside. */
const PATIENCE_MS = 100

export interface ThreadHost {
  /** The host knows where the thread's code lies. */
  createWorker: () => Worker
  dataFolder: string
  key: string
  clock: Pick<Clock, 'after'>
}

/** Carries each job out in a thread of its own. One that crashes is a job that failed; the core goes on. */
export const inThreads =
  ({ createWorker, dataFolder, key, clock }: ThreadHost): CarryOut =>
  (order, hooks) => {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const ended = Promise.withResolvers<JobEnd>()
    let cancelled = false
    let told: JobEnd | null = null
    let cancelPatience = (): void => undefined
    const worker = createWorker()
    const hear = (message: FromThread): void => {
      switch (message.type) {
        case 'progress':
          hooks.onProgress(message.progress)
          return
        case 'keep':
          hooks.onKeep(message.file)
          return
        case 'doubt':
          hooks.onDoubt(message.id, message.state)
          return
        case 'done':
          told = { state: 'done', result: message.result }
          return
        case 'failed':
          told = message.error.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', error: failureOf(message) }
      }
    }
    worker.on('message', hear)
    // Heard before the exit: what nobody caught, a thread that could not be started, or memory that ran out.
    worker.on('error', (error) => {
      told = { state: 'failed', error: new AppError('internal', 'the thread of a job ended with an error', {}, { cause: error }) }
    })
    worker.on('exit', (code) => {
      cancelPatience()
      if (told === null && cancelled) told = { state: 'cancelled' }
      ended.resolve(told ?? { state: 'failed', error: new AppError('internal', `the thread of a job ended with ${String(code)}`) })
    })
    worker.postMessage({ ...order, dataFolder, key, stop } satisfies ThreadOrder)
    return {
      ended: ended.promise,
      cancel: () => {
        if (cancelled) return
        cancelled = true
        Atomics.store(new Int32Array(stop), 0, 1)
        cancelPatience = clock.after(PATIENCE_MS, () => {
          // Its code ends here. What SQLite is in the middle of ends by itself, and nobody waits for that.
          void worker.terminate()
          ended.resolve(told ?? { state: 'cancelled' })
        })
      },
    }
  }

const failureOf = ({ error, whole }: Extract<FromThread, { type: 'failed' }>): AppError =>
  new AppError(error.code, error.message, error.details, { cause: new Error(whole) })
