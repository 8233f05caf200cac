import { beforeEach, describe, expect, it } from 'vitest'
import { paymentState } from '../../shared/domain/codes'
import type { DayHead } from '../../shared/ipc/list'
import { PaymentQuery, type PaymentRow } from '../../shared/ipc/payments'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/core-notes-desk'
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
  { when, minor, status = 'Успешно', method = 'Касса' }: { when: number | null; minor: number | null; status?: string; method?: string },
): void => {
  run(
    store.cache,
    sql`INSERT INTO payment (connection_id, id, created_at, amount_minor, currency, contract_id, contract_name, method, status, hash, walk)
      VALUES (${CONNECTION}, ${id}, ${when}, ${minor}, ${minor === null ? null : 'RUB'}, 'k', 'Contract', ${method}, ${status}, '', 1)`,
  )
}
const ask = (change: object = {}, offset = 0, limit = 100) => {
  const query = PaymentQuery.parse({ ...plainQuery(CONNECTION), sort: { by: 'created', desc: true }, ...change })
  const answer = lists.payments.list({ query, offset, limit })
  return { ...answer, rows: answer.rows as (PaymentRow | DayHead)[] }
}
const rub = (minor: number) => [{ minor, currency: 'RUB' }]
const told = (rows: readonly (PaymentRow | DayHead)[]): string[] =>
  rows.map((row) =>
    'day' in row
      ? `${row.day === null ? 'none' : String(new Date(row.day).getDate())}: ${String(row.count)}, ${String(row.sums[0]?.minor ?? '-')}`
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
    expect(ask()).toMatchObject({ total: 10, count: 6, totals: { balance: rub(571), came: rub(601), went: rub(-30), counted: 4, left: 2 } })
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
    expect(ask({ filters: [{ field: 'amount', min: 0, max: null }] }).totals).toMatchObject({ balance: rub(500), counted: 1, left: 1 })
    expect(told(ask({ filters: [{ field: 'created', from: at(4, 0), to: null }] }).rows)).toEqual(['4: 1, -', 'c'])
    expect(ask({ filters: [{ field: 'status', ids: ['Успешно'] }] }).count).toBe(2)
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
