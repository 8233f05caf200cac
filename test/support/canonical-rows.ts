import { descriptors } from '../../electron/core/store/datasets'
import type { Store } from '../../electron/core/store/connection'

/** Every synced row of a store, in an order of its own and without what only this store knows: walks and row numbers. */
export const canonicalRows = (store: Store, but: readonly string[] = []): string[] =>
  Object.entries(descriptors)
    .filter(([dataset]) => !but.includes(dataset))
    .flatMap(([dataset, { table }]) =>
      (store.cache.prepare(`SELECT * FROM ${table} ORDER BY connection_id, id`).all() as Record<string, unknown>[]).map((row) =>
        JSON.stringify({ dataset, ...row, walk: undefined }),
      ),
    )

/** What is kept besides the rows, and must follow from them. */
export const derivedRows = (store: Store): string[] =>
  derived.flatMap((table) =>
    (store.cache.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[])
      .map((row) => JSON.stringify({ table, ...row, limits_at: undefined, told_client_id: undefined }))
      .sort(),
  )
const derived = [
  ...['vdc_usage', 'vdc_disk', 'client_usage', 'disk_usage', 'client_summary', 'hypervisor_usage', 'contract_debt', 'debt'],
  ...['account_access', 'stale', 'recount'],
]
