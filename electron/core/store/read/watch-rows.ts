import type { Db } from '../sql'

/** Writes to watch for: to which table, and only those that say something new. */
export interface Watched {
  table: string
  what: 'INSERT' | 'DELETE' | `UPDATE${'' | ` OF ${string}`}`
  when?: string
}

/** What a summary adds to the list without a limit in it: notes and limits are read for each client by itself, all day long. */
const usage = 'servers, cpu, ram_gb, volume_gb'
const columnsOf = (row: 'OLD' | 'NEW'): string => usage.replace(/\w+/g, (column) => `${row}.${column}`)
export const watchTable = (table: string): Watched[] => (['INSERT', 'UPDATE', 'DELETE'] as const).map((what) => ({ table, what }))

/** Clients, their contracts and what they use. */
export const clientRows: readonly Watched[] = [
  ...watchTable('client'),
  ...watchTable('contract'),
  { table: 'client_summary', what: 'INSERT' },
  { table: 'client_summary', what: 'DELETE' },
  { table: 'client_summary', what: `UPDATE OF ${usage}`, when: `WHEN (${columnsOf('OLD')}) IS NOT (${columnsOf('NEW')})` },
  // What was counted for the first time is unknown no more.
  { table: 'dataset_state', what: 'UPDATE OF counted_as_of', when: 'WHEN (OLD.counted_as_of IS NULL) IS NOT (NEW.counted_as_of IS NULL)' },
]
/** The platform's notes, and the clients' names beside them. */
export const noteRows: readonly Watched[] = [...watchTable('note'), ...watchTable('client')]

/**
 * Counts such writes. SQLite itself tells of them, by triggers that live as long as this connection and are in no file.
 * One that was rolled back is counted too: what is read again was the same.
 */
export const watchRows = (db: Db, watched: readonly Watched[]): (() => number) => {
  let writes = 0
  const { count } = db.prepare('SELECT count(*) AS count FROM temp.sqlite_master').get() as { count: number }
  const told = `rows_written_${String(count)}`
  db.function(told, () => {
    writes++
    return null
  })
  watched.forEach(({ table, what, when = '' }, place) => {
    db.exec(`CREATE TEMP TRIGGER ${told}_${String(place)} AFTER ${what} ON main.${table} ${when} BEGIN SELECT ${told}(); END`)
  })
  return () => writes
}
