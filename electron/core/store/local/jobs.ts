import { isOpenJob, type JobKindName, type JobState } from '@shared/domain/jobs'
import type { AppErrorData } from '@shared/errors'
import type { JobResult } from '@shared/ipc/jobs'
import { all, get, run, sql, type Db } from '../sql'

/** Long work, as it is kept: how far it is lives in memory only. */
export interface StoredJob {
  id: string
  kind: JobKindName
  title: string
  connectionId: string | null
  input: unknown
  state: JobState
  result: JobResult | null
  error: AppErrorData | null
  startedAt: number
  endedAt: number | null
  seenAt: number | null
}
type Row = Omit<StoredJob, 'input' | 'result' | 'error'> & Record<'input', string> & Record<'result' | 'error', string | null>

const columns = sql`id, kind, title, connection_id AS connectionId, input, state, result, error, started_at AS startedAt, ended_at AS endedAt,
  seen_at AS seenAt`
const parsed = (row: Row): StoredJob => ({
  ...row,
  input: JSON.parse(row.input) as unknown,
  result: row.result === null ? null : (JSON.parse(row.result) as JobResult),
  error: row.error === null ? null : (JSON.parse(row.error) as AppErrorData),
})

export const insertJob = (local: Db, { id, kind, title, connectionId, input, startedAt }: StoredJob): void => {
  run(
    local,
    sql`INSERT INTO job (id, kind, title, connection_id, input, state, started_at)
      VALUES (${id}, ${kind}, ${title}, ${connectionId}, ${JSON.stringify(input)}, 'waiting', ${startedAt})`,
  )
}
export const findJob = (local: Db, id: string): StoredJob | null => {
  const row = get<Row>(local, sql`SELECT ${columns} FROM job WHERE id = ${id}`)
  return row ? parsed(row) : null
}
/** Newest first. */
export const listJobs = (local: Db, limit: number): StoredJob[] =>
  all<Row>(local, sql`SELECT ${columns} FROM job ORDER BY started_at DESC, id LIMIT ${limit}`).map(parsed)
/** In the order in which they were begun. */
export const openJobs = (local: Db): StoredJob[] =>
  all<Row>(local, sql`SELECT ${columns} FROM job WHERE state IN ('waiting', 'running') ORDER BY started_at, rowid`).map(parsed)

export interface JobMove {
  id: string
  state: JobState
  at: number
  result?: JobResult | null
  error?: AppErrorData | null
}
export const saveJobState = (local: Db, { id, state, at, result = null, error = null }: JobMove): void => {
  const text = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))
  run(
    local,
    sql`UPDATE job SET state = ${state}, ended_at = ${isOpenJob(state) ? null : at}, result = ${text(result)}, error = ${text(error)}
      WHERE id = ${id}`,
  )
}
export const dropJob = (local: Db, id: string): void => {
  run(local, sql`DELETE FROM job WHERE id = ${id} AND ended_at IS NOT NULL`)
}
export const markJobsSeen = (local: Db, at: number): void => {
  run(local, sql`UPDATE job SET seen_at = ${at} WHERE ended_at IS NOT NULL AND seen_at IS NULL`)
}
/** What was looked at goes after a while, and what nobody looked at after a longer one. */
export const dropOldJobs = (local: Db, { seenBefore, endedBefore }: { seenBefore: number; endedBefore: number }): void => {
  run(local, sql`DELETE FROM job WHERE ended_at IS NOT NULL AND (seen_at < ${seenBefore} OR ended_at < ${endedBefore})`)
}
