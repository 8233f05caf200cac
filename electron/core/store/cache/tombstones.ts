import type { Dataset } from '@shared/domain/datasets'
import type { Store } from '../connection'
import { descriptorOf } from '../datasets'
import type { RowContext, RowText } from '../datasets/descriptor'
import { all, get, inTransaction, join, run, sql, trusted, type Query, type SqlValue } from '../sql'
import { spoolChange, type ChangeTrack } from './change-spool'
import { unindexRow } from './search-index'
import { noneTouched, settleTouched } from './touched'
import { ownerOf } from './upsert'

interface Unseen {
  connectionId: string
  dataset: Dataset
  /** Walks that count as having seen a row: the last, and the one that it confirms. */
  walks: readonly number[]
}

/** A row that no such walk saw. Negative walks are protected: written here, between two walks. */
const isUnseen = ({ connectionId, walks }: Unseen): Query => {
  const seen = join(
    walks.map((walk) => sql`${walk}`),
    ', ',
  )
  return sql`connection_id = ${connectionId} AND walk >= 0 AND walk NOT IN (${seen})`
}

const ROWS_AT_ONCE = 5_000

/** The rows that no such walk saw, looked for in slices: a large table is never read at one stretch. */
export const unseenIds = async ({ cache }: Store, unseen: Unseen, pause: () => Promise<void>): Promise<string[]> => {
  const table = trusted(descriptorOf(unseen.dataset).table)
  const last = get<{ last: number | null }>(cache, sql`SELECT max(rowid) last FROM ${table}`)?.last ?? 0
  const ids: string[] = []
  for (let after = 0; after < last; after += ROWS_AT_ONCE) {
    const slice = sql`rowid > ${after} AND rowid <= ${after + ROWS_AT_ONCE} AND ${isUnseen(unseen)}`
    for (const { id } of all<{ id: string }>(cache, sql`SELECT id FROM ${table} WHERE ${slice}`)) ids.push(id)
    await pause()
  }
  return ids
}

/** Rows of one transaction. */
export const MOST_REMOVED = 500

/** Removes rows that complete walks did not see, each with what hangs on it and a change row. @returns the ids removed. */
export const removeUnseen = (
  store: Store,
  unseen: Unseen,
  { ids, changes, context }: { ids: readonly string[]; changes: ChangeTrack | null; context: RowContext },
): string[] =>
  inTransaction(store.cache, () => {
    const table = trusted(descriptorOf(unseen.dataset).table)
    // Written here meanwhile (a note), it is protected.
    const gone = ids.filter((id) => get(store.cache, sql`SELECT 1 FROM ${table} WHERE ${isUnseen(unseen)} AND id = ${id}`) !== undefined)
    const touched = noneTouched()
    for (const id of gone) removeRow(unseen.dataset, { id, changes, context: { ...context, touched } })
    settleTouched(store.cache, unseen.connectionId, { touched, first: false })
    const { connectionId, dataset } = unseen
    run(
      store.cache,
      sql`UPDATE dataset_state SET rows = max(0, rows - ${gone.length}) WHERE connection_id = ${connectionId} AND dataset = ${dataset}`,
    )
    return gone
  })

const removeRow = (dataset: Dataset, { id, changes, context }: { id: string; changes: ChangeTrack | null; context: RowContext }): void => {
  const table = descriptorOf(dataset)
  const { db, connectionId } = context
  const where = sql`FROM ${trusted(table.table)} WHERE connection_id = ${connectionId} AND id = ${id}`
  const stored = get<Record<string, SqlValue>>(db, sql`SELECT rowid, * ${where}`)
  if (!stored) return
  const row: RowText = (column) => {
    if (!Object.hasOwn(stored, column)) throw new Error(`${table.table} has no column ${column}`)
    return stored[column] as string | null
  }
  if (changes && table.journal !== 'none') {
    const name = stored['name'] ?? stored['login']
    const told: Record<string, [unknown, unknown]> = typeof name === 'string' ? { name: [name, null] } : {}
    const change = { kind: 'removed' as const, id, clientId: ownerOf(table, row, context), changes: told }
    spoolChange(db, connectionId, { track: changes, change })
  }
  for (const { kind, by } of table.touches ?? []) context.touched?.add(kind, row(by))
  if (table.search) unindexRow(db, table.search.kind, Number(stored['rowid']))
  run(db, sql`DELETE ${where}`)
  table.remove?.(id, context)
}
