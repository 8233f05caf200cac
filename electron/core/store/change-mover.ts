import type { Store } from './connection'
import { all, inTransaction, run, sql, statement } from './sql'

interface Spooled {
  sync_id: string
  seq: number
  connection_id: string
  dataset: string
  entity_id: string
  client_id: string | null
  kind: string
  changes: string
  since: number | null
  at: number
}
const AT_ONCE = 500

export interface Moving {
  /** Lets what waits go on between two small transactions. */
  pause?: () => Promise<void>
  /** Between the copy of some rows and their end in the spool. */
  between?: () => void
}

/**
 * Moves changes that pulls left in cache.db into local.db's `change_log`. Nothing spans the two files, so the copy is
 * committed first and the spool emptied after; a kill in between copies again, and the unique (sync, seq) ignores it.
 * Runs before connections start, and after each pull; a store that is closed meanwhile ends it. @returns how many rows were moved.
 */
export const moveChanges = async (store: Store, { pause = breath, between = () => undefined }: Moving = {}): Promise<number> => {
  for (let moved = 0; ;) {
    if (!store.cache.open || !store.local.open) return moved
    const rows = all<Spooled>(store.cache, sql`SELECT * FROM change_spool ORDER BY sync_id, seq LIMIT ${AT_ONCE}`)
    if (rows.length === 0) return moved
    copy(store, rows)
    between()
    drop(store, rows)
    moved += rows.length
    await pause()
  }
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const copy = (store: Store, rows: readonly Spooled[]): void => {
  inTransaction(store.local, () => {
    const insert = statement(
      store.local,
      `INSERT OR IGNORE INTO change_log (sync_id, seq, connection_id, dataset, entity_id, client_id, kind, changes, since, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const row of rows)
      insert.run(
        row.sync_id,
        row.seq,
        row.connection_id,
        row.dataset,
        row.entity_id,
        row.client_id,
        row.kind,
        row.changes,
        row.since,
        row.at,
      )
  })
}

const drop = (store: Store, rows: readonly Spooled[]): void => {
  inTransaction(store.cache, () => {
    for (const { sync_id: sync, seq } of rows) run(store.cache, sql`DELETE FROM change_spool WHERE sync_id = ${sync} AND seq = ${seq}`)
  })
}
