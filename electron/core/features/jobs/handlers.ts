import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import type { JobsService } from './service'

export const jobsHandlers = (jobs: JobsService, options: { checks: boolean }): Handlers<'jobs'> => ({
  list: () => ({ rows: jobs.rows() }),
  cancel: ({ id }) => {
    jobs.cancel(id)
    return {}
  },
  again: ({ id }) => ({ id: jobs.again(id) }),
  seen: () => {
    jobs.seen()
    return {}
  },
  drop: ({ id }) => {
    jobs.drop(id)
    return {}
  },
  checkStore: () => {
    if (!options.checks) throw new AppError('not-offered', 'a workspace in memory has no files')
    const running = jobs.rows().find(({ kind, endedAt }) => kind === 'check-store' && endedAt === null)
    return { id: running?.id ?? jobs.begin({ kind: 'check-store', title: '', connectionId: null, input: {} }) }
  },
})
