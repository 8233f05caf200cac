import { paymentList } from '@shared/domain/lists/payments'
import type { Money } from '@shared/domain/money'
import { nameOf } from '@shared/domain/text'
import { paymentState, paymentStates, statusParts, type PaymentState } from '@shared/domain/codes'
import type { Output } from '@shared/ipc/contract'
import type { PaymentRow } from '@shared/ipc/payments'
import { all, join, sql, statement, trusted, type Db, type Query } from '../sql'
import { moneyOf } from './clients'
import { contractSource, side } from './contracts'
import type { ListSource } from './list'
import type { Memo } from './memo'
import { moneyFigures, sumOf, type MoneyFigures } from './money-figures'
import { inOrder, listOf, value } from './query'
import { rowidsMatching } from './search'

type Totals = Output<'payments', 'list'>['totals']
interface Figures {
  /** Only completed payments have a sum here. */
  money: MoneyFigures
  /** What became of each payment: its place in `paymentStates`, from 1; 0 = no payment. */
  states: Uint8Array
  /** NaN = the platform did not say. */
  at: Float64Array
}
interface Row {
  rowid: number
  connection_id: string
  id: string
  created_at: number | null
  transaction_text: string | null
  amount_minor: number | null
  currency: string | null
  contract_id: string | null
  contract_name: string | null
  client_id: string | null
  client_name: string | null
  method: string | null
  status: string | null
}
const columns = sql`p.rowid, p.connection_id, p.id, p.created_at, p.transaction_text, p.amount_minor, p.currency, p.contract_id,
  ifnull(k.name, p.contract_name) AS contract_name, ${trusted(side('client', 'id'))} AS client_id, ${trusted(side('client', 'name'))} AS client_name,
  p.method, p.status`
const joins = { k: 'LEFT JOIN contract k ON k.connection_id = p.connection_id AND k.id = p.contract_id' }

const holds = (parts: readonly string[]): Query =>
  join(
    parts.map((part) => sql`instr(ifnull(p.status, ''), ${part}) > 0`),
    ' OR ',
  )

const DONE = paymentStates.indexOf('done') + 1

const figures = (cache: Db, connectionId: string | null): Figures => {
  const size = (value<number>(cache, sql`SELECT max(rowid) FROM payment`) ?? 0) + 1
  const [at, codes] = [new Float64Array(size).fill(Number.NaN), new Uint8Array(size)]
  const own = connectionId === null ? sql`1` : sql`connection_id = ${connectionId}`
  const { text, params } = sql`/* raw */ SELECT rowid, created_at, status FROM payment WHERE ${own}`
  const known = new Map<string | null, number>()
  const codeOf = (status: string | null): number => {
    const code = known.get(status) ?? paymentStates.indexOf(paymentState(status)) + 1
    known.set(status, code)
    return code
  }
  const rows = statement(cache, text)
    .raw()
    .iterate(...params) as IterableIterator<[number, number | null, string | null]>
  for (const [rowid, created, status] of rows) {
    at[rowid] = created ?? Number.NaN
    codes[rowid] = codeOf(status)
  }
  const money = moneyFigures(cache, connectionId, { table: 'payment', minor: 'amount_minor', currency: 'currency' })
  money.of.forEach((place, rowid) => (money.of[rowid] = codes[rowid] === DONE ? place : 0))
  return { money, states: codes, at }
}

/** A sum of which a part is unknown is none. */
const sumOfDone = (rowids: readonly number[], { money, states }: Figures): Money[] | null =>
  rowids.some((rowid) => states[rowid] === DONE && money.of[rowid] === 0) ? null : sumOf(rowids, money)

const totals = (rowids: readonly number[], figures: Figures): Totals => {
  const { money, states } = figures
  const counted = rowids.filter((rowid) => (money.of[rowid] ?? 0) > 0)
  const sum = (of: (minor: number) => boolean): Money[] =>
    sumOf(
      counted.filter((rowid) => of(money.minor[rowid] ?? 0)),
      money,
    )
  const of = new Float64Array(paymentStates.length + 1)
  for (const rowid of rowids) of[states[rowid] ?? 0] = (of[states[rowid] ?? 0] ?? 0) + 1
  const count = (state: PaymentState): number => of[paymentStates.indexOf(state) + 1] ?? 0
  return {
    balance: sumOfDone(rowids, figures),
    came: sum((minor) => minor > 0),
    went: sum((minor) => minor < 0),
    completed: count('done'),
    without: { sum: count('done') - counted.length, pending: count('pending'), cancelled: count('cancelled'), unknown: count('unknown') },
  }
}

