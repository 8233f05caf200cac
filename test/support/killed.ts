import type { QueueOptions } from '../../electron/core/commands/queue-options'
import type { Store } from '../../electron/core/store/connection'
import { inTransaction } from '../../electron/core/store/sql'

/** How a command queue writes to the two files until its app is killed: after that nothing of it is written any more. */
export const untilKilled = ({ cache }: Pick<Store, 'cache'>, isDead: () => boolean): Pick<QueueOptions, 'inCache' | 'soon'> => ({
  inCache: (work) => inTransaction(cache, work),
  // At once, so that a fixed number of turns is enough for a chain of commits.
  soon: (work) => {
    queueMicrotask(() => {
      if (!isDead()) work()
    })
  },
})
