import { AppError } from '@shared/errors'
import type { Db } from '../store/sql'
import { yieldToEventLoop } from '../sync/pausing'
import type { CarryOut, JobEnd, JobOrder } from './order'
import { jobKindsByName } from './registry'

/** A workspace that keeps nothing has its rows in the core's own memory: work over them is done there, a slice at a time. */
export const inTheCore =
  ({ cache, local }: { cache: Db; local: Db }): CarryOut =>
  (order, hooks) => {
    let cancelled = false
    const run = async ({ id, kind, input, now }: JobOrder): Promise<JobEnd> => {
      try {
        const result = await jobKindsByName[kind].run(input, {
          ...{ id, cache, local, now },
          shelf: null,
          step: async (done, total) => {
            hooks.onProgress({ done, total })
            await yieldToEventLoop()
            if (cancelled) throw new AppError('cancelled', 'the job was cancelled')
          },
          keep: hooks.onKeep,
          doubt: hooks.onDoubt,
        })
        return { state: 'done', result }
      } catch (error) {
        return error instanceof AppError && error.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', error }
      }
    }
    return {
      // Nothing happens before whoever began it has its handle.
      ended: yieldToEventLoop().then(() => run(order)),
      cancel: () => {
        cancelled = true
      },
    }
  }