/** Row numbers of the contracts at those of their payments; 0 = none. */
const contractsOfPayments = (cache: Db): Int32Array => {
  const of = new Int32Array((value<number>(cache, sql`SELECT max(rowid) FROM payment`) ?? 0) + 1)
  const { text } = sql`/* raw */ SELECT p.rowid, k.rowid FROM payment p ${trusted(joins.k)} WHERE k.rowid IS NOT NULL`
  for (const [payment, contract] of statement(cache, text).raw().iterate() as IterableIterator<[number, number]>) of[payment] = contract
  return of
}
/** Found by its own words, or by its contract, which is found by its client too. */
const search = (cache: Db, text: string, memo: Memo): number[] | null => {
  const own = rowidsMatching(cache, 'payment', text)
  const contracts = contractSource.search(cache, text, memo)
  if (own === null || contracts === null) return null
  const meant = new Set(contracts)
  const of = memo('payments.contracts', () => contractsOfPayments(cache), ['payment', 'contract'])
  const found = [...own]
  of.forEach((contract, payment) => contract > 0 && meant.has(contract) && found.push(payment))
  return found
}

const toRow = (row: Row): PaymentRow => ({
  connectionId: row.connection_id,
  id: row.id,
  createdAt: row.created_at,
  transaction: row.transaction_text,
  amount: moneyOf(row.amount_minor, row.currency),
  contractId: row.contract_id,
  contractName: row.contract_id === null ? row.contract_name : nameOf(row.contract_name, row.contract_id),
  clientId: row.client_id,
  clientName: row.client_id === null ? row.client_name : nameOf(row.client_name, row.client_id),
  method: row.method,
  status: row.status,
  state: paymentState(row.status),
})

export const paymentSource: ListSource<typeof paymentList, PaymentRow, Totals, Figures> = {
  spec: paymentList,
  table: 'payment',
  alias: 'p',
  joins,
  tie: 'p.id',
  sorts: { created: 'p.created_at', amount: 'p.amount_minor', contract: 'p.contract_name', method: 'p.method', status: 'p.status' },
  views: {
    corrections: () => sql`instr(ifnull(p.method, ''), 'оррекци') > 0 OR instr(ifnull(p.method, ''), 'orrection') > 0`,
    // The platform names who made a payment at the end of its transaction, by name alone.
    mine: ({ own }) =>
      own.length === 0
        ? null
        : join(
            own.map(({ connectionId, name }) => {
              const end = ` ${name}`
              return sql`(p.connection_id = ${connectionId} AND substr(p.transaction_text, ${-end.length}) = ${end})`
            }),
            ' OR ',
          ),
    unfinished: () => sql`(${holds(statusParts.pending)}) AND NOT (${holds(statusParts.cancelled)})`,
  },
  filters: { created: 'p.created_at', client: side('client', 'id'), method: 'p.method', status: 'p.status', amount: 'p.amount_minor' },
  options: {
    client: { id: side('client', 'id'), name: side('client', 'name') },
    method: { id: 'p.method', name: 'p.method' },
    status: { id: 'p.status', name: 'p.status' },
  },
  // A client's contract decides its payments' names and conditions, never their order or sums.
  names: ['contracts'],
  madeOf: (part) => (part === 'meeting' ? ['payment', 'contract'] : ['payment']),
  search,
  rows: (cache, rowids) =>
    inOrder(rowids, all<Row>(cache, sql`SELECT ${columns} FROM payment p ${trusted(joins.k)} WHERE p.rowid IN ${listOf(rowids)}`), toRow),
  figures,
  totals,
  days: {
    sort: 'created',
    at: (rowid, { at }) => {
      const moment = at[rowid] ?? Number.NaN
      return Number.isNaN(moment) ? null : moment
    },
    sum: sumOfDone,
  },
}
