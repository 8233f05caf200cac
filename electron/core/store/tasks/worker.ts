import { parentPort, workerData } from 'node:worker_threads'
import { storageError } from '../storage-error'
import { runTask } from './run-task'
import type { StoreTasks, TaskMessage, TaskName } from './tasks'

/** A thread that does one task and ends. */
const say = (message: TaskMessage): void => {
  parentPort?.postMessage(message)
}
const { name, input } = workerData as { name: TaskName; input: StoreTasks[TaskName]['input'] }
try {
  const value = runTask(name, input, (share) => {
    say({ share })
  })
  say({ value })
} catch (error) {
  say({ error: storageError(error).toData() })
}
