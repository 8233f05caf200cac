import type { Money } from '@shared/domain/money'
import { nameOf } from '@shared/domain/names'
import type { Input } from '@shared/ipc/contract'
import type { ContractRow } from '@shared/ipc/contracts'
import { assertNever } from '@shared/errors'
import { all, get, sql, trusted, type Db, type Query } from '../sql'
import { moneyOf } from './clients'
import { every, listOf } from './query'
import { matching } from './search'

export type ContractQuery = Input<'contracts', 'list'>
interface Row {
  connection_id: string
  id: string
  name: string
  created_at: number | null
  partner_id: string | null
  partner_name: string | null
  client_id: string | null
  client_name: string | null
  balance_minor: number | null
  currency: string | null
  plan_id: string | null
  plan_name: string | null
  inactive: number | null
}

/** The two sides of a contract are told by what each is, not by where it stands. */
const side = (entity: 'partner' | 'client', column: 'id' | 'name'): Query =>
  trusted(`CASE WHEN k.left_entity = '${entity}' THEN k.left_${column} WHEN k.right_entity = '${entity}' THEN k.right_${column} END`)

const columns = sql`k.connection_id, k.id, k.name, k.created_at, ${side('partner', 'id')} AS partner_id, ${side('partner', 'name')} AS partner_name,
  ${side('client', 'id')} AS client_id, ${side('client', 'name')} AS client_name, k.balance_minor, k.currency, k.plan_id, k.plan_name, k.inactive`

const conditionsOf = ({ connectionId, text, planIds, balance }: ContractQuery): Query[] => [
  ...(connectionId === null ? [] : [sql`k.connection_id = ${connectionId}`]),
  ...(planIds.length === 0 ? [] : [sql`k.plan_id IN ${listOf(planIds)}`]),
  ...balanceCondition(balance),
  ...textCondition({ connectionId, text }),
]
const balanceCondition = (balance: ContractQuery['balance']): Query[] => {
  switch (balance) {
    case 'any':
      return []
    case 'negative':
      return [sql`k.balance_minor < 0`]
    case 'positive':
      return [sql`k.balance_minor > 0`]
    default:
      return assertNever(balance)
  }
}
/** Found by its own name, or by what its client is found by. */
const textCondition = (search: { connectionId: string | null; text: string }): Query[] => {
  const own = matching({ kind: 'contract', ...search })
  const clients = matching({ kind: 'client', ...search })
  if (own === null || clients === null) return []
  return [
    sql`k.rowid IN (SELECT f.rowid FROM ${own} r CROSS JOIN contract f ON f.connection_id = r.connection_id AND f.id = r.id)
      OR k.rowid IN (SELECT f.rowid FROM ${clients} r CROSS JOIN client c ON c.connection_id = r.connection_id AND c.id = r.id
        CROSS JOIN contract f ON f.connection_id = c.connection_id AND f.id = c.contract_id)`,
  ]
}

const sortColumns: Record<ContractQuery['sort']['by'], Query> = {
  name: trusted('k.name_folded'),
  created: trusted('k.created_at'),
  client: side('client', 'name'),
  balance: trusted('k.balance_minor'),
  plan: trusted('k.plan_name'),
}

export const listContracts = (cache: Db, query: ContractQuery): ContractRow[] => {
  const column = sortColumns[query.sort.by]
  const direction = trusted(query.sort.desc ? 'DESC' : 'ASC')
  return all<Row>(
    cache,
    sql`SELECT ${columns} FROM contract k WHERE ${every(conditionsOf(query))}
      ORDER BY ${column} IS NULL, ${column} ${direction}, k.name_folded, k.id LIMIT ${query.limit} OFFSET ${query.offset}`,
  ).map(toRow)
}

export const contractTotals = (cache: Db, query: ContractQuery): { total: number; totals: Money[] } => {
  const rows = all<{ currency: string | null; count: number; minor: number | null }>(
    cache,
    sql`SELECT currency, count(*) AS count, sum(balance_minor) AS minor FROM contract k WHERE ${every(conditionsOf(query))} GROUP BY currency ORDER BY currency`,
  )
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    totals: rows.flatMap(({ minor, currency }) => moneyOf(minor, currency) ?? []),
  }
}

export const findContract = (cache: Db, connectionId: string, id: string): ContractRow | null => {
  const row = get<Row>(cache, sql`SELECT ${columns} FROM contract k WHERE k.connection_id = ${connectionId} AND k.id = ${id}`)
  return row ? toRow(row) : null
}

const toRow = (row: Row): ContractRow => ({
  connectionId: row.connection_id,
  id: row.id,
  name: nameOf(row.name, row.id),
  createdAt: row.created_at,
  partnerId: row.partner_id,
  partnerName: row.partner_name,
  clientId: row.client_id,
  clientName: row.client_id === null ? row.client_name : nameOf(row.client_name, row.client_id),
  balance: moneyOf(row.balance_minor, row.currency),
  planId: row.plan_id,
  planName: row.plan_id === null ? row.plan_name : nameOf(row.plan_name, row.plan_id),
  inactive: row.inactive === null ? null : row.inactive === 1,
})
