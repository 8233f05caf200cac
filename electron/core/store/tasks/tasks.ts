import type { StoreChoice, StoreChoices } from '@shared/ipc/shell'
import type { SealedFile } from '../verify'

/** What reads or writes a whole file of the store: seconds at hundreds of megabytes, so never on the core's own thread. */
export interface StoreTasks {
  /**
   * Reads a file that is open page by page. `pages`: those that are damaged and matter. `sound`: how the pages hang
   * together, looked at only where `thorough`.
   */
  check: { input: SealedFile & { thorough: boolean }; output: { pages: number[]; sound: boolean } }
  /** Opens local.db once, with all that an opening does to it (check, copy from before a step of the schema, the step), and closes it. */
  open: { input: { folder: string; key: string }; output: null }
  /** Copies a file page by page, in pieces that go to the disk before the next. */
  copy: { input: { from: string; to: string }; output: null }
  /** Copies these pages once more. */
  copyPages: { input: { from: string; to: string; pages: number[] }; output: null }
  /** Reads a finished copy through, and only a whole one gets its name. @throws AppError `storage`, damaged. */
  keepCopy: { input: { part: string; target: string; key: string }; output: null }
  /** What there is to go on with, where local.db does not open. */
  choices: { input: { folder: string; key: string; now: number }; output: StoreChoices }
  take: { input: { folder: string; key: string; now: number; choice: StoreChoice }; output: null }
}
export type TaskName = keyof StoreTasks
/** @param share How far it is, 0…1. */
export type TellShare = (share: number) => void

export interface TaskRunner {
  run<N extends TaskName>(name: N, input: StoreTasks[N]['input'], tell?: TellShare): Promise<StoreTasks[N]['output']>
  /** Ends what is running; it is left as a kill would leave it. */
  stop(): Promise<void>
}

/** From a worker. */
export type TaskMessage = { share: number } | { value: unknown } | { error: unknown }
