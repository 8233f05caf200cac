import type { JobKindName } from '@shared/domain/jobs'
import type { AppErrorData } from '@shared/errors'
import type { JobResult } from '@shared/ipc/jobs'
import type { KeptFile } from '../store/local/kept-files'

/** One job to be carried out. It reaches its thread by message, key included: never by an argument or the environment. */
export interface JobOrder {
  id: string
  kind: JobKindName
  input: unknown
  now: number
}
export interface ThreadOrder extends JobOrder {
  dataFolder: string
  key: string
  /** Set to 1 from outside: the work ends at its next step. */
  stop: SharedArrayBuffer
}
export interface JobProgress {
  done: number
  total: number | null
}
export type FromThread =
  | { type: 'progress'; progress: JobProgress }
  | { type: 'keep'; file: KeptFile }
  | { type: 'doubt'; id: string; state: 'missing' | 'damaged' }
  | { type: 'done'; result: JobResult }
  /** `whole`: the error with its stack and causes, for the log. */
  | { type: 'failed'; error: AppErrorData; whole: string }

/** What a job tells while it runs. */
export interface JobHooks {
  onProgress: (progress: JobProgress) => void
  onKeep: (file: KeptFile) => void
  onDoubt: (id: string, state: 'missing' | 'damaged') => void
}
export type JobEnd = { state: 'done'; result: JobResult } | { state: 'failed'; error: unknown } | { state: 'cancelled' }
export interface RunningJob {
  /** Ends it within a fraction of a second, however it stands. */
  cancel(): void
  /** Never rejects. */
  ended: Promise<JobEnd>
}
/** Carries a job out: in a thread of its own, or in the core where there are no files. */
export type CarryOut = (order: JobOrder, hooks: JobHooks) => RunningJob
