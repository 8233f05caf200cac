import { beforeAll, expect, it } from 'vitest'
import { LARGEST_MESSAGE, sizeOf } from '../../electron/ipc/envelope'
import { searchHandlers } from '../../electron/core/features/search/handlers'
import { indexRow } from '../../electron/core/store/cache/search-index'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import { contract } from '../../shared/ipc/contract'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { listsOver, plainQuery } from '../support/lists-over'

/** More rows than one window, each as large as a hostile platform may make it. */
const ROWS = 260
const LONG = 'я'.repeat(1500)
const key = { connectionId: CONNECTION, clientId: 'c0' }
let store: Store
let handlers: ReturnType<typeof make>

const make = () => {
  const clock = createTestClock()
  addConnection(store, clock)
  const workspace = workspaceOf(store, clock)
  const memo = createMemo(store, 20)
  return { ...listsOver(workspace, memo), search: searchHandlers(workspace, memo) }
}
const fits = <T>(answer: T): T => {
  expect(sizeOf(answer)).toBeLessThan(LARGEST_MESSAGE)
  return answer
}
/** Every row that there is, by as many questions as it takes. */
const paged = async <R>(
  ask: (window: { offset: number; limit: number }) => { rows: R[]; total: number } | Promise<{ rows: R[]; total: number }>,
) => {
  const rows: R[] = []
  for (;;) {
    const answer = fits(await ask({ offset: rows.length, limit: 200 }))
    rows.push(...answer.rows)
    expect(answer.rows.length > 0 || answer.total === rows.length).toBe(true)
    if (rows.length >= answer.total) return rows
  }
}

beforeAll(() => {
  const clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  handlers = make()
  const { cache, local } = store
  const extra = JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`field ${String(n)}`, LONG])))
  const contacts = JSON.stringify(Array.from({ length: 400 }, () => ({ username: LONG, email: LONG, phone: null })))
  for (let n = 0; n < ROWS; n++) {
    const [id, name] = [`c${String(n)}`, `${LONG} ${String(n)}`]
    const { lastInsertRowid } = run(
      cache,
      sql`INSERT INTO client (connection_id, id, name, name_folded, partner_id, partner_name, contract_id, payment_methods, hypervisors, contacts, extra, hash, walk)
        VALUES (${CONNECTION}, ${id}, ${name}, ${id}, ${id}, ${name}, ${id}, '[]', '[]', ${n === 0 ? contacts : '[]'}, ${n === 0 ? extra : '{}'}, '', 1)`,
    )
    indexRow(cache, {
      kind: 'client',
      connectionId: CONNECTION,
      id,
      clientId: id,
      text: `искомое ${id}`,
      rowid: Number(lastInsertRowid),
      added: true,
    })
    run(
      cache,
      sql`INSERT INTO contract (connection_id, id, name, name_folded, balance_minor, currency, plan_id, plan_name, hash, walk)
        VALUES (${CONNECTION}, ${id}, ${name}, ${id}, 1, 'RUB', ${id}, ${name}, '', 1)`,
    )
    run(
      cache,
      sql`INSERT INTO tariff_plan (connection_id, id, name, name_folded, hash, walk) VALUES (${CONNECTION}, ${id}, ${name}, ${id}, '', 1)`,
    )
    run(
      cache,
      sql`INSERT INTO client_limit (connection_id, id, owner, owner_id, hypervisor_id, hypervisor_name, type_code, value, hash, walk)
        VALUES (${CONNECTION}, ${id}, 'client', 'c0', ${id}, ${`H${String(n)}`}, 'other', 1, '', 1)`,
    )
    run(
      local,
      sql`INSERT INTO change_log (sync_id, seq, connection_id, dataset, entity_id, client_id, kind, changes, since, at)
        VALUES ('s', ${n}, ${CONNECTION}, 'clients', 'c0', 'c0', 'changed', ${JSON.stringify({ name: [LONG, LONG], extra: [LONG, LONG] })}, NULL, ${n})`,
    )
  }
})

it('lists are given by windows that fit, to the last row', async () => {
  const { clients, contracts, plans, lists } = handlers
  const query = plainQuery(CONNECTION)
  expect(await paged((window) => clients.list({ query, ...window }))).toHaveLength(ROWS)
  expect(await paged((window) => contracts.list({ query, ...window }))).toHaveLength(ROWS)
  expect(await paged((window) => plans.list({ query, ...window }))).toHaveLength(ROWS)
  for (const field of ['partner', 'plan'] as const) {
    const options = { list: 'clients' as const, connectionId: CONNECTION, field, text: '', ids: null }
    expect(await paged((window) => lists.options({ ...options, ...window }))).toHaveLength(ROWS)
  }
})

it('a card of a client with more of everything than a message holds opens, and says what is left out', async () => {
  const { clients } = handlers
  const card = fits(contract.clients.get.output.parse(clients.get(key)))
  expect(Object.keys(card.extra).length + card.extraLeft).toBe(400)
  expect(card.extraLeft).toBeGreaterThan(0)
  expect(fits(clients.limits(key)).total).toBe(ROWS)
  expect((await paged((window) => clients.changes({ ...key, ...window }))).length).toBeGreaterThan(200)
  fits(await handlers.lists.views({ list: 'clients', connectionId: CONNECTION }))
})

it('what is found is shown by names that fit', async () => {
  const found = fits(await handlers.search.find({ text: 'искомое', connectionId: null, limit: 50 }))
  expect(found.rows).toHaveLength(50)
})
