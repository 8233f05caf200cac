import type { LimitType } from '@shared/domain/limits'
import type { HypervisorRef } from '@shared/domain/entities'
import type { Money } from '@shared/domain/money'
import { all, get, sql, trusted, type Db } from '../sql'
import { usageColumn } from './client-query'

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

export const unmanagedClients = (cache: Db, connectionId: string): number =>
  get<{ count: number }>(cache, sql`SELECT count(*) AS count FROM client_summary WHERE connection_id = ${connectionId} AND unmanaged = 1`)
    ?.count ?? 0

export const partnerHypervisors = (cache: Db, connectionId: string): HypervisorRef[] =>
  all<{ hypervisors: string }>(cache, sql`SELECT hypervisors FROM partner WHERE connection_id = ${connectionId}`).flatMap(
    ({ hypervisors }) => JSON.parse(hypervisors) as HypervisorRef[],
  )

export interface Contributor {
  clientId: string
  clientName: string
  use: number
  limit: number | null
}
const TOP = 50

/** The clients that use most of one type, with their own limit of it. */
export const contributors = (
  cache: Db,
  { connectionId, type, hypervisorId }: { connectionId: string; type: LimitType; hypervisorId: string | null },
): Contributor[] => {
  const at = (table: string) => (hypervisorId === null ? sql`` : sql`AND ${trusted(table)}.hypervisor_id = ${hypervisorId}`)
  return all(
    cache,
    sql`SELECT top.client_id AS clientId, ifnull(c.name, top.client_id) AS clientName, top.amount AS use,
      (SELECT sum(l.value) FROM client_limit l WHERE l.connection_id = ${connectionId} AND l.owner = 'client' AND l.owner_id = top.client_id
        AND l.type = ${type} ${at('l')}) AS "limit"
      FROM (SELECT u.client_id, sum(u.${usageColumn(type)}) AS amount FROM client_usage u WHERE u.connection_id = ${connectionId} AND u.client_id <> '' ${at('u')}
        GROUP BY u.client_id HAVING amount > 0 ORDER BY amount DESC LIMIT ${TOP}) top
      LEFT JOIN client c ON c.connection_id = ${connectionId} AND c.id = top.client_id ORDER BY use DESC, clientName`,
  )
}
