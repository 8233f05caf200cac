import { Worker } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'

const hook = new URL('typescript-hook.mjs', import.meta.url).href
const source = fileURLToPath(new URL('../../electron/core/jobs/worker.ts', import.meta.url))

/** A job's thread from the source as it stands, as a test's core starts it. */
export const sourceWorker = (): Worker =>
  new Worker(source, { execArgv: ['--disable-warning=ExperimentalWarning', '--import', hook], stderr: false })
