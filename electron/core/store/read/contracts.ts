import { contractList } from '@shared/domain/lists/contracts'
import type { Money } from '@shared/domain/money'
import { nameOf } from '@shared/domain/text'
import type { ContractRow } from '@shared/ipc/contracts'
import { all, get, join, sql, statement, trusted, type Db } from '../sql'
import { moneyOf } from './clients'
import type { ListSource } from './list'
import type { Memo } from './memo'
import { moneyFigures, sumOf, type MoneyFigures } from './money-figures'
import { inOrder, listOf, value } from './query'
import { rowidsMatching } from './search'

interface Row {
  rowid: number
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
export const side = (entity: 'partner' | 'client', column: 'id' | 'name'): string =>
  `CASE WHEN k.left_entity = '${entity}' THEN k.left_${column} WHEN k.right_entity = '${entity}' THEN k.right_${column} END`

const columns = sql`k.connection_id, k.id, k.name, k.created_at, ${trusted(side('partner', 'id'))} AS partner_id,
  ${trusted(side('partner', 'name'))} AS partner_name, ${trusted(side('client', 'id'))} AS client_id,
  ${trusted(side('client', 'name'))} AS client_name, k.balance_minor, k.currency, k.plan_id, k.plan_name, k.inactive`

/** Row numbers of the contracts at those of the clients they are made for; 0 = none. */
const contractsOfClients = (cache: Db): Int32Array => {
  const of = new Int32Array((value<number>(cache, sql`SELECT max(rowid) FROM client`) ?? 0) + 1)
  const { text } = sql`/* raw */ SELECT c.rowid, k.rowid FROM client c
    CROSS JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id`
  for (const [client, contract] of statement(cache, text).raw().iterate() as IterableIterator<[number, number]>) of[client] = contract
  return of
}
/** Found by its own name, or by what its client is found by. */
const search = (cache: Db, text: string, memo: Memo): number[] | null => {
  const own = rowidsMatching(cache, 'contract', text)
  const clients = rowidsMatching(cache, 'client', text)
  if (own === null || clients === null) return null
  const contracts = memo('contracts.clients', () => contractsOfClients(cache), ['client', 'contract'])
  return [...own, ...clients.map((client) => contracts[client] ?? 0).filter((contract) => contract > 0)]
}

export const contractSource: ListSource<typeof contractList, ContractRow, { balance: Money[] }, MoneyFigures> = {
  spec: contractList,
  table: 'contract',
  alias: 'k',
  tie: 'k.name_folded',
  sorts: {
    name: 'k.name_folded',
    client: side('client', 'name'),
    balance: 'k.balance_minor',
    plan: 'k.plan_name',
    created: 'k.created_at',
  },
  views: {},
  filters: {
    plan: 'k.plan_id',
    balance: ({ ids }) => {
      const signs = { negative: sql`k.balance_minor < 0`, positive: sql`k.balance_minor > 0` }
      return join(
        ids.flatMap((id) => signs[id as keyof typeof signs]),
        ' OR ',
      )
    },
  },
  options: { plan: { id: 'k.plan_id', name: 'k.plan_name' } },
  madeOf: () => ['contract'],
  search,
  rows: (cache, rowids) =>
    inOrder(rowids, all<Row>(cache, sql`SELECT k.rowid, ${columns} FROM contract k WHERE k.rowid IN ${listOf(rowids)}`), toRow),
  figures: (cache, connectionId) => moneyFigures(cache, connectionId, { table: 'contract', minor: 'balance_minor', currency: 'currency' }),
  totals: (rowids, figures) => ({ balance: sumOf(rowids, figures) }),
}

export const findContract = (cache: Db, connectionId: string, id: string): ContractRow | null => {
  const row = get<Row>(cache, sql`SELECT k.rowid, ${columns} FROM contract k WHERE k.connection_id = ${connectionId} AND k.id = ${id}`)
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
