import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import type { Dataset } from '../../shared/domain/datasets'
import { entities, type EntityOf } from '../../shared/domain/entities'
import type { Page, Sideload, Unread } from '../../electron/core/platforms/port/reads'
import { pageOf, scriptedDeployment, type ScriptedDeployment } from '../support/scripted-deployment'
import { never, rustackAdapter } from '../support/synced-console'

const open: ScriptedDeployment[] = []
afterEach(async () => {
  for (const deployment of open.splice(0)) await deployment.close()
})
/** What the adapter makes of these rows of one list. */
const read = async <D extends Dataset>(dataset: D, path: string, rows: unknown[]): Promise<Page<EntityOf[D]> & { sideload: Sideload }> => {
  const deployment = await scriptedDeployment({ [path]: ({ query }) => pageOf(rows, query, 100) })
  open.push(deployment)
  const adapter = rustackAdapter(deployment, { settings: { utcOffsetMinutes: 0 } })
  try {
    return await adapter.page({ dataset, cursor: null, signal: never })
  } finally {
    adapter.close()
  }
}
const told = (unread: readonly Unread[]): string[] => unread.map(({ field, why }) => `${field ?? ''}: ${why}`)

const client = (more: object): object => ({ id: 'c1', name: 'ООО «Ромашка»', ctime: '2024-02-29T10:00:00', ...more })
const contract = (more: object): object => ({ id: 'k1', name: 'Договор 1', balance: -13_389.005, inactive: false, ...more })

it.each([
  ['a contact as a text', { contact_emails: ['a@b.example', { id: 'u', email: 'c@d.example' }] }, 'contact_emails.0: wrong-type'],
  ['a payment model as a number', { payment_model: 3 }, 'payment_model: wrong-type'],
  ['a speed as a flag', { internet: false }, 'internet: wrong-type'],
  ['a contract without an id', { contract: contract({ id: null }) }, 'contract.id: missing'],
  ['a contract with a flag as a text', { contract: contract({ inactive: 'false' }) }, 'contract.inactive: wrong-type'],
  ['a balance that is no number', { contract: contract({ balance: 'много' }) }, 'contract.balance: wrong-type'],
  ['a balance beyond any', { contract: contract({ balance: 1e300 }) }, 'contract.balance: out-of-range'],
  ['Go’s zero time', { ctime: '0001-01-01T00:00:00' }, 'ctime: out-of-range'],
  ['the year 9999', { ctime: '9999-12-31T23:59:59' }, 'ctime: out-of-range'],
  ['a day that is none', { ctime: '2026-02-30T00:00:00' }, 'ctime: not-a-date'],
  ['a time as a number', { ctime: 1_700_000_000 }, 'ctime: wrong-type'],
  ['a negative count', { projects: -1 }, 'projects: out-of-range'],
  ['half a project', { projects: 7.5 }, 'projects: out-of-range'],
  ['a name as an object', { name: { ru: 'x' } }, 'name: wrong-type'],
  ['a partner with an id that is too long', { partner: { id: 'x'.repeat(201), name: 'П' } }, 'partner.id: too-long'],
  ['a list that is none', { allowed_hypervisors: 'kvm' }, 'allowed_hypervisors: wrong-type'],
  ['a field nested for ever', { odd: JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) as unknown }, 'odd: too-deep'],
  ['a field as long as a book', { odd: 'x'.repeat(500_000) }, 'odd: too-long'],
])('a client with %s loses that field only', async (_what, odd, expected) => {
  const page = await read('clients', '/v1/client', [client({ lan: 1000, ...odd }), client({ id: 'c2' })])
  expect(told(page.partial)).toEqual([expected])
  expect(page.partial[0]).toMatchObject({ id: 'c1' })
  expect(page.unreadable).toEqual([])
  expect(page.items.map(({ id, lanMbit }) => [id, lanMbit])).toEqual([
    ['c1', 1000],
    ['c2', null],
  ])
  // What could not be read is still there to be looked at.
  expect(() => JSON.stringify(page)).not.toThrow()
})

it('a contract keeps its money beside a field that cannot be read, and so does its client', async () => {
  const { items, sideload } = await read('clients', '/v1/client', [
    client({ contract: contract({ inactive: 'no', balance: '-13389.005' }) }),
  ])
  expect(items[0]?.contractId).toBe('k1')
  expect(sideload.contracts?.[0]).toMatchObject({ balance: { minor: -1_338_901, currency: 'RUB' }, inactive: null })
  expect(sideload.contracts?.[0]?.extra).toEqual({ inactive: 'no' })
})

it('a reference is an object, a bare id, nothing, or an empty object', async () => {
  const refs = [{ id: 'p', name: 'П' }, 'p', 7, null, undefined, {}]
  const rows = refs.map((partner, at) => client({ id: `c${String(at)}`, partner }))
  const page = await read('clients', '/v1/client', rows)
  expect(page.items.map(({ partner }) => partner?.id ?? null)).toEqual(['p', 'p', '7', null, null, null])
  expect(page.partial).toEqual([])
  // The bare one does not take its name away.
  expect(page.sideload.partners?.filter(({ id }) => id === 'p').map(({ name }) => name)).toEqual(['П'])
})

it('a row without an id that can be used is kept apart, with its name, and no other', async () => {
  const rows = [{ name: 'без id' }, { id: '', name: 'пустой' }, { id: 'x'.repeat(201) }, { id: 2 ** 60 }, 'текст', null, client({})]
  const page = await read('clients', '/v1/client', rows)
  expect(page.items.map(({ id }) => id)).toEqual(['c1'])
  expect(told(page.unreadable)).toEqual(['id: missing', 'id: missing', 'id: too-long', 'id: out-of-range', ': wrong-type', ': wrong-type'])
  expect(page.unreadable[0]).toMatchObject({ name: 'без id' })
})

