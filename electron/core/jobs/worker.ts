import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { AppError } from '@shared/errors'
import { shelfFolder } from '../files/shelf'
import { describe } from '../log'
import { openForReading } from '../store/open-file'
import { storageError } from '../store/storage-error'
import type { JobContext } from './kind'
import type { FromThread, ThreadOrder } from './order'
import { jobKindsByName } from './registry'

/** The thread of one job. It reads both files by connections of its own and writes to neither: what is to be kept it tells the core. */
const port = parentPort
if (!port) throw new Error('a job runs in a worker thread only')

/** A list is read in its own order, which is none on the disk: with a quarter of this an export takes twice as long. */
const CACHE_KIB = 32_000
const LOCAL_CACHE_KIB = 2_000
/** Several times a second is as often as anyone can see. */
const TELL_MS = 200

const tell = (message: FromThread): void => {
  port.postMessage(message)
}

const contextOf = ({ id, dataFolder, key, stop, now }: ThreadOrder): JobContext & { close(): void } => {
  const flag = new Int32Array(stop)
  const local = openForReading({ path: join(dataFolder, 'local.db'), key, cacheKib: LOCAL_CACHE_KIB })
  const cache = openForReading({ path: join(dataFolder, 'cache.db'), key, cacheKib: CACHE_KIB })
  let told = Number.NEGATIVE_INFINITY
  return {
    ...{ id, cache, local, now },
    shelf: { folder: shelfFolder(dataFolder), key, dataFolder },
    step: (done, total) => {
      if (Atomics.load(flag, 0) === 1) return Promise.reject(new AppError('cancelled', 'the job was cancelled'))
      if (performance.now() - told >= TELL_MS) {
        told = performance.now()
        tell({ type: 'progress', progress: { done, total } })
      }
      return Promise.resolve()
    },
    keep: (file) => {
      tell({ type: 'keep', file })
    },
    doubt: (file, state) => {
      tell({ type: 'doubt', id: file, state })
    },
    close: () => {
      cache.close()
      local.close()
    },
  }
}

const work = async (order: ThreadOrder): Promise<void> => {
  try {
    const context = contextOf(order)
    try {
      tell({ type: 'done', result: await jobKindsByName[order.kind].run(order.input, context) })
    } finally {
      context.close()
    }
  } catch (error) {
    tell({ type: 'failed', error: storageError(error).toData(), whole: describe(error) })
  }
}

port.once('message', (order: ThreadOrder) => {
  void work(order).finally(() => {
    port.close()
  })
})
