import { get, sql, type Db } from '../sql'

export interface ServerState {
  power: boolean | null
  locked: boolean | null
}
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

export const findServer = (cache: Db, connectionId: string, id: string): ServerState | null => {
  const row = get<{ power: number | null; locked: number | null }>(
    cache,
    sql`SELECT power, locked FROM server WHERE connection_id = ${connectionId} AND id = ${id}`,
  )
  return row ? { power: flag(row.power), locked: flag(row.locked) } : null
}
