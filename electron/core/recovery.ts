import { AppError } from '@shared/errors'
import type { Result } from '@shared/ipc/call'
import { StoreChoice } from '@shared/ipc/shell'
import type { Clock } from './clock'
import { asAppError } from './features/router'
import type { TaskRunner } from './store/tasks/tasks'

interface ClosedStore {
  folder: string
  key: string | null
  clock: Pick<Clock, 'now'>
  /** Whole files are read: the core still hears that it is to end. */
  tasks: TaskRunner
}

/** Answers for a store that does not open. */
export const recover = async ({ folder, key, clock, tasks }: ClosedStore, name: string, input: unknown): Promise<Result<unknown>> => {
  try {
    if (key === null) throw new AppError('rejected', 'a temporary workspace has no files')
    const store = { folder, key, now: clock.now() }
    if (name === 'choices') return { ok: true, value: await tasks.run('choices', store) }
    if (name !== 'take') throw new AppError('not-found', `no such call: ${name}`)
    await tasks.run('take', { ...store, choice: StoreChoice.parse(input) })
    return { ok: true, value: {} }
  } catch (error) {
    return { ok: false, error: asAppError(error).toData() }
  }
}
