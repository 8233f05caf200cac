import { beforeEach, describe, expect, it } from 'vitest'
import { paymentState } from '../../shared/domain/codes'
import type { DayHead } from '../../shared/ipc/list'
import { PaymentQuery, type PaymentRow } from '../../shared/ipc/payments'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { listsOver, plainQuery } from '../support/lists-over'

let store: Store
let lists: ReturnType<typeof listsOver>
beforeEach(() => {
  const clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  lists = listsOver(workspaceOf(store, clock), createMemo(store, 40))
})

/** A moment of this computer's own day. */
const at = (day: number, hour: number): number => new Date(2026, 9, day, hour).getTime()
const put = (
  id: string,
  {
    when,
    minor,
    status = 'Успешно',
    method = 'Касса',
    by = null,
    currency = 'RUB',
  }: { when: number | null; minor: number | null; status?: string; method?: string; by?: string | null; currency?: string },
): void => {
  run(
    store.cache,
    sql`INSERT INTO payment (connection_id, id, created_at, amount_minor, currency, contract_id, contract_name, transaction_text, method, status, hash, walk)
      VALUES (${CONNECTION}, ${id}, ${when}, ${minor}, ${minor === null ? null : currency}, 'k', 'Contract', ${by}, ${method}, ${status}, '', 1)`,
  )
}
const ask = (change: object = {}, offset = 0, limit = 100) => {
  const query = PaymentQuery.parse({ ...plainQuery(CONNECTION), sort: { by: 'created', desc: true }, ...change })
  const answer = lists.payments.list({ query, offset, limit })
  return { ...answer, rows: answer.rows as (PaymentRow | DayHead)[] }
}
const read = (dataset: string, at: number, unreadable = 0): void => {
  run(
    store.cache,
    sql`INSERT INTO dataset_state (connection_id, dataset, walk, as_of, complete, unreadable) VALUES (${CONNECTION}, ${dataset}, 1, ${at}, 1, ${unreadable})`,
  )
}
const counts = () => lists.payments.viewCounts(CONNECTION)
const rub = (minor: number) => [{ minor, currency: 'RUB' }]
const told = (rows: readonly (PaymentRow | DayHead)[]): string[] =>
  rows.map((row) =>
    'day' in row
      ? `${row.day === null ? 'none' : String(new Date(row.day).getDate())}: ${String(row.count)}, ${String(row.sums === null ? '?' : (row.sums[0]?.minor ?? '-'))}`
      : row.id,
  )

