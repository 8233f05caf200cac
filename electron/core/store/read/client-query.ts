import { limitTypes, NEAR_SHARE, type LimitType } from '@shared/domain/limits'
import type { ClientFilter, ClientQuery } from '@shared/ipc/clients'
import { assertNever } from '@shared/errors'
import { join, sql, trusted, type Query } from '../sql'
import { unmanagedKnown } from './known-figures'
import { every, listOf } from './query'

/** A client is new for a month. */
export const NEW_FOR_MS = 30 * 86_400_000

/** A platform's clock may be ahead of ours; what lies further ahead is no moment at all. */
const CLOCKS_DIFFER_MS = 3_600_000

/** The tables that conditions and orders name: c = client, k = its contract, s = its summary. */
const joined: Query = sql`
  LEFT JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id
  LEFT JOIN client_summary s ON s.connection_id = c.connection_id AND s.client_id = c.id`
export const clientTables: Query = sql`client c ${joined}`

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

/** What the view and the filters ask for; the connection and the text are the list's own affair. */
export const conditionsOf = (query: ClientQuery, now: number): Query[] => [
  ...viewCondition(query.view, now),
  ...query.filters.flatMap(filterConditions),
]

export const viewCondition = (view: ClientQuery['view'], now: number): Query[] => {
  switch (view) {
    case 'all':
      return []
    case 'negative':
      return [sql`k.balance_minor < 0`]
    case 'near-limit':
      return [sql`s.tight_state IN ('near', 'reached', 'over')`]
    case 'unmanaged':
      return [sql`s.unmanaged = 1 AND ${unmanagedKnown}`]
    case 'new':
      return [sql`c.created_at BETWEEN ${now - NEW_FOR_MS} AND ${now + CLOCKS_DIFFER_MS}`]
    default:
      return assertNever(view)
  }
}

const between = (column: Query, low: number | null, high: number | null): Query[] => [
  ...(low === null ? [] : [sql`${column} >= ${low}`]),
  ...(high === null ? [] : [sql`${column} <= ${high}`]),
]

const filterConditions = (filter: ClientFilter): Query[] => {
  switch (filter.field) {
    case 'partner':
      return [sql`c.partner_id IN ${listOf(filter.ids)}`]
    case 'plan':
      return [sql`k.plan_id IN ${listOf(filter.ids)}`]
    case 'paymentModel':
      return [sql`c.payment_model IN ${listOf(filter.ids)}`]
    case 'balance':
      return between(sql`k.balance_minor`, filter.min, filter.max)
    case 'created':
      return between(sql`c.created_at`, filter.from, filter.to)
    case 'projects':
      return between(sql`c.projects`, filter.min, filter.max)
    case 'limit':
      return [filter.type === null ? sql`s.tight_state IN ${listOf(filter.states)}` : limitCondition(filter.type, filter.states)]
    default:
      return assertNever(filter)
  }
}

/** Any of the client's limits of this type stands in one of these states. */
const limitCondition = (type: LimitType, states: readonly string[]): Query => sql`EXISTS (
  SELECT 1 FROM client_limit l LEFT JOIN client_usage u
    ON u.connection_id = l.connection_id AND u.client_id = l.owner_id AND u.hypervisor_id = l.hypervisor_id
  WHERE l.connection_id = c.connection_id AND l.owner = 'client' AND l.owner_id = c.id AND l.type = ${type}
    AND ${stateOf(sql`ifnull(u.${usageColumn(type)}, 0)`, sql`l.value`)} IN ${listOf(states)})`

const sortColumns: Record<ClientQuery['sort']['by'], Query> = {
  name: trusted('c.name_folded'),
  created: trusted('c.created_at'),
  balance: trusted('k.balance_minor'),
  plan: trusted('k.plan_name'),
  contract: trusted('k.name'),
  projects: trusted('c.projects'),
  partner: trusted('c.partner_name'),
  servers: trusted('s.servers'),
  cpu: trusted('s.cpu'),
  ram: trusted('s.ram_gb'),
  volume: trusted('s.volume_gb'),
  limit: trusted('s.tight_share'),
}

/** Unknown values stand last in both directions; equal ones follow by name, so that windows never overlap. */
export const orderOf = ({ by, desc }: ClientQuery['sort']): Query => {
  const direction = trusted(desc ? 'DESC' : 'ASC')
  if (by === 'name') return sql`c.name_folded ${direction}, c.id ${direction}`
  const column = sortColumns[by]
  return sql`${column} IS NULL, ${column} ${direction}, c.name_folded, c.id`
}

/** Only the tables that a query needs: a join per row is what a long list costs. */
export const tablesFor = (conditions: readonly Query[], order: Query): Query => {
  const text = [...conditions, order].map((it) => it.text).join(' ')
  const needsContract = text.includes('k.')
  const needsSummary = text.includes('s.')
  return join(
    [
      sql`client c`,
      ...(needsContract ? [sql`LEFT JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id`] : []),
      ...(needsSummary ? [sql`LEFT JOIN client_summary s ON s.connection_id = c.connection_id AND s.client_id = c.id`] : []),
    ],
    ' ',
  )
}

export const whereOf = (conditions: readonly Query[]): Query => sql`WHERE ${every(conditions)}`
