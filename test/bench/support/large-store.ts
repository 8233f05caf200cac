import { refreshAggregates } from '../../../electron/core/store/cache/aggregates'
import type { Store } from '../../../electron/core/store/connection'
import { inBatches, manyClients } from './clients'
import { beginWalks, CONNECTION, openInFolder, writeBatch } from './store'

export const LARGE = 100_000

/** A store of very many clients with their contracts and summaries, filled by the store's own means as fast as it goes. */
export const fillLargeStore = async (folder: string, count = LARGE): Promise<Store> => {
  const store = openInFolder(folder)
  store.cache.pragma('synchronous = OFF')
  beginWalks(store)
  for (const batch of inBatches(manyClients(count), 500)) writeBatch(store, batch)
  await refreshAggregates(store, CONNECTION, () => Promise.resolve())
  store.cache.pragma('synchronous = FULL')
  store.cache.pragma('wal_checkpoint(TRUNCATE)')
  return store
}
