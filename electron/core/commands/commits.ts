import type { Clock } from '../clock'

/** Runs work in one transaction of a file. */
export type InOne = <T>(work: () => T) => T
export interface CommitsOptions {
  clock: Clock
  local: InOne
  cache: InOne
  /** Runs it once what else is ready has run. */
  soon: (work: () => void) => void
}
/**
 * Writes what several commands have to write in one commit. Every step of a command is on disk before the next one, and a
 * commit of its own for each would cost more than the requests: so a step waits a moment for those of the others. One
 * command alone waits for nobody.
 */
export interface Commits {
  /** Something is under way that may have to write: it is waited for. @returns what says that it has ended. */
  join(): () => void
  /** In the next commit of local.db. Ends when it is on disk; one that fails fails alone. `work` may run twice. */
  local<T>(work: () => T): Promise<T>
  /** The same for what nobody waits for: it goes along with the next, or a moment later. */
  localAlong<T>(work: () => T): Promise<T>
  /** The same for cache.db. */
  cache<T>(work: () => T): Promise<T>
}

/** The longest that a step waits for others. */
const GATHER_MS = 20

export const createCommits = ({ clock, soon, ...files }: CommitsOptions): Commits => {
  const local = createGroup(files.local)
  const cache = createGroup(files.cache)
  let underWay = 0
  let along = 0
  let planned = false
  let cancel: (() => void) | null = null

  const flush = (): void => {
    planned = false
    along = 0
    cancel?.()
    cancel = null
    local.flush()
    cache.flush()
  }
  const flushSoon = (): void => {
    if (planned) return
    planned = true
    soon(flush)
  }
  /** Nobody else can come, or somebody has waited long enough. */
  const plan = (): void => {
    const size = local.size() + cache.size()
    if (size === 0) return
    if (size - along >= Math.max(1, underWay) || underWay === 0 || cache.size() > 0) flushSoon()
    else cancel ??= clock.after(GATHER_MS, flushSoon)
  }
  const added = <T>(result: Promise<T>): Promise<T> => {
    plan()
    return result
  }
  return {
    join: () => {
      underWay++
      return () => {
        underWay--
        plan()
      }
    },
    local: (work) => added(local.add(work)),
    localAlong: (work) => {
      along++
      return added(local.add(work))
    },
    cache: (work) => added(cache.add(work)),
  }
}

interface Waiting {
  run: () => unknown
  done: (value: never) => void
  failed: (error: unknown) => void
}

const createGroup = (inOne: InOne) => {
  let waiting: Waiting[] = []
  const alone = ({ run, done, failed }: Waiting): void => {
    try {
      done(inOne(run) as never)
    } catch (error) {
      failed(error)
    }
  }
  return {
    size: () => waiting.length,
    add: <T>(run: () => T): Promise<T> =>
      new Promise<T>((done, failed) => {
        waiting.push({ run, done, failed })
      }),
    flush: (): void => {
      const all = waiting
      waiting = []
      if (all.length < 2) return all.forEach(alone)
      try {
        const values = inOne(() => all.map(({ run }) => run()))
        for (const [at, { done }] of all.entries()) done(values[at] as never)
      } catch {
        all.forEach(alone)
      }
    },
  }
}
