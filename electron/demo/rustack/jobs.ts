import type { Cloud } from './cloud'

/** The header that tells which job an answer has started. */
export const TASKS = 'x-esu-tasks'

/** Work that takes a while. A job can be asked for until it is finished, then it is gone (404): that is how the end is told. */
export interface Job {
  readonly id: string
  readonly name: string
  readonly due: number
  readonly finish: () => void
}

export interface Jobs {
  start(name: string, finish: () => void): string
  find(id: string): Job | undefined
  /** Finishes what is due; called before every request, so that no timer is needed and a fake clock works. */
  settle: () => void
  /** Nothing of what is running ends any more. */
  drop: () => void
}

/** Jobs run by real time: with a stopped simulated clock a lock must still end. */
export function jobsOf(cloud: Cloud, realNow: () => number, durationMs: number, newId: () => string): Jobs {
  const running = new Map<string, Job>()
  return {
    start: (name, finish) => {
      const id = newId()
      running.set(id, { id, name, due: realNow() + durationMs, finish })
      return id
    },
    find: (id) => running.get(id),
    drop: () => {
      running.clear()
    },
    settle: () => {
      const due = [...running.values()].filter((job) => job.due <= realNow())
      for (const job of due) {
        running.delete(job.id)
        cloud.store.transaction(() => {
          job.finish()
        })
      }
    },
  }
}