describe('payments', () => {
  it('stand by days with what the completed ones come to; windows of any size agree', () => {
    put('a', { when: at(3, 23), minor: 500 })
    put('b', { when: at(4, 0), minor: 100 })
    put('c', { when: at(4, 12), minor: 7000, status: 'Отменён' })
    put('d', { when: at(4, 23), minor: -30 })
    put('e', { when: null, minor: 1 })
    put('f', { when: at(5, 1), minor: 9, status: 'В обработке' })
    const wanted = ['5: 1, -', 'f', '4: 3, 70', 'd', 'c', 'b', '3: 1, 500', 'a', 'none: 1, 1', 'e']
    expect(told(ask().rows)).toEqual(wanted)
    expect(ask()).toMatchObject({
      total: 10,
      count: 6,
      totals: {
        balance: rub(571),
        came: rub(601),
        went: rub(-30),
        completed: 4,
        without: { sum: 0, pending: 1, cancelled: 1, unknown: 0 },
      },
    })
    for (const size of [1, 2, 3, 7]) {
      const parts = Array.from({ length: Math.ceil(10 / size) }, (_, page) => ask({}, page * size, size).rows)
      expect(told(parts.flat())).toEqual(wanted)
    }
    expect(told(ask({ sort: { by: 'created', desc: false } }).rows)).toEqual([
      '3: 1, 500',
      'a',
      '4: 3, 70',
      'b',
      'c',
      'd',
      '5: 1, -',
      'f',
      'none: 1, 1',
      'e',
    ])
  })

  it('have no days while they are sorted by anything else, and each condition changes the sums', () => {
    put('a', { when: at(3, 1), minor: 500 })
    put('b', { when: at(3, 2), minor: -20, method: 'Коррекция' })
    put('c', { when: at(4, 2), minor: 60, status: 'Pending' })
    expect(told(ask({ sort: { by: 'amount', desc: false } }).rows)).toEqual(['b', 'c', 'a'])
    expect(told(ask({ view: 'corrections' }).rows)).toEqual(['3: 1, -20', 'b'])
    expect(told(ask({ view: 'unfinished' }).rows)).toEqual(['4: 1, -', 'c'])
    expect(ask({ filters: [{ field: 'amount', min: 0, max: null }] }).totals).toMatchObject({
      balance: rub(500),
      completed: 1,
      without: { sum: 0, pending: 1, cancelled: 0, unknown: 0 },
    })
    expect(told(ask({ filters: [{ field: 'created', from: at(4, 0), to: null }] }).rows)).toEqual(['4: 1, -', 'c'])
    expect(ask({ filters: [{ field: 'status', ids: ['Успешно'] }] }).count).toBe(2)
  })

  it('come to no sum where one of the completed has none that could be read, and each that is left out is called what it is', () => {
    put('a', { when: at(3, 1), minor: 500 })
    put('b', { when: at(4, 1), minor: null })
    put('c', { when: at(4, 2), minor: 7, status: 'Отменён' })
    put('d', { when: at(4, 3), minor: 7, status: 'В обработке' })
    put('e', { when: at(4, 4), minor: 7, status: '17' })
    expect(told(ask().rows).filter((line) => line.includes(':'))).toEqual(['4: 4, ?', '3: 1, 500'])
    expect(ask().totals).toEqual({
      ...{ balance: null, came: rub(500), went: [], completed: 2 },
      without: { sum: 1, pending: 1, cancelled: 1, unknown: 1 },
    })
  })

  it('of two currencies have two sums, in the head of their day too', () => {
    put('a', { when: at(3, 1), minor: 500 })
    put('b', { when: at(3, 2), minor: 20, currency: 'USD' })
    const sums = [...rub(500), { minor: 20, currency: 'USD' }]
    expect(ask().totals?.balance).toEqual(sums)
    expect(ask().rows[0]).toMatchObject({ sums })
  })

  it('are mine where the platform names the account of this connection at their end; without its name that cannot be told', () => {
    run(store.local, sql`UPDATE connection SET account_name = 'Ирина Соколова'`)
    put('a', { when: at(3, 1), minor: 1, by: 'Коррекция / Совершена Ирина Соколова' })
    put('b', { when: at(3, 2), minor: 1, by: 'Коррекция / Совершена Ирина Соколова-Белова' })
    put('c', { when: at(3, 3), minor: 1, by: 'Коррекция / Совершена НеИрина Соколова' })
    read('payments', at(5, 0))
    expect(told(ask({ view: 'mine' }).rows)).toEqual(['3: 1, 1', 'a'])
    expect(counts()).toMatchObject({ all: 3, mine: 1 })
    run(store.local, sql`UPDATE connection SET account_name = NULL`)
    expect(counts()).toMatchObject({ all: 3, mine: null })
    expect(ask({ view: 'mine' }).lacking).toEqual([{ dataset: 'accounts', why: 'without-fields', text: null }])
  })

  it('say of when their clients’ names are where those are older, and not where both were read together', () => {
    read('payments', at(5, 1))
    read('contracts', at(5, 1) - 30_000)
    expect(ask().names).toBeNull()
    run(store.cache, sql`DELETE FROM dataset_state WHERE dataset = 'contracts'`)
    expect(ask().names).toMatchObject({ at: null })
    read('contracts', at(5, 0))
    expect(ask()).toMatchObject({ asOf: { at: at(5, 1) }, names: { at: at(5, 0) } })
  })

  it('that could not be read, or were not read yet, are no 0 in a tab', () => {
    expect(counts()).toMatchObject({ all: null, corrections: null, unfinished: null })
    read('payments', at(5, 1), 1)
    expect(counts()).toMatchObject({ all: null, corrections: null })
    put('a', { when: at(3, 1), minor: 1 })
    expect(counts()).toMatchObject({ all: 1, corrections: null })
  })

  it('are told apart from those of another moment by a version of their own, which no other list moves', () => {
    put('a', { when: at(3, 1), minor: 1 })
    const { version } = ask()
    run(store.cache, sql`INSERT INTO ticket (connection_id, id, attachments, hash, walk) VALUES (${CONNECTION}, 't', '[]', '', 1)`)
    expect(ask().version).toBe(version)
    put('b', { when: at(3, 1), minor: 1 })
    expect(ask().version).not.toBe(version)
  })

  it('are read anew when one changes, and told apart by currency', () => {
    put('a', { when: at(3, 1), minor: 500, status: 'В обработке' })
    expect(ask().totals?.balance).toEqual([])
    run(store.cache, sql`UPDATE payment SET status = 'Успешно'`)
    expect(ask().totals?.balance).toEqual(rub(500))
    run(store.cache, sql`UPDATE payment SET currency = 'USD'`)
    expect(ask().totals?.balance).toEqual([{ minor: 500, currency: 'USD' }])
  })
})

it.each([
  ['Успешно', 'done'],
  ['УСПЕШНО', 'unknown'],
  ['success', 'done'],
  ['Completed', 'done'],
  ['Проведена', 'done'],
  ['Неуспешно', 'cancelled'],
  ['Отменён', 'cancelled'],
  ['Отклонён', 'cancelled'],
  ['canceled', 'cancelled'],
  ['Failed', 'cancelled'],
  ['Ошибка обработки', 'cancelled'],
  ['Обрабатывается', 'pending'],
  ['В обработке', 'pending'],
  ['Ожидает', 'pending'],
  ['processing', 'pending'],
  ['', 'unknown'],
  ['7', 'unknown'],
  [null, 'unknown'],
] as const)('a payment that is «%s» counts as %s', (status, state) => {
  expect(paymentState(status)).toBe(state)
})
