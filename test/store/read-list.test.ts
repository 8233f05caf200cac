import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ContractRow } from '../../shared/ipc/contracts'
import { ContractQuery } from '../../shared/ipc/contracts'
import { indexRow } from '../../electron/core/store/cache/search-index'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createMemo, type Memo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { listsOver, plainQuery } from '../support/lists-over'

interface Made {
  id: string
  name: string
  minor: number | null
  currency: string
  plan: string | null
  created: number | null
}
let store: Store
let clock: TestClock
let memo: Memo
let lists: ReturnType<typeof listsOver>

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  memo = createMemo(store, 40)
  lists = listsOver(workspaceOf(store, clock), memo)
})

const put = ({ id, name, minor, currency, plan, created }: Made): void => {
  const { lastInsertRowid } = run(
    store.cache,
    sql`INSERT INTO contract (connection_id, id, name, name_folded, balance_minor, currency, plan_id, plan_name, created_at, hash, walk)
      VALUES (${CONNECTION}, ${id}, ${name}, ${name}, ${minor}, ${minor === null ? null : currency}, ${plan}, ${plan}, ${created}, '', 1)`,
  )
  const row = {
    kind: 'contract' as const,
    connectionId: CONNECTION,
    id,
    clientId: null,
    text: name,
    rowid: Number(lastInsertRowid),
    added: true,
  }
  indexRow(store.cache, row)
}
const ask = (change: Partial<ReturnType<typeof plainQuery>> | object = {}, offset = 0, limit = 200) => {
  const query = ContractQuery.parse({ ...plainQuery(CONNECTION), ...change })
  return lists.contracts.list({ query, offset, limit }) as { rows: ContractRow[]; total: number; totals: { balance: unknown[] } }
}

const made = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    name: fc.constantFrom('alpha', 'beta', 'gamma', 'delta one', 'delta two'),
    minor: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
    currency: fc.constantFrom('RUB', 'USD'),
    plan: fc.option(fc.constantFrom('p1', 'p2'), { nil: null }),
    created: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
  }),
  { selector: ({ id }) => id, maxLength: 30 },
)
const asked = fc.record({
  text: fc.constantFrom('', 'delta', 'amm', 'nothing'),
  filters: fc.tuple(
    fc.constantFrom([], [{ field: 'plan' as const, ids: ['p1'] }], [{ field: 'plan' as const, ids: ['p1', 'p2'] }]),
    fc.constantFrom([], [{ field: 'balance' as const, ids: ['negative'] }], [{ field: 'balance' as const, ids: ['negative', 'positive'] }]),
  ),
  sort: fc.record({ by: fc.constantFrom('name' as const, 'balance' as const, 'plan' as const, 'created' as const), desc: fc.boolean() }),
})

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)
/** The same list by plain code. */
const expected = (
  rows: readonly Made[],
  { text, filters: [plan, balance], sort: { by, desc } }: typeof asked extends fc.Arbitrary<infer T> ? T : never,
) => {
  const [plans] = plan
  const [signs] = balance
  const key = (row: Made): string | number | null => ({ name: row.name, balance: row.minor, plan: row.plan, created: row.created })[by]
  const direction = desc ? -1 : 1
  return rows
    .filter((row) => row.name.includes(text))
    .filter((row) => !plans || plans.ids.some((id) => id === row.plan))
    .filter(
      (row) =>
        !signs || (row.minor !== null && signs.ids.some((sign) => (sign === 'negative' ? (row.minor ?? 0) < 0 : (row.minor ?? 0) > 0))),
    )
    .sort((a, b) => {
      const [x, y] = [key(a), key(b)]
      if (by === 'name') return direction * (compare(a.name, b.name) || compare(a.id, b.id))
      if (x === null || y === null) return Number(x === null) - Number(y === null) || compare(a.name, b.name) || compare(a.id, b.id)
      return direction * compare(x, y) || compare(a.name, b.name) || compare(a.id, b.id)
    })
}

