import { z } from 'zod'
import { Certainty, Dataset } from '../domain/datasets'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id, Moment, Nothing } from './rows'

export const DatasetStatus = z.object({
  dataset: Dataset,
  certainty: Certainty,
  offered: z.boolean(),
  /** Why it is not offered, or what went wrong in the last walk. */
  error: AppErrorData.nullable(),
  /** Server time of the last complete walk (its start); null = never complete. */
  asOf: Moment.nullable(),
  /** The last walk saw everything. A figure from an incomplete dataset says so. */
  complete: z.boolean(),
  rows: z.number(),
  /** Rows that could not be read in the last walk. */
  unreadable: z.number(),
  running: z.boolean(),
  /** Progress of the running walk, in rows; total null while unknown. */
  done: z.number(),
  total: z.number().nullable(),
  /** When what was never read will have been read, at the pace so far; null = not known. */
  endsAt: Moment.nullable(),
  /** When it is asked for again, our clock; null = at once, or not by itself. */
  nextAt: Moment.nullable(),
  /** Rows that the last answer no longer held, while a second one is awaited. */
  suspect: z.number(),
})
export type DatasetStatus = z.infer<typeof DatasetStatus>

export const SyncStatus = z.object({
  connectionId: Id,
  online: z.boolean(),
  /** When the platform answered last, if it is offline now. */
  offlineSince: Moment.nullable(),
  lastAnswerAt: Moment.nullable(),
  nextTryAt: Moment.nullable(),
  /** Between two passes, as this run keeps it; null while the connection does not run. */
  intervalMs: z.number().nullable(),
  phase: z.enum(['idle', 'running', 'paused', 'stopped']),
  /** Nothing was ever synced completely: the screens show the first sync's progress. */
  first: z.boolean(),
  error: AppErrorData.nullable(),
  /** Oldest as-of of the datasets that the lists need: what the top bar shows. */
  asOf: Moment.nullable(),
  complete: z.boolean(),
  datasets: z.array(DatasetStatus),
})
export type SyncStatus = z.infer<typeof SyncStatus>

export const Problem = z.object({
  dataset: Dataset,
  id: z.string().nullable(),
  name: z.string().nullable(),
  field: z.string().nullable(),
  why: z.string(),
  /** The beginning of what came, as it came. */
  raw: z.string(),
})
export type Problem = z.infer<typeof Problem>

export const syncCalls = {
  status: call(Nothing, z.array(SyncStatus)),
  /** Starts at once (also ends a back-off); comes back as soon as it is under way. */
  now: call(z.strictObject({ connectionId: Id.nullable() }), Done),
  cancel: call(z.strictObject({ connectionId: Id }), Done),
  /** What could not be read: a row (field null) or one field of it, with its id and name as far as they are known. The first 200, of so many. */
  problems: call(z.strictObject({ connectionId: Id }), z.object({ rows: z.array(Problem).max(200), total: z.number() })),
}
