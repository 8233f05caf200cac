import type { Capabilities } from '../platforms/port/core'
import { settleAggregates } from '../store/cache/aggregates'
import { readStates } from '../store/cache/dataset-state'
import { moveChanges } from '../store/change-mover'
import type { Store } from '../store/connection'
import { listDatasets } from './lists'
import { yieldToEventLoop } from './pausing'

export interface Settling {
  /** What follows a walk: the figures kept beside the rows, then the changes to their log. One at a time. */
  afterWalk(): Promise<void>
  /** As of when the oldest of the lists that work is complete; null while one that works has never been. */
  completeAt(): number | null
}

export const createSettling = (options: {
  store: Store
  connectionId: string
  capabilities: () => Capabilities
  /** Once false, counting ends where it is; the next start goes on from there. */
  mayGoOn: () => boolean
  onAggregates: () => void
}): Settling => {
  const { store, connectionId } = options
  let last: Promise<void> = Promise.resolve()
  const settle = async (): Promise<void> => {
    const awaited = listDatasets(options.capabilities())
    if (await settleAggregates(store, connectionId, { pause: yieldToEventLoop, awaited, mayGoOn: options.mayGoOn })) options.onAggregates()
    if (store.cache.open) await moveChanges(store)
  }
  return {
    afterWalk: () => {
      const mine = last.then(settle)
      last = mine.catch(() => undefined)
      return mine
    },
    completeAt: () => {
      const states = readStates(store.cache, connectionId)
      const lists = listDatasets(options.capabilities()).map((dataset) => states.get(dataset))
      // Stopped by us or by the network: no fault of the list.
      const working = lists.filter((state) => (state?.error ?? null) === null || state?.error?.code === 'cancelled')
      if (working.length === 0 || working.some((state) => (state?.asOf ?? null) === null)) return null
      return Math.min(...working.map((state) => state?.asOf ?? 0))
    },
  }
}
