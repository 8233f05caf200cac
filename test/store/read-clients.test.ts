import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldText } from '../../shared/domain/text'
import { usageState } from '../../shared/domain/limits'
import type { ClientFilter, ClientQuery } from '../../shared/ipc/clients'
import { createClients } from '../../electron/core/features/clients/service'
import { createMemo } from '../../electron/core/store/read/memo'
import { openStore, type Store } from '../../electron/core/store/connection'
import { run, sql } from '../../electron/core/store/sql'
import { indexRow } from '../../electron/core/store/cache/search-index'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'

/** A client as the model knows it: plain fields, plain code. */
interface Model {
  id: string
  name: string
  createdAt: number | null
  partnerId: string | null
  contract: { id: string; name: string; minor: number | null; planId: string | null } | null
  paymentModel: string | null
  projects: number | null
  servers: number
  limit: { use: number; value: number } | null
  unmanaged: boolean | null
}

const NAMES = ['ООО «Вектор»', 'Вектор-Юг', 'АО Ёлка', 'елки и сосны', 'ИП Орлов А. Б.', 'Телеком "Север"', "O'Neil OR 1=1", 'a*b (c)', 'Ъ']
const clock = createTestClock()
const DAY = 86_400_000
let store: Store
let model: Model[]

const some = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

const build = (): Model[] =>
  Array.from({ length: 120 }, (_, n) => ({
    id: `client-${String(n).padStart(3, '0')}`,
    name: `${some(NAMES, n * 7)} ${String(n % 10)}`,
    createdAt: n % 11 === 0 ? null : clock.now() - n * DAY,
    partnerId: n % 5 === 0 ? null : `p${String(n % 3)}`,
    contract:
      n % 7 === 0
        ? null
        : {
            id: `k${String(n)}`,
            name: `Д-${String(n)}`,
            minor: n % 4 === 0 ? -100 * n : 77 * n,
            planId: n % 3 === 0 ? null : `t${String(n % 4)}`,
          },
    paymentModel: some(['prepay', 'postpay', null], n),
    projects: n % 6 === 0 ? null : n % 9,
    servers: n % 13,
    limit: n % 3 === 0 ? null : { use: n % 13, value: 10 },
    unmanaged: some([true, false, null], n),
  }))

const insert = (client: Model): void => {
  const { cache } = store
  const { contract, limit } = client
  const rowid = run(
    cache,
    sql`INSERT INTO client (connection_id, id, name, name_folded, created_at, partner_id, partner_name, contract_id, projects, payment_model,
      payment_methods, hypervisors, contacts, hash, walk) VALUES (${CONNECTION}, ${client.id}, ${client.name}, ${foldText(client.name)},
      ${client.createdAt}, ${client.partnerId}, ${client.partnerId}, ${contract?.id ?? null}, ${client.projects}, ${client.paymentModel}, '[]', '[]', '[]', '', 1)`,
  ).lastInsertRowid
  if (contract) {
    run(
      cache,
      sql`INSERT INTO contract (connection_id, id, name, name_folded, balance_minor, currency, plan_id, plan_name, hash, walk)
        VALUES (${CONNECTION}, ${contract.id}, ${contract.name}, ${foldText(contract.name)}, ${contract.minor}, 'RUB', ${contract.planId}, ${contract.planId}, '', 1)`,
    )
  }
  const state = limit && usageState(limit.use, limit.value)
  run(
    cache,
    sql`INSERT INTO client_summary (connection_id, client_id, servers, unmanaged, tight_hypervisor_id, tight_type, tight_use, tight_limit, tight_share, tight_state)
      VALUES (${CONNECTION}, ${client.id}, ${client.servers}, ${client.unmanaged}, ${limit && 'h'}, ${limit && 'servers'}, ${limit?.use ?? null},
        ${limit?.value ?? null}, ${limit && limit.use / limit.value}, ${state})`,
  )
  if (limit) {
    run(
      cache,
      sql`INSERT INTO client_limit (connection_id, id, owner, owner_id, hypervisor_id, hypervisor_name, type, type_code, value, hash, walk)
        VALUES (${CONNECTION}, ${`l${client.id}`}, 'client', ${client.id}, 'h', 'KVM', 'servers', 'vm', ${limit.value}, '', 1)`,
    )
    run(
      cache,
      sql`INSERT INTO client_usage (connection_id, client_id, hypervisor_id, hypervisor_name, vdcs, servers, cpu, ram_gb, disks, volume_gb, ip, networks, routers)
        VALUES (${CONNECTION}, ${client.id}, 'h', 'KVM', 1, ${limit.use}, 0, 0, 0, 0, 0, 0, 0)`,
    )
  }
  indexRow(cache, {
    kind: 'client',
    connectionId: CONNECTION,
    id: client.id,
    clientId: client.id,
    text: client.name,
    rowid: Number(rowid),
    added: true,
  })
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []
const matches = (client: Model, text: string): boolean => {
  const folded = foldText(client.name)
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '')
    .every((word) => {
      if ([...word].length >= 3) return folded.includes(word)
      return words(word).every((part) =>
        part.length === 1 ? words(folded).some((it) => it.startsWith(part)) : words(folded).some((it) => it.includes(part)),
      )
    })
}
const within = (value: number | null, low: number | null, high: number | null): boolean =>
  (low === null || (value !== null && value >= low)) && (high === null || (value !== null && value <= high))
