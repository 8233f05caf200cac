import { all, get, run, sql, statement, type Db } from '../sql'

/** What waits to be counted again, one by one. */
export interface Recounted {
  vdcs: ReadonlySet<string>
  contracts: ReadonlySet<string>
  clients: ReadonlySet<string>
}
/** Counting everything again: `due`, then what it has come to; `rest` = what changed meanwhile. */
export interface Phase {
  phase: 'due' | 'vdcs' | 'contracts' | 'clients' | 'rest'
  /** The last one counted of this phase. */
  after: string | null
  /** What had been read whole when it began: its figures are known once it has ended. */
  datasets: readonly string[]
  /** Rows of a first reading came meanwhile. */
  again: boolean
}

export const readPhase = (db: Db, connectionId: string): Phase | null => {
  const row = statement(db, 'SELECT phase, after, datasets, again FROM recount WHERE connection_id = ?').get(connectionId) as
    (Omit<Phase, 'datasets' | 'again'> & { datasets: string; again: number }) | undefined
  return row ? { ...row, datasets: JSON.parse(row.datasets) as string[], again: row.again === 1 } : null
}

/** null: everything was counted. */
export const writePhase = (db: Db, connectionId: string, at: Phase | null): void => {
  if (at === null) run(db, sql`DELETE FROM recount WHERE connection_id = ${connectionId}`)
  else
    run(
      db,
      sql`INSERT OR REPLACE INTO recount (connection_id, phase, after, datasets, again)
        VALUES (${connectionId}, ${at.phase}, ${at.after}, ${JSON.stringify(at.datasets)}, ${at.again})`,
    )
}
export const DUE: Phase = { phase: 'due', after: null, datasets: [], again: false }

export const addStale = (db: Db, connectionId: string, { vdcs, contracts, clients }: Partial<Recounted>): void => {
  const insert = statement(db, 'INSERT OR IGNORE INTO stale (connection_id, kind, id) VALUES (?, ?, ?)')
  for (const id of vdcs ?? []) insert.run(connectionId, 'vdc', id)
  for (const id of contracts ?? []) insert.run(connectionId, 'contract', id)
  for (const id of clients ?? []) insert.run(connectionId, 'client', id)
}

/** Takes the next few out: the caller counts them in the same transaction. VDCs come first, they change clients. */
export const takeStale = (db: Db, connectionId: string, count: number): Recounted | null => {
  const rows = all<{ kind: 'vdc' | 'contract' | 'client'; id: string }>(
    db,
    sql`SELECT kind, id FROM stale WHERE connection_id = ${connectionId} ORDER BY kind DESC, id LIMIT ${count}`,
  )
  if (rows.length === 0) return null
  const taken = { vdc: new Set<string>(), contract: new Set<string>(), client: new Set<string>() }
  for (const { kind, id } of rows) {
    taken[kind].add(id)
    run(db, sql`DELETE FROM stale WHERE connection_id = ${connectionId} AND kind = ${kind} AND id = ${id}`)
  }
  return { vdcs: taken.vdc, contracts: taken.contract, clients: taken.client }
}

/**
 * The figures are as new as the rows unless something waits: says so of every dataset whose rows are counted as they change.
 * One that is read for the first time is not among them before everything was counted. Runs in the caller's transaction.
 */
export const stampCounted = (db: Db, connectionId: string): void => {
  if (get(db, sql`SELECT 1 FROM stale WHERE connection_id = ${connectionId} LIMIT 1`)) return
  const at = readPhase(db, connectionId)
  const known =
    at === null ? sql`1` : sql`(counted_as_of IS NOT NULL OR dataset IN (SELECT value FROM json_each(${JSON.stringify(countedBy(at))})))`
  run(
    db,
    sql`UPDATE dataset_state SET counted_as_of = as_of
      WHERE connection_id = ${connectionId} AND as_of IS NOT NULL AND counted_as_of IS NOT as_of AND ${known}`,
  )
}
const countedBy = ({ phase, datasets }: Phase): readonly string[] => (phase === 'rest' ? datasets : [])

/** Was anything ever counted here? */
export const everCounted = (db: Db, connectionId: string): boolean =>
  get(db, sql`SELECT 1 FROM dataset_state WHERE connection_id = ${connectionId} AND counted_as_of IS NOT NULL LIMIT 1`) !== undefined
