import type { Handlers } from '@shared/ipc/contract'
import type { JobResult, JobRow } from '@shared/ipc/jobs'
import { CONNECTION, NOW } from './clients'
import type { makeState } from './state'

/** Jobs that are done as soon as they begin. */
export const makeJobs = (state: Pick<ReturnType<typeof makeState>, 'emit'>) => {
  let rows: JobRow[] = []
  const tell = (): void => state.emit('jobs', { rows })
  const begin = (result: Exclude<JobResult, { kind: 'batch' }>, title: string): { jobId: string } => {
    const id = `job-${String(rows.length + 1)}`
    const times = { startedAt: NOW, endedAt: NOW, progress: null, error: null }
    rows = [{ id, kind: result.kind, title, connectionId: CONNECTION, state: 'done', ...times, result, seen: false }, ...rows]
    tell()
    return { jobId: id }
  }
  const calls: Handlers<'jobs'> = {
    list: () => ({ rows }),
    cancel: () => ({}),
    again: ({ id }) => ({ id }),
    seen: () => {
      rows = rows.map((row) => ({ ...row, seen: true }))
      tell()
      return {}
    },
    drop: ({ id }) => {
      rows = rows.filter((row) => row.id !== id)
      tell()
      return {}
    },
    checkStore: () => {
      const files = (['local.db', 'cache.db'] as const).map((name) => ({ name, pages: 1200, damaged: 0, sound: true }))
      return { id: begin({ kind: 'check-store', files, kept: { whole: 0, damaged: 0, missing: 0 } }, '').jobId }
    },
  }
  return { begin, calls }
}
