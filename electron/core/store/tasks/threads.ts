import { Worker } from 'node:worker_threads'
import { AppError, AppErrorData } from '@shared/errors'
import { storageError } from '../storage-error'
import { tasksHere } from './run-task'
import type { TaskMessage, TaskRunner } from './tasks'

/**
 * Runs each task in a thread of its own, which ends with it. Where no thread can be had, the task is done here: that is
 * slow, but a file that nobody looked at would be worse.
 * @param entry The compiled `worker.ts`.
 * @param execArgv What Node needs to run it, where it is not compiled.
 */
export const taskThreads = (entry: URL, execArgv?: readonly string[]): TaskRunner => {
  const running = new Set<Worker>()
  return {
    run: (name, input, tell) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(entry, { workerData: { name, input }, ...(execArgv ? { execArgv: [...execArgv] } : {}) })
        running.add(worker)
        let couldNotBegin = false
        worker.on('message', (message: TaskMessage) => {
          if ('share' in message) tell?.(message.share)
          else if ('error' in message) reject(carried(message.error))
          else resolve(message.value as never)
        })
        // What a task throws comes as a message: this is a thread that could not begin, or was too large.
        worker.on('error', (error) => {
          couldNotBegin = !(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
          if (!couldNotBegin) reject(storageError(error))
          else tasksHere.run(name, input, tell).then(resolve, reject)
        })
        worker.on('exit', () => {
          running.delete(worker)
          // Whoever has had the answer is not told.
          if (!couldNotBegin) reject(new AppError('cancelled', `the task ${name} was stopped`))
        })
      }),
    stop: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}

const carried = (data: unknown): AppError => {
  const { code, message, details } = AppErrorData.parse(data)
  return new AppError(code, message, details)
}
