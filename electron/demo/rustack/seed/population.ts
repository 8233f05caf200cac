import type { Cloud } from '../cloud'
import { planCounts } from '../changes/copies'
import { addClient } from './client'
import type { StoredRow } from '../store'
import { addEvents } from './events'
import { addPartners, addPartnerLimits } from './partners'
import { addTickets } from './tickets'

/** What needs the whole population: who asked what, and what was done for whom. */
async function afterwards(cloud: Cloud, clockMs: () => number): Promise<void> {
  const next = cloud.store.sql<[number], StoredRow>('SELECT * FROM client WHERE n > ? ORDER BY n LIMIT 1')
  for (let client = next.get(0); client !== undefined;) {
    const until = clockMs() + SLICE_MS
    cloud.store.transaction(() => {
      while (client !== undefined && clockMs() < until) {
        addTickets(cloud, client)
        addEvents(cloud, client)
        client = next.get(client.n)
      }
    })
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

export type Progress = (done: number, total: number) => void
const SLICE_MS = 25

/** Fills an empty store in slices of one transaction each, so that the event loop stays free for a stop or a progress message. */
export async function populate(cloud: Cloud, clients: number, progress: Progress, clockMs: () => number): Promise<void> {
  cloud.store.transaction(() => {
    addPartners(cloud)
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
  await afterwards(cloud, clockMs)
  cloud.store.transaction(() => {
    addPartnerLimits(cloud)
  })
  planCounts(cloud)
}