describe('a list', () => {
  it('is what plain code makes of its rows: order, conditions, text, windows and sums', () => {
    fc.assert(
      fc.property(made, fc.array(asked, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (rows, questions, limit) => {
        run(store.cache, sql`DELETE FROM contract`)
        run(store.cache, sql`DELETE FROM search_row`)
        run(store.cache, sql`DELETE FROM search_trigram`)
        run(store.cache, sql`DELETE FROM search_pair`)
        rows.forEach(put)
        for (const question of questions) {
          const wanted = expected(rows, question)
          const query = { ...question, filters: question.filters.flat() }
          const shown = Array.from({ length: Math.ceil(wanted.length / limit) }, (_, page) => ask(query, page * limit, limit).rows).flat()
          expect(shown.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
          const { total, totals } = ask(query)
          expect(total).toBe(wanted.length)
          const sums = [
            ...Map.groupBy(
              wanted.filter(({ minor }) => minor !== null),
              ({ currency }) => currency,
            ),
          ]
            .map(([currency, own]) => ({ minor: own.reduce((sum, { minor }) => sum + (minor ?? 0), 0), currency }))
            .sort((a, b) => compare(a.currency, b.currency))
          expect(totals.balance).toEqual(sums)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is read anew once a row of it is written, and only then', () => {
    const row = (id: string): Made => ({ id, name: id, minor: 1, currency: 'RUB', plan: null, created: null })
    put(row('b'))
    expect(ask().rows.map(({ id }) => id)).toEqual(['b'])
    put(row('a'))
    expect(ask().rows.map(({ id }) => id)).toEqual(['a', 'b'])
    run(store.cache, sql`UPDATE contract SET name_folded = 'z', balance_minor = 5 WHERE id = 'a'`)
    expect(ask()).toMatchObject({ rows: [{ id: 'b' }, { id: 'a' }], totals: { balance: [{ minor: 6, currency: 'RUB' }] } })
    run(store.cache, sql`DELETE FROM contract WHERE id = 'b'`)
    expect(ask().total).toBe(1)
    let read = 0
    const count = (): number => memo('test', () => ++read, ['contract'])
    count()
    run(
      store.cache,
      sql`INSERT INTO tariff_plan (connection_id, id, name, name_folded, hash, walk) VALUES (${CONNECTION}, 'p', 'p', 'p', '', 1)`,
    )
    expect(count()).toBe(1)
    put(row('c'))
    expect(count()).toBe(2)
  })

  it('offers the values that its rows have, by name and with their counts, and of a field without values nothing', () => {
    const row = (id: string, plan: string | null): Made => ({ id, name: id, minor: null, currency: 'RUB', plan, created: null })
    put(row('a', 'p2'))
    put(row('b', 'p1'))
    put(row('c', 'p1'))
    put(row('d', null))
    const options = (field: string, text = '', ids: string[] | null = null) =>
      lists.lists.options({ list: 'contracts', connectionId: CONNECTION, field, text, ids, offset: 0, limit: 50 })
    expect(options('plan')).toEqual({
      rows: [
        { id: 'p1', name: 'p1', count: 2 },
        { id: 'p2', name: 'p2', count: 1 },
      ],
      total: 2,
    })
    expect(options('plan', 'P2')).toMatchObject({ rows: [{ id: 'p2' }] })
    expect(options('plan', '', ['p1'])).toMatchObject({ rows: [{ id: 'p1' }] })
    for (const field of ['balance', 'toString', '__proto__']) expect(() => options(field)).toThrow('offers no values')
  })

  it('keeps views by list: one of an older version is of the clients, one that is asked otherwise is refused', () => {
    const query = plainQuery(CONNECTION)
    run(
      store.local,
      sql`INSERT INTO saved_view (id, name, query, created_at) VALUES ('old', 'Mine', ${JSON.stringify({ ...query, view: 'negative' })}, 1)`,
    )
    const { lists: calls } = lists
    const views = (list: 'clients' | 'contracts') =>
      (calls.views({ list, connectionId: CONNECTION }) as { own: { id: string; name: string }[] }).own
    expect(views('clients')).toMatchObject([{ id: 'old', list: 'clients', query: { view: 'negative' } }])
    expect(views('contracts')).toEqual([])
    void calls.saveView({ list: 'contracts', name: 'Mine', query })
    void calls.saveView({ list: 'contracts', name: 'Mine', query: { ...query, text: 'later' } })
    // Nothing was read so far: how many there are is not known.
    expect(views('contracts')).toMatchObject([{ name: 'Mine', query: { text: 'later' }, count: null }])
    run(store.cache, sql`INSERT INTO dataset_state (connection_id, dataset, as_of, complete) VALUES (${CONNECTION}, 'contracts', 1, 1)`)
    expect(views('contracts')).toMatchObject([{ count: 0 }])
    expect(views('clients')).toHaveLength(1)
    expect(() => calls.saveView({ list: 'contracts', name: 'Wrong', query: { ...query, view: 'negative' } })).toThrow('not asked that way')
  })
})

it('a long list is shown before it is added up: totals come when they are asked for, and with every answer after that', () => {
  put({ id: 'k1', name: 'alpha', minor: 5, currency: 'RUB', plan: null, created: null })
  const query = ContractQuery.parse(plainQuery(CONNECTION))
  const totalsOf = (wish: { totals?: 'if-known' } = {}): unknown =>
    (lists.contracts.list({ query, offset: 0, limit: 2, ...wish }) as { totals: unknown }).totals
  expect(totalsOf({ totals: 'if-known' })).toBeNull()
  const asked = totalsOf()
  expect(asked).not.toBeNull()
  expect(totalsOf({ totals: 'if-known' })).toEqual(asked)
})
