import type { Cloud } from '../cloud'
import { planCounts } from '../plan-counts'
import { addClient } from './client'
import { addFrame, addPartnerLimits } from './frame'

export type Progress = (done: number, total: number) => void
const SLICE_MS = 25

/** Fills an empty store in slices of one transaction each, so that the event loop stays free for a stop or a progress message. */
export async function populate(cloud: Cloud, clients: number, progress: Progress, clockMs: () => number): Promise<void> {
  cloud.store.transaction(() => {
    addFrame(cloud)
  })
  let done = 0
  while (done < clients) {
    const until = clockMs() + SLICE_MS
    cloud.store.transaction(() => {
      while (done < clients && clockMs() < until) addClient(cloud, ++done)
    })
    progress(done, clients)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  cloud.store.index()
  cloud.store.transaction(() => {
    addPartnerLimits(cloud)
  })
  planCounts(cloud)
}
