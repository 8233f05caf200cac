import { beforeEach, expect, it } from 'vitest'
import { createClients } from '../../electron/core/features/clients/service'
import { createLiveConnections } from '../../electron/core/features/connections/live'
import type { Store } from '../../electron/core/store/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import type { ClientQuery } from '../../shared/ipc/clients'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { listsOver, plainQuery } from '../support/lists-over'
import { storeBench } from '../support/store-in-folder'
import { inventory } from '../support/stored-inventory'

const bench = storeBench()
const DAY = 86_400_000
let clock: TestClock
let store: Store
let put: ReturnType<typeof inventory>
let service: ReturnType<typeof createClients>

beforeEach(() => {
  clock = createTestClock()
  store = bench.memory()
  addConnection(store, clock)
  put = inventory(store, CONNECTION)
  service = createClients({ workspace: workspaceOf(store, clock), live: createLiveConnections(), memo: createMemo(store, 10) })
})
const list = (change: Partial<ClientQuery> = {}) =>
  service.list({
    query: { connectionId: CONNECTION, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false }, ...change },
    offset: 0,
    limit: 100,
  })
const created = (id: string, at: number | null): void => {
  put.client(id)
  run(store.cache, sql`UPDATE client SET created_at = ${at} WHERE connection_id = ${CONNECTION} AND id = ${id}`)
}

it('new clients are those of the last thirty days: none of the year 9999, none without a time', () => {
  put.read(['clients'])
  created('new', clock.now() - DAY)
  created('just now', clock.now() + 60_000)
  created('old', clock.now() - 40 * DAY)
  created('far', Date.UTC(9999, 11, 31))
  created('never', null)
  expect(list({ view: 'new' }).rows.map(({ id }) => id)).toEqual(['just now', 'new'])
  expect(service.viewCounts(CONNECTION)['new']).toBe(2)
})

it('a view or condition whose lists were not read has no count, and says which lists it stands on', () => {
  put.client('a')
  expect(service.viewCounts(CONNECTION)).toEqual({ all: null, negative: null, 'near-limit': null, unmanaged: null, new: null })
  put.read(['clients', 'contracts'])
  expect(service.viewCounts(CONNECTION)).toMatchObject({ all: 1, negative: 0, 'near-limit': null, unmanaged: null, new: 0 })
  expect(list().lacking).toEqual([])
  expect(list({ view: 'unmanaged' }).lacking).toEqual([{ dataset: 'accounts', why: 'not-read', text: null }])
  const limit = { field: 'limit' as const, type: 'disks' as const, states: ['over' as const] }
  expect(list({ filters: [limit] })).toMatchObject({ total: 0 })
  expect(list({ filters: [limit] }).lacking.map(({ dataset }) => dataset)).toEqual(['limits', 'disks', 'vdcs', 'projects'])
  const query: ClientQuery = { connectionId: CONNECTION, view: 'near-limit', text: '', filters: [], sort: { by: 'name', desc: false } }
  expect(service.count(query)).toBeNull()
})

it('where accounts do not say whom they manage, nobody is counted as managed by none', () => {
  put.client('a')
  put.read(['clients', 'accounts'])
  run(
    store.cache,
    sql`INSERT INTO account (connection_id, id, login, login_folded, objects, hash, walk) VALUES (${CONNECTION}, 'u', 'u', 'u', 'null', '', 1)`,
  )
  expect(service.viewCounts(CONNECTION)['unmanaged']).toBeNull()
  expect(list({ view: 'unmanaged' }).lacking).toMatchObject([{ dataset: 'accounts', why: 'without-fields' }])
})

it('a client, contract or plan without a name is called by its short id', () => {
  put.client('0123456789', ' ')
  run(
    store.cache,
    sql`INSERT INTO contract (connection_id, id, name, name_folded, plan_id, plan_name, hash, walk) VALUES (${CONNECTION}, 'abcdefghij', '', '', 'klmnopqrst', '', '', 1)`,
  )
  run(
    store.cache,
    sql`INSERT INTO tariff_plan (connection_id, id, name, name_folded, hash, walk) VALUES (${CONNECTION}, 'klmnopqrst', '', '', '', 1)`,
  )
  run(store.cache, sql`UPDATE client SET contract_id = 'abcdefghij'`)
  expect(list().rows).toMatchObject([{ name: '01234567', contractName: 'abcdefgh', planName: 'klmnopqr' }])
  const { contracts, plans } = listsOver(workspaceOf(store, clock), createMemo(store, 2))
  const asked = { query: plainQuery(CONNECTION), offset: 0, limit: 10 }
  expect(contracts.list(asked)).toMatchObject({ rows: [{ name: 'abcdefgh', planName: 'klmnopqr' }] })
  expect(plans.list(asked)).toMatchObject({ rows: [{ name: 'klmnopqr' }] })
})
