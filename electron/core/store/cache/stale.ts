import { get, run, sql, statement, type Db } from '../sql'

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

/** On what a row's figures are kept: `owner` is a client that came or went, `client` one whose summary says something else. */
export type TouchKind = 'vdc' | 'project' | 'owner' | 'client' | 'contract'
export type TouchedIds = Readonly<Record<TouchKind, ReadonlySet<string>>>
export const nothingTouched = (): Record<TouchKind, Set<string>> => ({
  ...{ vdc: new Set(), project: new Set(), owner: new Set(), client: new Set(), contract: new Set() },
})

/** Small enough that counting them stays well under 30 ms. */
const AT_ONCE = 60

/** Notes down what waits to be counted again, in few rows: a page is stored as fast as ever. */
export const addStale = (db: Db, connectionId: string, touched: Partial<TouchedIds>): void => {
  const all = Object.entries(touched).flatMap(([kind, ids]) => [...ids].map((id) => [kind, id]))
  const insert = statement(db, 'INSERT INTO stale (connection_id, touched) VALUES (?, ?)')
  for (let from = 0; from < all.length; from += AT_ONCE) insert.run(connectionId, JSON.stringify(all.slice(from, from + AT_ONCE)))
}

/** Takes the next few out: the caller counts them in the same transaction. null = nothing waits. */
export const takeStale = (db: Db, connectionId: string): TouchedIds | null => {
  const row = get<{ number: number; touched: string }>(
    db,
    sql`SELECT number, touched FROM stale WHERE connection_id = ${connectionId} ORDER BY number LIMIT 1`,
  )
  if (!row) return null
  run(db, sql`DELETE FROM stale WHERE number = ${row.number}`)
  const ids = nothingTouched()
  for (const [kind, id] of JSON.parse(row.touched) as [TouchKind, string][]) ids[kind].add(id)
  return ids
}

/** So many wait that counting everything is quicker. */
export const tooManyStale = (db: Db, connectionId: string): boolean =>
  (get<{ n: number }>(db, sql`SELECT count(*) n FROM (SELECT 1 FROM stale WHERE connection_id = ${connectionId} LIMIT ${MANY})`)?.n ??
    0) === MANY
const MANY = 500

export const dropStale = (db: Db, connectionId: string): void => {
  run(db, sql`DELETE FROM stale WHERE connection_id = ${connectionId}`)
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
