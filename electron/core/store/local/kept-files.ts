import type { KeptFileRow } from '@shared/ipc/files'
import { value } from '../read/query'
import { all, get, run, sql, type Db } from '../sql'

/** A kept file's row: the content itself lies outside of this file. */
export interface KeptFile extends KeptFileRow {
  /** Of the content, hex. */
  sha256: string
}
type Row = Omit<KeptFile, 'remarks'> & { remarks: string }

const columns = sql`id, kind, name, connection_id AS connectionId, size, sha256, rows, remarks, as_of AS asOf, made_at AS madeAt,
  kept_until AS keptUntil, state`
const parsed = (row: Row): KeptFile => ({ ...row, remarks: JSON.parse(row.remarks) as string[] })

export const insertKeptFile = (local: Db, it: KeptFile): void => {
  run(
    local,
    sql`INSERT INTO kept_file (id, kind, name, connection_id, size, sha256, rows, remarks, as_of, made_at, kept_until, state)
      VALUES (${it.id}, ${it.kind}, ${it.name}, ${it.connectionId}, ${it.size}, ${it.sha256}, ${it.rows}, ${JSON.stringify(it.remarks)},
        ${it.asOf}, ${it.madeAt}, ${it.keptUntil}, ${it.state})`,
  )
}
export const findKeptFile = (local: Db, id: string): KeptFile | null => {
  const row = get<Row>(local, sql`SELECT ${columns} FROM kept_file WHERE id = ${id}`)
  return row ? parsed(row) : null
}
/** Newest first. */
export const listKeptFiles = (local: Db, { offset, limit }: { offset: number; limit: number }): KeptFile[] =>
  all<Row>(local, sql`SELECT ${columns} FROM kept_file ORDER BY made_at DESC, id LIMIT ${limit} OFFSET ${offset}`).map(parsed)
export const countKeptFiles = (local: Db): number => value<number>(local, sql`SELECT count(*) FROM kept_file`) ?? 0
export const everyKeptFile = (local: Db): KeptFile[] => listKeptFiles(local, { offset: 0, limit: -1 })
export const keptFilesUntil = (local: Db, before: number): KeptFile[] =>
  all<Row>(local, sql`SELECT ${columns} FROM kept_file WHERE kept_until < ${before}`).map(parsed)
/** A file over all connections holds rows of each of them. */
export const keptFilesOf = (local: Db, connectionId: string): KeptFile[] =>
  all<Row>(local, sql`SELECT ${columns} FROM kept_file WHERE connection_id = ${connectionId} OR connection_id IS NULL`).map(parsed)

export const setKeptFileState = (local: Db, id: string, state: KeptFile['state']): void => {
  run(local, sql`UPDATE kept_file SET state = ${state} WHERE id = ${id} AND state <> ${state}`)
}
export const dropKeptFile = (local: Db, id: string): void => {
  run(local, sql`DELETE FROM kept_file WHERE id = ${id}`)
}
