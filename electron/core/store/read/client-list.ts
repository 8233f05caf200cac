import { sumByCurrency, type Money } from '@shared/domain/money'
import type { ClientQuery } from '@shared/ipc/clients'
import { all, get, sql, statement, type Db, type Query } from '../sql'
import { conditionsOf, foundTables, hasText, orderOf, tablesFor, whereOf } from './client-query'
import { column } from './query'

export interface ClientTotals {
  balance: Money[]
  projects: number
  servers: number
  cpu: number
  ramGb: number
  volumeGb: number
}
/** Everything that a query shows: row numbers in its order, so that a window is a slice wherever the scrollbar is. */
export interface ClientList {
  rowids: number[]
  totals: ClientTotals
}

export interface ListOptions {
  now: number
  /** The sums of a list without conditions: the caller may have them from another order of the same list. */
  wholeTotals: () => ClientTotals
}

export const clientList = (cache: Db, query: ClientQuery, { now, wholeTotals }: ListOptions): ClientList => {
  const conditions = conditionsOf(query, now)
  const narrowed = hasText(query) || conditions.length > (query.connectionId === null ? 0 : 1)
  return narrowed ? narrowedList(cache, query, conditions) : { rowids: wholeOrder(cache, query, conditions), totals: wholeTotals() }
}

type Narrow = [rowid: number, contract: string | null, currency: string | null, minor: number | null, ...figures: (number | null)[]]

/** A condition costs its joins once: the order and the sums come from the same pass. */
const narrowedList = (cache: Db, query: ClientQuery, conditions: readonly Query[]): ClientList => {
  const { text, params } =
    sql`SELECT c.rowid, c.connection_id || ' ' || c.contract_id, k.currency, k.balance_minor, c.projects, s.servers, s.cpu, s.ram_gb,
    s.volume_gb FROM ${foundTables(query)} ${whereOf(conditions)} ORDER BY ${orderOf(query.sort)}`
  const rows = statement(cache, `/* raw */ ${text}`)
    .raw()
    .all(...params) as Narrow[]
  const contracts = new Map<string, Money>()
  const sums = [0, 0, 0, 0, 0]
  for (const [, contract, currency, minor, ...figures] of rows) {
    if (contract !== null && currency !== null && minor !== null) contracts.set(contract, { minor, currency })
    figures.forEach((figure, index) => (sums[index] = (sums[index] ?? 0) + (figure ?? 0)))
  }
  const [projects = 0, servers = 0, cpu = 0, ramGb = 0, volumeGb = 0] = sums
  return {
    rowids: rows.map(([rowid]) => rowid),
    totals: { balance: byCurrency(sumByCurrency(contracts.values())), projects, servers, cpu, ramGb, volumeGb },
  }
}

const wholeOrder = (cache: Db, { sort }: ClientQuery, conditions: readonly Query[]): number[] => {
  const order = orderOf(sort)
  return column<number>(cache, sql`SELECT c.rowid FROM ${tablesFor(conditions, order)} ${whereOf(conditions)} ORDER BY ${order}`)
}

/** Without a condition each table is summed by itself, from one end to the other. */
export const wholeTotals = (cache: Db, connectionId: string | null): ClientTotals => {
  const own = connectionId === null ? sql`1` : sql`connection_id = ${connectionId}`
  const contracts = connectionId === null ? sql`1` : sql`k.connection_id = ${connectionId}`
  const projects = get<{ sum: number }>(cache, sql`SELECT ifnull(sum(projects), 0) AS sum FROM client WHERE ${own}`)
  const sums = get<Omit<ClientTotals, 'balance' | 'projects'>>(
    cache,
    sql`SELECT ifnull(sum(servers), 0) AS servers, ifnull(sum(cpu), 0) AS cpu, ifnull(sum(ram_gb), 0) AS ramGb, ifnull(sum(volume_gb), 0) AS volumeGb
      FROM client_summary WHERE ${own}`,
  )
  const balance = all<Money>(
    cache,
    sql`SELECT k.currency, sum(k.balance_minor) AS minor FROM contract k WHERE ${contracts} AND k.balance_minor IS NOT NULL
      AND EXISTS (SELECT 1 FROM client c WHERE c.connection_id = k.connection_id AND c.contract_id = k.id) GROUP BY k.currency ORDER BY k.currency`,
  )
  return { balance, projects: projects?.sum ?? 0, ...(sums ?? { servers: 0, cpu: 0, ramGb: 0, volumeGb: 0 }) }
}

const byCurrency = (totals: Money[]): Money[] => totals.sort((a, b) => (a.currency < b.currency ? -1 : 1))