const passes = (client: Model, filter: ClientFilter): boolean => {
  switch (filter.field) {
    case 'partner':
      return client.partnerId !== null && filter.ids.includes(client.partnerId)
    case 'plan':
      return filter.ids.includes(client.contract?.planId ?? '')
    case 'paymentModel':
      return client.paymentModel !== null && filter.ids.includes(client.paymentModel)
    case 'balance':
      return within(client.contract?.minor ?? null, filter.min, filter.max)
    case 'created':
      return within(client.createdAt, filter.from, filter.to)
    case 'projects':
      return within(client.projects, filter.min, filter.max)
    case 'limit':
      return client.limit !== null && filter.states.includes(usageState(client.limit.use, client.limit.value))
  }
}
const inView = (client: Model, view: ClientQuery['view']): boolean => {
  if (view === 'negative') return (client.contract?.minor ?? 0) < 0
  if (view === 'near-limit') return client.limit !== null && usageState(client.limit.use, client.limit.value) !== 'ok'
  if (view === 'unmanaged') return client.unmanaged === true
  if (view === 'new') return client.createdAt !== null && client.createdAt >= clock.now() - 30 * DAY
  return true
}
const sortValue = (client: Model, by: ClientQuery['sort']['by']): string | number | null =>
  ({
    name: foldText(client.name),
    created: client.createdAt,
    balance: client.contract?.minor ?? null,
    plan: client.contract?.planId ?? null,
    contract: client.contract?.name ?? null,
    projects: client.projects,
    partner: client.partnerId,
    servers: client.servers,
    cpu: 0,
    ram: 0,
    volume: 0,
    limit: client.limit && client.limit.use / client.limit.value,
  })[by]

const filter: fc.Arbitrary<ClientFilter> = fc.oneof(
  fc.record({ field: fc.constant('partner' as const), ids: fc.subarray(['p0', 'p1', 'p2'], { minLength: 1 }) }),
  fc.record({ field: fc.constant('plan' as const), ids: fc.subarray(['t0', 't1', 't2', 't3'], { minLength: 1 }) }),
  fc.record({ field: fc.constant('paymentModel' as const), ids: fc.subarray(['prepay', 'postpay'], { minLength: 1 }) }),
  fc.record({
    field: fc.constant('balance' as const),
    min: fc.option(fc.integer({ min: -9000, max: 9000 })),
    max: fc.option(fc.integer({ min: -9000, max: 9000 })),
  }),
  fc.record({ field: fc.constant('projects' as const), min: fc.option(fc.nat(8)), max: fc.option(fc.nat(8)) }),
  fc.record({
    field: fc.constant('limit' as const),
    type: fc.constantFrom(null, 'servers' as const),
    states: fc.subarray(['ok', 'near', 'reached', 'over'] as const, { minLength: 1 }).map((it) => [...it]),
  }),
)
const query: fc.Arbitrary<ClientQuery> = fc.record({
  connectionId: fc.constantFrom(null, CONNECTION),
  view: fc.constantFrom('all', 'negative', 'near-limit', 'unmanaged', 'new'),
  text: fc.oneof(
    fc.constant(''),
    fc.constantFrom('век', 'ел', 'о', 'ъ', '"север', 'а. б', "o'neil or", 'a*b', '(c)', 'ОРЛ ип', '5', 'zzz', '"'),
    fc.string({ maxLength: 4 }),
  ),
  filters: fc.array(filter, { maxLength: 3 }),
  sort: fc.record({
    by: fc.constantFrom('name', 'created', 'balance', 'plan', 'contract', 'projects', 'partner', 'servers', 'limit'),
    desc: fc.boolean(),
  }),
})

