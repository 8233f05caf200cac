import { taskThreads } from '../../electron/core/store/tasks/threads'

const hook = new URL('typescript-hook.mjs', import.meta.url).href

/** The program's own threads, from its sources. */
export const sourceThreads = () =>
  taskThreads(new URL('../../electron/core/store/tasks/worker.ts', import.meta.url), ['--no-warnings', '--import', hook])
