import type { LimitType } from '@shared/domain/limits'
import type { HypervisorRef } from '@shared/domain/entities'
import type { Money } from '@shared/domain/money'
import { all, get, sql, type Db } from '../sql'
import { usageColumn } from './client-query'
import { knownFigures } from './known-figures'
import { limitsOf, withUse } from './limits'
import { column } from './query'
import { clientUsage } from './usage'

/** Clients in debt and by how much, kept beside the rows; a contract that two clients share is counted once. */
export const negativeBalances = (cache: Db, connectionId: string): { clients: number; totals: Money[] } => {
  const debts = all<Money & { clients: number }>(
    cache,
    sql`SELECT currency, minor, clients FROM debt WHERE connection_id = ${connectionId} ORDER BY currency`,
  )
  return {
    clients: debts.reduce((sum, { clients }) => sum + clients, 0),
    totals: debts.map(({ currency, minor }) => ({ currency, minor })),
  }
}

export const countClients = (cache: Db, connectionId: string): number =>
  get<{ count: number }>(cache, sql`SELECT count(*) AS count FROM client WHERE connection_id = ${connectionId}`)?.count ?? 0

export const clientsNearLimit = (cache: Db, connectionId: string): { count: number; over: number; reached: number } =>
  get(
    cache,
    sql`SELECT count(*) AS count, ifnull(sum(tight_state = 'over'), 0) AS over, ifnull(sum(tight_state = 'reached'), 0) AS reached
      FROM client_summary WHERE connection_id = ${connectionId} AND tight_state IN ('near', 'reached', 'over')`,
  ) ?? { count: 0, over: 0, reached: 0 }

/** Clients of which it is known that they have no administrator: none while that cannot be known. */
export const unmanagedClients = (cache: Db, connectionId: string): number => {
  if (!knownFigures(cache, connectionId).unmanaged) return 0
  const query = sql`SELECT count(*) AS count FROM client_summary WHERE connection_id = ${connectionId} AND unmanaged = 1`
  return get<{ count: number }>(cache, query)?.count ?? 0
}

export const partnerHypervisors = (cache: Db, connectionId: string): HypervisorRef[] =>
  all<{ hypervisors: string }>(cache, sql`SELECT hypervisors FROM partner WHERE connection_id = ${connectionId}`).flatMap(
    ({ hypervisors }) => JSON.parse(hypervisors) as HypervisorRef[],
  )

/**
 * The same at one hypervisor. Only clients whose tightest limit presses can be meant: the few are looked at, limit by limit.
 */
export const clientsNearLimitAt = (
  cache: Db,
  { connectionId, hypervisorId }: { connectionId: string; hypervisorId: string },
): { count: number; over: number; reached: number } => {
  const pressed = column<string>(
    cache,
    sql`SELECT client_id FROM client_summary WHERE connection_id = ${connectionId} AND tight_state IN ('near', 'reached', 'over')`,
  )
  const found = { count: 0, over: 0, reached: 0 }
  for (const clientId of pressed) {
    const limits = limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId }).filter(
      (limit) => limit.hypervisorId === hypervisorId,
    )
    const states = new Set(withUse(limits, clientUsage(cache, connectionId, clientId)).map(({ state }) => state))
    const over = states.has('over')
    const reached = !over && states.has('reached')
    found.count += Number(over || reached || states.has('near'))
    found.over += Number(over)
    found.reached += Number(reached)
  }
  return found
}

export interface TopClient {
  clientId: string
  clientName: string
  use: number
}
const TOP = 50

/** The clients that use most of one type; what hangs on no known client has an empty id and is left out. */
export const topClients = (
  cache: Db,
  { connectionId, type, hypervisorId }: { connectionId: string; type: LimitType; hypervisorId: string | null },
): TopClient[] => {
  const at = hypervisorId === null ? sql`` : sql`AND u.hypervisor_id = ${hypervisorId}`
  return all(
    cache,
    sql`SELECT top.client_id AS clientId, ifnull(c.name, top.client_id) AS clientName, top.amount AS use
      FROM (SELECT u.client_id, sum(u.${usageColumn(type)}) AS amount FROM client_usage u
        WHERE u.connection_id = ${connectionId} AND u.client_id <> '' ${at}
        GROUP BY u.client_id HAVING amount > 0 ORDER BY amount DESC LIMIT ${TOP}) top
      LEFT JOIN client c ON c.connection_id = ${connectionId} AND c.id = top.client_id ORDER BY use DESC, clientName`,
  )
}