beforeAll(() => {
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  model = build()
  for (const client of model) insert(client)
  for (const dataset of ['clients', 'projects', 'vdcs', 'servers', 'disks', 'accounts'])
    run(
      store.cache,
      sql`INSERT INTO dataset_state (connection_id, dataset, as_of, counted_as_of, complete) VALUES (${CONNECTION}, ${dataset}, 1, 1, 1)`,
    )
})
afterAll(() => {
  store.close()
})

it('filters, searches, sorts and sums as plain code over the same clients does', () => {
  const clients = createClients({
    workspace: workspaceOf(store, clock),
    live: { find: () => undefined } as never,
    memo: createMemo(store, 10),
  })
  fc.assert(
    fc.property(query, fc.nat(100), (asked, offset) => {
      const expected = model.filter(
        (it) => inView(it, asked.view) && matches(it, asked.text) && asked.filters.every((one) => passes(it, one)),
      )
      const whole = clients.list({ query: asked, offset: 0, limit: 200 })
      expect(new Set(whole.rows.map((row) => row.id))).toEqual(new Set(expected.map((it) => it.id)))
      expect(whole.total).toBe(expected.length)
      expect(whole.totals?.servers).toBe(expected.reduce((sum, it) => sum + it.servers, 0))
      expect(whole.totals?.projects).toBe(expected.reduce((sum, it) => sum + (it.projects ?? 0), 0))
      expect(whole.totals?.balance[0]?.minor ?? 0).toBe(expected.reduce((sum, it) => sum + (it.contract?.minor ?? 0), 0))
      const byId = new Map(model.map((it) => [it.id, it]))
      const values = whole.rows.map((row) => sortValue(byId.get(row.id) as Model, asked.sort.by))
      const known = values.filter((it) => it !== null)
      expect(values.slice(0, known.length)).toEqual(known)
      const ordered = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(known).toEqual(asked.sort.desc ? ordered.reverse() : ordered)
      expect(clients.list({ query: asked, offset, limit: 7 }).rows).toEqual(whole.rows.slice(offset, offset + 7))
    }),
    { numRuns: 400, interruptAfterTimeLimit: 5000 },
  )
})

it('forgets what it remembered when a row changes', () => {
  const clients = createClients({
    workspace: workspaceOf(store, clock),
    live: { find: () => undefined } as never,
    memo: createMemo(store, 10),
  })
  const asked: ClientQuery = { connectionId: CONNECTION, view: 'all', text: '', filters: [], sort: { by: 'servers', desc: true } }
  const before = clients.list({ query: asked, offset: 0, limit: 1 }).totals?.servers
  run(store.cache, sql`UPDATE client_summary SET servers = servers + 1000 WHERE client_id = 'client-050'`)
  const after = clients.list({ query: asked, offset: 0, limit: 1 })
  expect(after.totals?.servers).toBe((before ?? Number.NaN) + 1000)
  expect(after.rows[0]?.id).toBe('client-050')
  run(store.cache, sql`UPDATE client_summary SET servers = servers - 1000 WHERE client_id = 'client-050'`)
})

it('tells a write that a list is made of from one that it is not', () => {
  const memo = createMemo(store, 10)
  const another = createMemo(store, 10)
  let [lists, others] = [0, 0]
  const read = (): [number, number] => [memo('list', () => ++lists, 'client-rows'), another('any', () => ++others)]
  expect([read(), read()]).toEqual([
    [1, 1],
    [1, 1],
  ])
  run(store.cache, sql`UPDATE client_summary SET notes = notes + 1, servers = servers WHERE client_id = 'client-050'`)
  expect(read()).toEqual([1, 2])
  run(store.cache, sql`UPDATE client_summary SET servers = servers + 1 WHERE client_id = 'client-050'`)
  expect(read()).toEqual([2, 3])
  run(store.cache, sql`UPDATE contract SET balance_minor = balance_minor WHERE id = (SELECT id FROM contract LIMIT 1)`)
  expect(read()).toEqual([3, 4])
})
