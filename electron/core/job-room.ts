import { AppError } from '@shared/errors'
import { createKeptFiles, type KeptFiles } from './files/shelf'
import { asAppError } from './features/router'
import type { Workspace } from './features/workspace'
import { inTheCore } from './jobs/inline'
import type { JobEnd } from './jobs/order'
import { createJobs, type Jobs } from './jobs/runner'
import { inThreads, type ThreadHost } from './jobs/thread'
import type { TellFault } from './log'

export interface JobRoomOptions {
  workspace: Workspace
  tell: TellFault
  /** Where the files are; null = a workspace that keeps nothing. */
  disk: { dataFolder: string; key: string } | null
  createWorker: ThreadHost['createWorker']
  /** A file of the store was found damaged: its next opening looks at once. */
  suspect: (name: 'local.db' | 'cache.db') => void
  onChanged: () => void
}
export interface JobRoom {
  jobs: Jobs
  files: KeptFiles
  /** Something that the list of long work shows has moved. */
  moved: () => void
  start: () => void
  stop: () => Promise<void>
}

/** Whoever watches is told a few times a second at most, and of a beginning or an end at once. */
const PROGRESS_MS = 250
const MOVED_MS = 30

/** Puts the kept files together with what works in threads. */
export const createJobRoom = ({ workspace, tell, disk, createWorker, suspect, onChanged }: JobRoomOptions): JobRoom => {
  const { local, cache, clock, newId, log } = workspace
  const files = createKeptFiles({ local, dataFolder: disk?.dataFolder ?? null })
  let waiting: { due: number; cancel: () => void } | null = null
  const tellIn = (ms: number): void => {
    const due = clock.elapsed() + ms
    if (waiting !== null && waiting.due <= due) return
    waiting?.cancel()
    const cancel = clock.after(ms, () => {
      waiting = null
      onChanged()
    })
    waiting = { due, cancel }
  }
  const jobs = createJobs({
    ...{ local, clock, newId, files },
    log,
    carryOut: disk === null ? inTheCore({ cache, local }) : inThreads({ createWorker, clock, ...disk }),
    tell: (where, error) => tell(where, asAppError(error)),
    onChanged: (how) => {
      tellIn(how === 'moved' ? MOVED_MS : PROGRESS_MS)
    },
    onEnded: (end) => {
      for (const name of damagedIn(end)) {
        log('a check of the local files found damage', new AppError('storage', name, { reason: 'damaged' }))
        suspect(name)
      }
    },
  })
  return {
    jobs,
    files,
    moved: () => {
      tellIn(MOVED_MS)
    },
    start: () => {
      files.tidy()
      jobs.start()
    },
    stop: async () => {
      await jobs.stop()
      waiting?.cancel()
    },
  }
}

const damagedIn = (end: JobEnd): ('local.db' | 'cache.db')[] =>
  end.state === 'done' && end.result.kind === 'check-store'
    ? end.result.files.filter(({ damaged, sound }) => damaged > 0 || !sound).map(({ name }) => name)
    : []
