import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { partOf, type PlatformAdapter } from '../platforms/port/core'

/**
 * Work that is never queued: it is done now, over a live connection, or not at all, and is never tried again by itself.
 */
export interface LiveWork {
  adapter: PlatformAdapter
  clock: Clock
  timeoutMs: number
}

const withTimeout = async <T>({ clock, timeoutMs }: LiveWork, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const cancel = clock.after(timeoutMs, () => {
    controller.abort(new AppError('timeout', 'no answer in time'))
  })
  try {
    return await work(controller.signal)
  } finally {
    cancel()
  }
}

/** Deletes a note on the platform. One that is gone already is what was wanted. */
export const deleteNoteLive = async (work: LiveWork, noteId: string): Promise<void> => {
  try {
    await withTimeout(work, (signal) => partOf(work.adapter, 'notes').remove(noteId, signal))
  } catch (error) {
    if (AppError.from(error).code !== 'not-found') throw error
  }
}