it('numbers may be written as texts, and a name may be missing', async () => {
  const row = { id: 1, cpu: '4', ram: '7.5', power: true, vdc: 'v1', ctime: '2026-01-01T00:00:00.123456' }
  const { items, partial } = await read('servers', '/v1/vm', [row])
  const at = Date.parse('2026-01-01T00:00:00.123Z')
  expect(items[0]).toMatchObject({ id: '1', name: '', cpu: 4, ramGb: 7.5, vdcId: 'v1', createdAt: at })
  expect(partial).toEqual([])
})

it('a user whose access is not told is not one without any', async () => {
  const { items } = await read('accounts', '/v1/account', [
    { id: 'a', login: 'a@b', username: null },
    { id: 'b', login: 'b@b', objects: [] },
  ])
  expect(items.map(({ objects }) => objects)).toEqual([null, []])
})

it('a field of any name stays an ordinary one', async () => {
  const rows = [JSON.parse('{"id":"c1","name":"N","__proto__":{"admin":true},"constructor":1}') as unknown]
  const { items } = await read('clients', '/v1/client', rows)
  expect(Object.keys(items[0]?.extra ?? {}).sort()).toEqual(['__proto__', 'constructor'])
  expect((items[0]?.extra as { admin?: unknown }).admin).toBeUndefined()
})

it('a limit of which type, value or hypervisor is missing is kept apart: half a limit is none', async () => {
  const good = { id: 'l', hypervisor: { id: 'h', name: 'KVM' }, type: 'cpu', value: 10 }
  const rows = [good, { ...good, value: 'x' }, { ...good, type: null }, { ...good, hypervisor: {} }]
  const deployment = await scriptedDeployment({ '/v1/client/c1/limit': ({ query }) => pageOf(rows, query, 100) })
  open.push(deployment)
  const page = await rustackAdapter(deployment).page({ dataset: 'limits', cursor: null, ownerId: 'c1', signal: never })
  expect(page.items).toHaveLength(1)
  expect(told(page.unreadable)).toEqual(['value: wrong-type', 'type: missing', 'hypervisor: missing'])
})

it.each([
  ['payments', '/v1/payment', { amount: 'много' }, 'amount: wrong-type', { amount: null }],
  ['payments', '/v1/payment', { contract: 'k1' }, null, { contract: { id: 'k1', name: '' } }],
  ['payments', '/v1/payment', { status: 3 }, 'status: wrong-type', { status: null }],
  ['payments', '/v1/payment', { amount: -12.345 }, null, { amount: { minor: -1235, currency: 'RUB' } }],
  ['tickets', '/v1/ticket', { topic: 'Возврат средств' }, null, { topic: 'refund', topicText: 'Возврат средств' }],
  ['tickets', '/v1/ticket', { topic: '__proto__' }, null, { topic: null, topicText: '__proto__' }],
  ['tickets', '/v1/ticket', { attachments: [{ id: 1, name: 'a.txt' }, 'b.txt'] }, 'attachments.1: wrong-type', { attachments: ['a.txt'] }],
  [
    'tickets',
    '/v1/ticket',
    { account: { id: 'u', login: 'ivan' }, project: {} },
    null,
    { accountId: 'u', accountName: 'ivan', project: null },
  ],
  ['events', '/v1/event', { object: { type: 'vm', id: 7, name: 'srv' } }, null, { objectKind: 'vm', objectId: '7', objectName: 'srv' }],
  ['events', '/v1/event', { object: 'srv' }, 'object: wrong-type', { objectKind: null, objectId: null }],
] as const)('a row of %s at %s with %o', async (dataset, path, odd, fault, expected) => {
  const page = await read(dataset, path, [{ id: 1, ctime: '2024-02-29T10:00:00', ...odd }])
  expect(told(page.partial)).toEqual(fault === null ? [] : [fault])
  expect(page.items).toEqual([expect.objectContaining({ id: '1', createdAt: Date.UTC(2024, 1, 29, 10), ...expected })])
})

it.each([
  ['clients', '/v1/client'],
  ['contracts', '/v1/contract'],
  ['servers', '/v1/vm'],
  ['accounts', '/v1/account'],
  ['payments', '/v1/payment'],
  ['tickets', '/v1/ticket'],
  ['events', '/v1/event'],
] as const)('whatever comes as %s, what is made of it keeps the bounds of the entity', async (dataset, path) => {
  const names = ['id', 'name', 'ctime', 'amount', 'balance', 'contract', 'account', 'project', 'object', 'topic', 'message', 'objects']
  const more = ['cpu', 'ram', 'vdc', 'attachments', 'contact_emails', 'allowed_hypervisors', 'payment_methods', 'partner', 'mtime', 'login']
  const field = fc.constantFrom(...names, ...more)
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ id: fc.jsonValue({ maxDepth: 0 }), name: fc.jsonValue({ maxDepth: 1 }) }),
  )
  const row = fc.dictionary(field, value).map((fields) => ({ ...fields, id: 'r' }))
  const rows = fc.sample(row, 100)
  const { items } = await read(dataset, path, rows)
  expect(items).toHaveLength(100)
  for (const item of items) expect(entities[dataset].safeParse(item).error).toBeUndefined()
})
