import { isOpenJob, type JobState } from '@shared/domain/jobs'
import { AppError } from '@shared/errors'
import type { JobRow } from '@shared/ipc/jobs'
import type { BatchProgress, Batches } from '../../commands/batch'
import type { Jobs } from '../../jobs/runner'
import { findBatch } from '../../store/local/batches'
import { findJob, listJobs, type StoredJob } from '../../store/local/jobs'
import { batchStands, markBatchSeen, type BatchStand } from '../../store/local/seen-batches'
import { boundedRows, cutLong } from '../answer-size'
import type { Workspace } from '../workspace'

const MOST_ROWS = 50
const MOST_BATCHES = 20
/** As with jobs: seen ones stay for a day, unseen ones for a month. */
const SEEN_FOR = 86_400_000
const UNSEEN_FOR = 30 * 86_400_000

/** What runs stands first, then what waits in its turn, then what has ended, the newest first. */
const WAITS = 1
const rankOf = ({ state }: JobRow): number => (state === 'running' ? 0 : state === 'waiting' ? WAITS : 2)

export type JobsService = ReturnType<typeof createJobsService>

/** Long work of either kind, as one list: jobs in threads, and batches of commands. */
export const createJobsService = ({ workspace, jobs, batches }: { workspace: Workspace; jobs: Jobs; batches: Batches }) => {
  const { local, clock } = workspace
  const batchRows = (): JobRow[] => {
    const stands = batchStands(local, MOST_BATCHES)
    return batches.list(MOST_BATCHES).flatMap((progress) => {
      const row = batchRow(progress, stands.get(progress.batch.id))
      return isShown(row, stands.get(row.id)?.seenAt ?? null, clock.now()) ? [row] : []
    })
  }
  const rows = (): JobRow[] => {
    const all = [...listJobs(local, MOST_ROWS).map((job) => jobRow(job, jobs)), ...batchRows()]
    const ordered = all.sort(
      (a, b) => rankOf(a) - rankOf(b) || (rankOf(a) === WAITS ? a.startedAt - b.startedAt : b.startedAt - a.startedAt),
    )
    return boundedRows(ordered.slice(0, MOST_ROWS))
  }
  return {
    ...jobs,
    rows,
    cancel: (id: string): void => {
      if (findBatch(local, id)) batches.cancel(id)
      else jobs.cancel(id)
    },
    seen: (): void => {
      const ended = batchRows().filter(({ state, seen }) => !isOpenJob(state) && !seen)
      for (const { id } of ended) markBatchSeen(local, id, clock.now())
      jobs.seen()
    },
    drop: (id: string): void => {
      // A batch itself stays as long as its commands do: it only leaves this list.
      if (findBatch(local, id)) markBatchSeen(local, id, 0)
      jobs.drop(id)
    },
    /** Where a job that is done has put its file. @throws AppError `not-found`. */
    fileOf: (id: string): string => {
      const job = findJob(local, id)
      const path = job?.state === 'done' ? (job.input as { path?: unknown }).path : undefined
      if (typeof path !== 'string') throw new AppError('not-found', 'this job wrote no file')
      return path
    },
  }
}

const jobRow = (job: StoredJob, jobs: Pick<Jobs, 'progressOf'>): JobRow => ({
  ...{ id: job.id, kind: job.kind, title: job.title, connectionId: job.connectionId, state: job.state },
  ...{ startedAt: job.startedAt, endedAt: job.endedAt, error: job.error, result: job.result },
  progress: jobs.progressOf(job.id),
  seen: job.seenAt !== null,
})

const batchRow = ({ batch, total, done, failed, dropped, ...open }: BatchProgress, stand: BatchStand | undefined): JobRow => {
  const state = stateOf(batch.state, { failed, open: open.waiting + open.underWay })
  const ended = !isOpenJob(state)
  return {
    ...{ id: batch.id, kind: 'batch', title: cutLong(batch.words), connectionId: batch.connectionId, state, startedAt: batch.createdAt },
    endedAt: ended ? (stand?.movedAt ?? batch.updatedAt) : null,
    progress: ended ? null : { done: done + failed + dropped, total },
    error: null,
    result: ended ? { kind: 'batch', done, decide: failed, dropped } : null,
    seen: typeof stand?.seenAt === 'number',
  }
}
/** Open as long as something may still go by itself; one that stopped after its first commands waits for a person. */
const stateOf = (state: BatchProgress['batch']['state'], { failed, open }: { failed: number; open: number }): JobState => {
  if (state === 'stopped') return 'failed'
  if (open > 0) return 'running'
  if (failed > 0) return 'failed'
  return state === 'cancelled' ? 'cancelled' : 'done'
}

const isShown = ({ state, endedAt }: JobRow, seenAt: number | null, now: number): boolean => {
  if (isOpenJob(state)) return true
  return seenAt === null ? (endedAt ?? 0) > now - UNSEEN_FOR : seenAt > now - SEEN_FOR
}
