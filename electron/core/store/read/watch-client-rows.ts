import type { Db } from '../sql'

/** What a summary adds to the list without a limit in it: notes and limits are read for each client by itself, all day long. */
const usage = 'servers, cpu, ram_gb, volume_gb'
const columnsOf = (row: 'OLD' | 'NEW'): string => usage.replace(/\w+/g, (column) => `${row}.${column}`)

/**
 * Counts writes to clients, their contracts and what they use. SQLite itself tells of them, by triggers that live as long
 * as this connection and are in no file. One that was rolled back is counted too: what is read again was the same.
 */
export const watchClientRows = (db: Db): (() => number) => {
  let writes = 0
  const { count } = db.prepare(`SELECT count(*) AS count FROM temp.sqlite_master`).get() as { count: number }
  const told = `client_rows_written_${String(count)}`
  db.function(told, () => {
    writes++
    return null
  })
  const watch = (what: string, table: string, when = ''): void => {
    const name = `${told}_${table}_${what.slice(0, 6).trim()}`
    db.exec(`CREATE TEMP TRIGGER ${name} AFTER ${what} ON main.${table} ${when} BEGIN SELECT ${told}(); END`)
  }
  for (const table of ['client', 'contract']) for (const what of ['INSERT', 'UPDATE', 'DELETE']) watch(what, table)
  watch('INSERT', 'client_summary')
  watch('DELETE', 'client_summary')
  watch(`UPDATE OF ${usage}`, 'client_summary', `WHEN (${columnsOf('OLD')}) IS NOT (${columnsOf('NEW')})`)
  return () => writes
}
