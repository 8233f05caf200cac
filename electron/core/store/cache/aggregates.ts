import type { AccessObject } from '@shared/domain/entities'
import type { Store } from '../connection'
import { all, inTransaction, run, sql } from '../sql'
import { readState } from './dataset-state'
import { refreshSummaryRange, type Managed } from './summary'
import { createTotals } from './totals'
import { nextClients, refreshDiskUsage, refreshUsage } from './usage'

/** Small enough that one slice stays well under 50 ms. */
const CLIENTS_AT_ONCE = 100
const ACCOUNTS_AT_ONCE = 1000
const MARK = 'aggregates'

/** Set with the first changed row of a pass, so that a kill before the aggregates are done is made good at the next start. */
export const markAggregatesStale = (store: Store, connectionId: string): void => {
  run(store.cache, sql`INSERT OR REPLACE INTO dataset_state (connection_id, dataset, running) VALUES (${connectionId}, ${MARK}, 1)`)
}
export const aggregatesStale = (store: Store, connectionId: string): boolean => readState(store.cache, connectionId, MARK)?.running === true

/** Recomputes everything that lists and the dashboard read instead of grouping: in slices, each its own transaction. */
export const refreshAggregates = async (store: Store, connectionId: string, pause: () => Promise<void>): Promise<void> => {
  const managed = await managedClients(store, connectionId, pause)
  await refreshDiskUsage(store, connectionId, pause)
  const totals = createTotals(store.cache, connectionId)
  for (let after = ''; ;) {
    const range = nextClients(store.cache, { connectionId, after, count: CLIENTS_AT_ONCE })
    if (!range) break
    inTransaction(store.cache, () => {
      totals.add(range, refreshUsage(store.cache, range))
      refreshSummaryRange(store.cache, range, managed)
    })
    after = range.last
    await pause()
  }
  totals.write()
  run(store.cache, sql`UPDATE dataset_state SET running = 0 WHERE connection_id = ${connectionId} AND dataset = ${MARK}`)
}

const ADMIN = 'admin'

/** Clients with at least one administrator who can sign in. */
const managedClients = async (store: Store, connectionId: string, pause: () => Promise<void>): Promise<Managed> => {
  if ((readState(store.cache, connectionId, 'accounts')?.asOf ?? null) === null) return null
  const managed = new Set<string>()
  for (let after = ''; ;) {
    const rows = all<{ id: string; objects: string }>(
      store.cache,
      sql`SELECT id, objects FROM account WHERE connection_id = ${connectionId} AND id > ${after}
        AND coalesce(active, 1) = 1 AND coalesce(blocked, 0) = 0 ORDER BY id LIMIT ${ACCOUNTS_AT_ONCE}`,
    )
    for (const { objects } of rows)
      for (const { entity, role, id } of (JSON.parse(objects) as AccessObject[] | null) ?? [])
        if (entity === 'client' && role === ADMIN) managed.add(id)
    const last = rows.at(-1)
    if (!last) return managed
    after = last.id
    await pause()
  }
}
