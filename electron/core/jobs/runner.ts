import { rmSync } from 'node:fs'
import { isOpenJob, type JobKindName } from '@shared/domain/jobs'
import { AppError, type AppErrorData } from '@shared/errors'
import type { Clock } from '../clock'
import { unfinishedPlain } from '../files/plain-file'
import type { KeptFiles } from '../files/shelf'
import { dropJob, dropOldJobs, findJob, insertJob, markJobsSeen, openJobs, saveJobState, type StoredJob } from '../store/local/jobs'
import type { Db } from '../store/sql'
import type { CarryOut, JobEnd, JobProgress, RunningJob } from './order'
import { jobKindsByName } from './registry'

export interface JobsOptions {
  local: Db
  clock: Clock
  newId: () => string
  files: KeptFiles
  carryOut: CarryOut
  /** Turns whatever a job ended with into what a page is told. */
  tell: (where: string, error: unknown) => AppErrorData
  log: (what: string, error: unknown) => void
  onChanged: (how: 'moved' | 'progress') => void
  onEnded: (end: JobEnd) => void
}
export interface NewJob {
  kind: JobKindName
  title: string
  connectionId: string | null
  input: unknown
}
export interface Jobs {
  /** What an earlier run did not end is interrupted. */
  start(): void
  /** It is on the disk when this returns, and runs as soon as there is room. @returns its id. */
  begin(job: NewJob): string
  /** @throws AppError `not-found` where it has ended, or never was. */
  cancel(id: string): void
  /** @throws AppError `not-found` where there is nothing to begin anew. */
  again(id: string): string
  seen(): void
  drop(id: string): void
  progressOf(id: string): JobProgress | null
  prune(now: number): void
  /** Ends what runs over a connection, and forgets it with its files. */
  forget(connectionId: string): Promise<void>
  /** Ends every thread: what runs is interrupted. */
  stop(): Promise<void>
}

/** Two at once: one long one does not keep a short one waiting, and the program itself still has room. */
const AT_ONCE = 2
/** What a person has looked at is there for another day, what nobody looked at for a month. */
const SEEN_FOR = 86_400_000
const UNSEEN_FOR = 30 * 86_400_000

interface Run extends RunningJob {
  job: StoredJob
  progress: JobProgress | null
}

export const createJobs = ({ local, clock, newId, files, carryOut, tell, log, onChanged, onEnded }: JobsOptions): Jobs => {
  const running = new Map<string, Run>()
  let stopping = false

  /** What it left where the person wanted a file is removed: nothing in plain stays that nobody asked for. */
  const clear = ({ id, kind, input }: StoredJob): void => {
    try {
      const path = jobKindsByName[kind].writes(input)
      if (path !== null) rmSync(unfinishedPlain(path, id), { force: true })
    } catch (error) {
      log('what a job left unfinished could not be removed', error)
    }
  }
  const settle = (job: StoredJob, end: JobEnd, fault: unknown = null): void => {
    const at = clock.now()
    if (end.state !== 'done') clear(job)
    if (end.state === 'cancelled' || fault !== null) files.remove(job.id)
    const error = end.state === 'failed' ? tell(`job ${job.kind}`, end.error) : null
    saveJobState(local, { id: job.id, state: end.state, at, error, result: end.state === 'done' ? end.result : null })
    onEnded(end)
  }
  const carry = (job: StoredJob): void => {
    let fault: unknown = null
    /** A row that cannot be written is the end of the job, not of the core. */
    const write = (work: () => void): void => {
      try {
        work()
      } catch (error) {
        fault ??= error
        run.cancel()
      }
    }
    const run: Run = {
      job,
      progress: null,
      ...carryOut(
        { id: job.id, kind: job.kind, input: job.input, now: clock.now() },
        {
          onProgress: (progress) => {
            run.progress = progress
            onChanged('progress')
          },
          onKeep: (file) => {
            write(() => {
              files.add(file)
            })
          },
          onDoubt: (id, state) => {
            write(() => {
              files.doubt(id, state)
            })
          },
        },
      ),
    }
    running.set(job.id, run)
    saveJobState(local, { id: job.id, state: 'running', at: clock.now() })
    void run.ended.then((end) => {
      running.delete(job.id)
      try {
        if (stopping) interrupt(job)
        else settle(job, fault === null ? end : { state: 'failed', error: fault }, fault)
      } catch (error) {
        // A full disk: the next start finds it unfinished, and says so.
        log(`the end of a job could not be kept`, error)
      }
      next()
      onChanged('moved')
    })
  }
  const next = (): void => {
    if (stopping) return
    const waiting = openJobs(local).filter(({ id, state }) => state === 'waiting' && !running.has(id))
    for (const job of waiting.slice(0, AT_ONCE - running.size)) carry(job)
  }
  const interrupt = (job: StoredJob): void => {
    clear(job)
    saveJobState(local, { id: job.id, state: 'interrupted', at: clock.now() })
  }
  const begin = ({ kind, title, connectionId, input }: NewJob): string => {
    const checked = jobKindsByName[kind].input.safeParse(input)
    if (!checked.success) throw new AppError('invalid-input', 'this job cannot be begun so')
    const open = { state: 'waiting', result: null, error: null, endedAt: null, seenAt: null } as const
    const id = newId()
    insertJob(local, { id, kind, title, connectionId, input: checked.data, startedAt: clock.now(), ...open })
    next()
    onChanged('moved')
    return id
  }
  const mustFind = (id: string, open: boolean): StoredJob => {
    const job = findJob(local, id)
    if (!job || isOpenJob(job.state) !== open) throw new AppError('not-found', 'no such job')
    return job
  }
  const cancel = (id: string): void => {
    const job = mustFind(id, true)
    const run = running.get(id)
    if (run) return run.cancel()
    settle(job, { state: 'cancelled' })
    onChanged('moved')
  }

  return {
    start: () => {
      for (const job of openJobs(local)) interrupt(job)
      onChanged('moved')
    },
    begin,
    cancel,
    again: (id) => {
      const job = mustFind(id, false)
      if (job.state === 'done') throw new AppError('not-found', 'it is done')
      const again = begin(job)
      dropJob(local, id)
      return again
    },
    seen: () => {
      markJobsSeen(local, clock.now())
      onChanged('moved')
    },
    drop: (id) => {
      dropJob(local, id)
      onChanged('moved')
    },
    progressOf: (id) => running.get(id)?.progress ?? null,
    prune: (now) => {
      dropOldJobs(local, { seenBefore: now - SEEN_FOR, endedBefore: now - UNSEEN_FOR })
      files.prune(now)
      onChanged('moved')
    },
    forget: async (connectionId) => {
      const own = openJobs(local).filter((job) => [connectionId, null].includes(job.connectionId) && job.kind !== 'check-store')
      const ends = own.flatMap(({ id }) => running.get(id)?.ended ?? [])
      for (const { id } of own) cancel(id)
      await Promise.all(ends)
      files.forget(connectionId)
      onChanged('moved')
    },
    stop: async () => {
      stopping = true
      const runs = [...running.values()]
      for (const run of runs) run.cancel()
      await Promise.all(runs.map(({ ended }) => ended))
    },
  }
}
