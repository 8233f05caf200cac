import type { Cloud } from './cloud'

/** The header that tells which job an answer has started. */
export const TASKS = 'x-esu-tasks'

/** Work that takes a while. A job can be asked for until it is finished, then it is gone (404): that is how the end is told. */
export interface Job {
  readonly id: string
  readonly name: string
  readonly due: number
  readonly finish: () => void
  /** The work was not done: what it had locked is free again. */
  readonly fail: () => void
}
export type JobWork = Pick<Job, 'finish' | 'fail'>

export interface Jobs {
  start(name: string, work: JobWork): string
  find(id: string): Job | undefined
  /** A job that has failed stays, with that status. */
  hasFailed(id: string): boolean
  /** So many of the jobs that begin from now on will fail at their end; and how long a job lasts, in real ms. */
  order(orders: { failing?: number | undefined; durationMs?: number | undefined }): void
  /** Finishes what is due; called before every request, so that no timer is needed and a fake clock works. */
  settle: () => void
  /** Nothing of what is running ends any more. */
  drop: () => void
}

/** Jobs run by real time: with a stopped simulated clock a lock must still end. */
export function jobsOf(cloud: Cloud, realNow: () => number, durationMs: number, newId: () => string): Jobs {
  const running = new Map<string, Job>()
  const failed = new Map<string, Job>()
  const doomed = new Set<string>()
  let failing = 0
  let lasts = durationMs
  return {
    start: (name, work) => {
      const id = newId()
      running.set(id, { id, name, due: realNow() + lasts, ...work })
      if (failing-- > 0) doomed.add(id)
      failing = Math.max(0, failing)
      return id
    },
    find: (id) => running.get(id) ?? failed.get(id),
    hasFailed: (id) => failed.has(id),
    order: (orders) => {
      failing = orders.failing ?? failing
      lasts = orders.durationMs ?? lasts
    },
    drop: () => {
      running.clear()
      failed.clear()
      doomed.clear()
    },
    settle: () => {
      const due = [...running.values()].filter((job) => job.due <= realNow())
      for (const job of due) {
        running.delete(job.id)
        const fails = doomed.delete(job.id)
        if (fails) failed.set(job.id, job)
        cloud.store.transaction(() => {
          if (fails) job.fail()
          else job.finish()
        })
      }
    },
  }
}
