import { run, sql, type Db } from '../sql'

const column = (value: boolean | null): number | null => (value === null ? null : Number(value))

/** How a server stands after an order of our own; idempotent. No figure counts servers by their power. */
export const applyServerPower = (
  cache: Db,
  { connectionId, serverId, power, locked }: { connectionId: string; serverId: string; power: boolean | null; locked: boolean | null },
): void => {
  run(
    cache,
    sql`UPDATE server SET power = ${column(power)}, locked = ${column(locked)} WHERE connection_id = ${connectionId} AND id = ${serverId}`,
  )
}
