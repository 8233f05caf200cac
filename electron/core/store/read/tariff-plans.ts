import { nameOf } from '@shared/domain/names'
import type { Input } from '@shared/ipc/contract'
import type { PlanRow } from '@shared/ipc/contracts'
import { all, get, sql, trusted, type Db, type Query } from '../sql'
import { every } from './query'
import { matching } from './search'

export type PlanQuery = Input<'tariffPlans', 'list'>

const columns = sql`t.connection_id AS connectionId, t.id, t.name, t.created_at AS createdAt, t.contracts`
const sortColumns: Record<PlanQuery['sort']['by'], Query> = {
  name: trusted('t.name_folded'),
  created: trusted('t.created_at'),
  contracts: trusted('t.contracts'),
}

const conditionsOf = ({ connectionId, text }: PlanQuery): Query[] => {
  const found = matching({ kind: 'tariff_plan', connectionId, text })
  return [
    ...(connectionId === null ? [] : [sql`t.connection_id = ${connectionId}`]),
    ...(found === null
      ? []
      : [sql`t.rowid IN (SELECT f.rowid FROM ${found} r CROSS JOIN tariff_plan f ON f.connection_id = r.connection_id AND f.id = r.id)`]),
  ]
}

export const listPlans = (cache: Db, query: PlanQuery): PlanRow[] => {
  const column = sortColumns[query.sort.by]
  const direction = trusted(query.sort.desc ? 'DESC' : 'ASC')
  return all<PlanRow>(
    cache,
    sql`SELECT ${columns} FROM tariff_plan t WHERE ${every(conditionsOf(query))}
      ORDER BY ${column} IS NULL, ${column} ${direction}, t.name_folded, t.id LIMIT ${query.limit} OFFSET ${query.offset}`,
  ).map(named)
}

export const countPlans = (cache: Db, query: PlanQuery): number =>
  get<{ count: number }>(cache, sql`SELECT count(*) AS count FROM tariff_plan t WHERE ${every(conditionsOf(query))}`)?.count ?? 0

export const findPlan = (cache: Db, connectionId: string, id: string): PlanRow | null => {
  const row = get<PlanRow>(cache, sql`SELECT ${columns} FROM tariff_plan t WHERE t.connection_id = ${connectionId} AND t.id = ${id}`)
  return row ? named(row) : null
}

const named = (row: PlanRow): PlanRow => ({ ...row, name: nameOf(row.name, row.id) })
