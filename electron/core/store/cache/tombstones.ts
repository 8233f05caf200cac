import type { Dataset } from '@shared/domain/datasets'
import type { Store } from '../connection'
import { all, get, inTransaction, join, run, sql, trusted, type Query } from '../sql'
import { spoolChange, type ChangeTrack } from './change-spool'
import type { RowContext } from './entity-table'
import { unindexRow } from './search-index'
import { tableOf } from './tables'

interface Unseen {
  connectionId: string
  dataset: Dataset
  /** Walks that count as having seen a row: the last, and the one that it confirms. */
  walks: readonly number[]
}

/** Rows that no such walk saw. Negative walks are protected: written here, between two walks. */
const unseenRows = ({ connectionId, dataset, walks }: Unseen): Query => {
  const seen = join(
    walks.map((walk) => sql`${walk}`),
    ', ',
  )
  return sql`FROM ${trusted(tableOf(dataset).table)} WHERE connection_id = ${connectionId} AND walk >= 0 AND walk NOT IN (${seen})`
}

export const hasUnseen = (store: Store, unseen: Unseen): boolean =>
  get(store.cache, sql`SELECT 1 ${unseenRows(unseen)} LIMIT 1`) !== undefined

const MOST_ROWS = 500

/**
 * Removes up to 500 rows that a complete walk did not see, each with what hangs on it and a change row.
 * @returns the ids removed; call again until there are none.
 */
export const removeUnseen = (
  store: Store,
  unseen: Unseen,
  { changes, context }: { changes: ChangeTrack | null; context: RowContext },
): string[] =>
  inTransaction(store.cache, () => {
    const ids = all<{ id: string }>(store.cache, sql`SELECT id ${unseenRows(unseen)} LIMIT ${MOST_ROWS}`).map(({ id }) => id)
    for (const id of ids) removeRow(unseen.dataset, { id, changes, context })
    return ids
  })

const removeRow = (dataset: Dataset, { id, changes, context }: { id: string; changes: ChangeTrack | null; context: RowContext }): void => {
  const table = tableOf(dataset)
  const { db, connectionId } = context
  if (changes)
    spoolChange(db, connectionId, {
      track: changes,
      change: { kind: 'removed', id, clientId: clientOfRow(dataset, id, context), changes: {} },
    })
  const where = sql`FROM ${trusted(table.table)} WHERE connection_id = ${connectionId} AND id = ${id}`
  const kind = searchKinds[dataset]
  if (kind) unindexRow(db, kind, get<{ rowid: number }>(db, sql`SELECT rowid ${where}`)?.rowid ?? 0)
  run(db, sql`DELETE ${where}`)
  table.remove?.(id, context)
}

const searchKinds: Partial<Record<Dataset, 'client' | 'contract' | 'tariff_plan' | 'server' | 'account'>> = {
  clients: 'client',
  contracts: 'contract',
  tariff_plans: 'tariff_plan',
  servers: 'server',
  accounts: 'account',
}

const clientColumns: Partial<Record<Dataset, string>> = { clients: 'id', projects: 'client_id', notes: 'client_id', contracts: 'right_id' }

/** Whose row it was, as far as the row itself says. */
const clientOfRow = (dataset: Dataset, id: string, { db, connectionId }: RowContext): string | null => {
  const column = clientColumns[dataset]
  if (column === undefined) return null
  const query = sql`SELECT ${trusted(column)} client FROM ${trusted(tableOf(dataset).table)} WHERE connection_id = ${connectionId} AND id = ${id}`
  return get<{ client: string | null }>(db, query)?.client ?? null
}
