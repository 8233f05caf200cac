import { systemClock } from '../../../electron/core/clock'
import { openStore, type Store } from '../../../electron/core/store/connection'
import { clientTable } from '../../../electron/core/store/cache/clients'
import { contractTable } from '../../../electron/core/store/cache/contracts'
import type { ChangeTrack } from '../../../electron/core/store/cache/change-spool'
import { upsertRows } from '../../../electron/core/store/cache/upsert'
import { inTransaction } from '../../../electron/core/store/sql'
import type { ClientWithContract } from './clients'

/** Data of the measurements only; both files of a comparison are encrypted with it. */
export const KEY = '5a'.repeat(32)
export const CONNECTION = 'c1'

export const openInFolder = (folder: string): Store => openStore({ folder, key: KEY, clock: systemClock })

/** One batch as a pull writes it: contracts before the clients that name them, one transaction. */
export const writeBatch = (
  store: Store,
  batch: readonly ClientWithContract[],
  { walk, track }: { walk: number; track: ChangeTrack | null },
): number => {
  const context = { db: store.cache, connectionId: CONNECTION, askedAt: 0, removedNotes: store.removedNotes }
  return inTransaction(store.cache, () => {
    const told = (dataset: 'contracts' | 'clients') => (track === null ? null : { ...track, dataset })
    const contracts = upsertRows(contractTable, { context, rows: batch.map((it) => it.contract), walk, changes: told('contracts') })
    const clients = upsertRows(clientTable, { context, rows: batch.map((it) => it.client), walk, changes: told('clients') })
    return contracts.fresh + clients.fresh
  })
}
