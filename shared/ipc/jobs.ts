import { z } from 'zod'
import { jobKinds, jobStates } from '../domain/jobs'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id, Moment, Nothing } from './rows'

/** One of the store's files: read page by page, and asked whether its pages hang together. */
export const CheckedStoreFile = z.object({ name: z.enum(['local.db', 'cache.db']), pages: z.int(), damaged: z.int(), sound: z.boolean() })
export type CheckedStoreFile = z.infer<typeof CheckedStoreFile>

/** What a job ended with. */
export const JobResult = z.discriminatedUnion('kind', [
  /** `file`: its name where the person wanted it; `kept`: there is a copy among the kept files. */
  z.object({ kind: z.literal('list-export'), rows: z.int(), file: z.string(), kept: z.boolean() }),
  z.object({ kind: z.literal('save-file'), file: z.string() }),
  z.object({
    kind: z.literal('check-store'),
    files: z.array(CheckedStoreFile),
    kept: z.object({ whole: z.int(), damaged: z.int(), missing: z.int() }),
  }),
  /** `decide`: refused, in conflict or of an unknown outcome. */
  z.object({ kind: z.literal('batch'), done: z.int(), decide: z.int(), dropped: z.int() }),
])
export type JobResult = z.infer<typeof JobResult>

export const JobRow = z.object({
  id: Id,
  kind: z.enum([...jobKinds, 'batch']),
  /** What it is about, in the words of the screen that began it. */
  title: z.string(),
  connectionId: Id.nullable(),
  state: z.enum(jobStates),
  startedAt: Moment,
  endedAt: Moment.nullable(),
  /** While it runs; `total` null = not known yet. */
  progress: z.object({ done: z.int(), total: z.int().nullable() }).nullable(),
  error: AppErrorData.nullable(),
  result: JobResult.nullable(),
  /** A person has looked at how it ended. */
  seen: z.boolean(),
})
export type JobRow = z.infer<typeof JobRow>

export const jobsCalls = {
  /** What runs, and what ended and was not looked at, or not long ago; newest first. */
  list: call(Nothing, z.object({ rows: z.array(JobRow) })),
  /** What was done stays done; what was not is left. */
  cancel: call(z.strictObject({ id: Id }), Done),
  /** One that failed, was cancelled or interrupted begins anew, from its start. */
  again: call(z.strictObject({ id: Id }), z.object({ id: Id })),
  /** Everything that has ended was looked at. */
  seen: call(Nothing, Done),
  /** Takes one that has ended off the list. */
  drop: call(z.strictObject({ id: Id }), Done),
  /** Reads the store's files and the kept ones through, now. */
  checkStore: call(Nothing, z.object({ id: Id })),
}
