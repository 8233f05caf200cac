import { get, sql, type Db } from '../sql'

export interface ServerState {
  name: string
  /** null: its data centre was not read yet. */
  clientId: string | null
  power: boolean | null
  locked: boolean | null
}
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

export const findServer = (cache: Db, connectionId: string, id: string): ServerState | null => {
  const row = get<{ name: string; client_id: string | null; power: number | null; locked: number | null }>(
    cache,
    sql`SELECT s.name, p.client_id, s.power, s.locked FROM server s
      LEFT JOIN vdc v ON v.connection_id = s.connection_id AND v.id = s.vdc_id
      LEFT JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
      WHERE s.connection_id = ${connectionId} AND s.id = ${id}`,
  )
  return row ? { name: row.name, clientId: row.client_id, power: flag(row.power), locked: flag(row.locked) } : null
}
