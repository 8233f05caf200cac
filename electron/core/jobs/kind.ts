import type { z } from 'zod'
import type { JobKindName } from '@shared/domain/jobs'
import type { JobResult } from '@shared/ipc/jobs'
import type { KeptFile } from '../store/local/kept-files'
import type { Db } from '../store/sql'

/** Where kept files lie, and the key to them. */
export interface Shelf {
  folder: string
  key: string
}
/** What a kind's work is handed, in a thread of its own: its own connections to both files, for reading. */
export interface JobContext {
  /** The job's own id: a file that it keeps has it too. */
  id: string
  cache: Db
  local: Db
  /** null in a workspace that keeps nothing: the work then runs in the core itself, a slice at a time. */
  shelf: (Shelf & { dataFolder: string }) | null
  now: number
  /** Between two slices: tells how far it is. @throws AppError `cancelled` when it is to end here. */
  step(done: number, total: number | null): Promise<void>
  /** A kept file is in its place: its row can be written. */
  keep(file: KeptFile): void
  /** A kept file is not what its row says. */
  doubt(id: string, state: 'missing' | 'damaged'): void
}

/** A kind of long work, declared once. */
export interface JobKind<Input = unknown> {
  name: JobKindName
  input: z.ZodType<Input>
  /** None so far can go on in the middle: one that was interrupted begins anew. */
  resumable: false
  /** Files of the person's that it writes, so that what a kill leaves unfinished is removed. */
  writes(input: Input): string | null
  run(input: Input, context: JobContext): Promise<JobResult>
}

/** Keeps the input's type to the inside of a kind. */
export const jobKind = <Input>(kind: JobKind<Input>): JobKind => ({
  ...kind,
  writes: (input) => kind.writes(kind.input.parse(input)),
  run: (input, context) => kind.run(kind.input.parse(input), context),
})
