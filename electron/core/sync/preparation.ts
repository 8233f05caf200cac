import { AppError } from '@shared/errors'
import type { Clock } from '../clock'

/** Until the local file is tried again after it failed. */
const AGAIN_MS = 30_000

interface PreparationOptions {
  clock: Clock
  /** Reads where everything stands; nothing is asked of the platform before that. */
  prepare: () => Promise<void>
  /** The sync was stopped meanwhile: how the preparation ends is of no interest any more. */
  isStopped: () => boolean
  onReady: () => Promise<void>
  onFailed: () => void
}
export interface Preparation {
  begin(): void
  isReady(): boolean
  /** Why it failed; null while it goes on and once it is done. */
  fault(): AppError | null
  /** Does not wait for the next try where one failed; nothing where none did. */
  retry(): void
  /** No further try by itself. */
  cancel(): void
  settled(): Promise<void>
}

/** What must be read of the local file before a sync may run. It may fail (a full disk, say), and is tried again. */
export const createPreparation = ({ clock, prepare, isStopped, onReady, onFailed }: PreparationOptions): Preparation => {
  let ready = false
  let fault: AppError | null = null
  let going = Promise.resolve()
  let cancelTimer = (): void => undefined

  const attempt = async (): Promise<void> => {
    try {
      await prepare()
      if (isStopped()) return
      ready = true
      await onReady()
    } catch (thrown) {
      if (isStopped()) return
      fault = AppError.from(thrown)
      cancelTimer = clock.after(AGAIN_MS, begin)
      onFailed()
    }
  }
  const begin = (): void => {
    cancelTimer()
    fault = null
    going = attempt()
  }
  return {
    begin,
    isReady: () => ready,
    fault: () => fault,
    retry: () => {
      if (fault !== null) begin()
    },
    cancel: () => {
      cancelTimer()
    },
    settled: () => going,
  }
}
