import { limitTypes, NEAR_SHARE, type LimitType } from '@shared/domain/limits'
import { sql, trusted, type Query } from '../sql'
import { listOf } from './query'

/** Beside c = client: k = its contract, s = its summary. */
export const clientJoins = {
  k: 'LEFT JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id',
  s: 'LEFT JOIN client_summary s ON s.connection_id = c.connection_id AND s.client_id = c.id',
}
export const clientTables: Query = trusted(`client c ${clientJoins.k} ${clientJoins.s}`)

const usageColumns: Record<LimitType, Query> = {
  servers: trusted('servers'),
  disks: trusted('disks'),
  volume: trusted('volume_gb'),
  ip: trusted('ip'),
  networks: trusted('networks'),
  routers: trusted('routers'),
  ram: trusted('ram_gb'),
  cpu: trusted('cpu'),
}
export const usageColumn = (type: LimitType): Query => usageColumns[type]
export const isLimitType = (type: string | null): type is LimitType => limitTypes.some((it) => it === type)

/** The state of use against a limit, in SQL: the same rule as `usageState`. */
export const stateOf = (use: Query, limit: Query): Query =>
  sql`CASE WHEN ${use} > ${limit} THEN 'over' WHEN ${use} = ${limit} THEN 'reached' WHEN ${use} >= ${limit} * ${NEAR_SHARE} THEN 'near' ELSE 'ok' END`

/** Any of the client's limits of this type stands in one of these states. */
export const limitCondition = (type: LimitType, states: readonly string[]): Query => sql`EXISTS (
  SELECT 1 FROM client_limit l LEFT JOIN client_usage u
    ON u.connection_id = l.connection_id AND u.client_id = l.owner_id AND u.hypervisor_id = l.hypervisor_id
  WHERE l.connection_id = c.connection_id AND l.owner = 'client' AND l.owner_id = c.id AND l.type = ${type}
    AND ${stateOf(sql`ifnull(u.${usageColumn(type)}, 0)`, sql`l.value`)} IN ${listOf(states)})`
