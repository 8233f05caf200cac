import { sumByCurrency, type Money } from '@shared/domain/money'
import type { ClientQuery } from '@shared/ipc/clients'
import { sql, type Db, type Query } from '../sql'
import { clientFigures, type ClientFigures } from './client-figures'
import { conditionsOf, orderOf, tablesFor, whereOf } from './client-query'
import type { Memo } from './memo'
import { column } from './query'
import { rowidsMatching } from './search'

export interface ClientTotals {
  balance: Money[]
  projects: number
  /** null where some of it is not known. */
  servers: number | null
  cpu: number | null
  ramGb: number | null
  volumeGb: number | null
}
/** Everything that a query shows: row numbers in its order, so that a window is a slice wherever the scrollbar is. */
export interface ClientList {
  rowids: readonly number[]
  totals: ClientTotals
}

/**
 * A query in four parts, each remembered by itself until something is written: the order of the whole list, its figures,
 * the rows that meet the conditions and those that hold the text. While a person types only the last one is read anew.
 */
export const clientList = (cache: Db, query: ClientQuery, { now, memo }: { now: number; memo: Memo }): ClientList => {
  const { connectionId, sort, text } = query
  const key = (part: string, of: unknown): string => `clients.${part} ${JSON.stringify([connectionId, of])}`
  const order = memo(key('order', sort), () => wholeOrder(cache, query), sort.by === 'limit' ? 'cache' : 'client-rows')
  const figures = memo(key('figures', null), () => clientFigures(cache, connectionId), 'client-rows')
  const conditions = conditionsOf(query, now)
  const meeting =
    conditions.length === 0
      ? null
      : memo(key('meeting', [query.view, query.filters, now]), () => masked(rowsMeeting(cache, query, conditions)))
  const holding = rowidsMatching(cache, 'client', text)
  const masks = [...(meeting ? [meeting] : []), ...(holding ? [masked(holding)] : [])]
  const rowids = masks.length === 0 ? order : order.filter((rowid) => masks.every((mask) => mask[rowid] === 1))
  return { rowids, totals: totalsOf(rowids, figures) }
}

const inConnection = (connectionId: string | null): Query[] => (connectionId === null ? [] : [sql`c.connection_id = ${connectionId}`])

const wholeOrder = (cache: Db, { connectionId, sort }: ClientQuery): number[] => {
  const order = orderOf(sort)
  return column<number>(cache, sql`SELECT c.rowid FROM ${tablesFor([], order)} ${whereOf(inConnection(connectionId))} ORDER BY ${order}`)
}

const rowsMeeting = (cache: Db, { connectionId }: ClientQuery, conditions: readonly Query[]): number[] =>
  column<number>(cache, sql`SELECT c.rowid FROM ${tablesFor(conditions, sql``)} ${whereOf([...inConnection(connectionId), ...conditions])}`)

/** 1 at the number of each of these rows. */
const masked = (rowids: readonly number[]): Uint8Array => {
  const mask = new Uint8Array(rowids.reduce((most, rowid) => Math.max(most, rowid), 0) + 1)
  for (const rowid of rowids) mask[rowid] = 1
  return mask
}

const totalsOf = (rowids: readonly number[], { at, contracts, sums }: ClientFigures): ClientTotals => {
  const counted = new Set<number>()
  const total = { projects: 0, servers: 0, cpu: 0, ramGb: 0, volumeGb: 0 }
  for (const rowid of rowids) {
    const row = at[rowid]
    if (row === undefined || row < 0) continue
    const contract = contracts.of[row] ?? -1
    // A contract that two clients share is one balance.
    if (contract >= 0) counted.add(contract)
    total.projects += sums.projects[row] ?? 0
    total.servers += sums.servers[row] ?? 0
    total.cpu += sums.cpu[row] ?? 0
    total.ramGb += sums.ramGb[row] ?? 0
    total.volumeGb += sums.volumeGb[row] ?? 0
  }
  const balances = [...counted].flatMap((contract) => contracts.balances[contract] ?? [])
  const { projects, ...use } = total
  return {
    balance: byCurrency(sumByCurrency(balances)),
    projects,
    ...{ servers: known(use.servers), cpu: known(use.cpu), ramGb: known(use.ramGb), volumeGb: known(use.volumeGb) },
  }
}

const known = (sum: number): number | null => (Number.isNaN(sum) ? null : sum)
const byCurrency = (totals: Money[]): Money[] => totals.sort((a, b) => (a.currency < b.currency ? -1 : 1))
