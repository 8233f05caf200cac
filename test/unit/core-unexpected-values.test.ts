import { afterEach, expect, it } from 'vitest'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { pageOf, scriptedDeployment, type Script, type ScriptedDeployment } from '../support/scripted-deployment'
import { plainQuery } from '../support/lists-over'

const zones = { utcOffsetMinutes: 0, billingOffsetMinutes: 180 }
const none = { caPem: null, clientCertPem: null, clientKeyPem: null, proxyUrl: null }
const folder = dataFolder()
let deployment: ScriptedDeployment | null = null
let run: ReturnType<typeof runCore> | null = null
afterEach(async () => {
  await run?.core.stop()
  await deployment?.close()
  dropFolder(folder)
})

/** What a platform may write in the place of a value, one to a row. */
const times = [
  '0001-01-01T00:00:00',
  '1969-12-31T23:59:59',
  '1970-01-01T00:00:00',
  '9999-12-31T23:59:59',
  'вчера',
  '',
  17,
  true,
  {},
  [],
  null,
]
const numbers = [-1, 1e300, -1e300, '7', '7.5', 'много', '', 1.5, true, {}, [], null]
const texts = ['', ' ', 'x'.repeat(12_000), '\u0000', '\ud800', '<b>', 5, true, {}, ['a'], null]
const refs = [{}, 'r1', 7, { id: '' }, { id: null, name: 'x' }, { id: 'r1', name: 5 }, 'x'.repeat(201), [], null]
const unexpectedRow = (at: number): Record<string, unknown> => {
  const one = (values: readonly unknown[]): unknown => values[at % values.length]
  return {
    ...{ ctime: one(times), mtime: one(times), alert_time: one(times), name: one(texts), text: one(texts), login: one(texts) },
    ...{ projects: one(numbers), internet: one(numbers), lan: one(numbers), cpu: one(numbers), ram: one(numbers), size: one(numbers) },
    ...{
      contracts: one(numbers),
      payment_model: one(texts),
      contact_emails: [one(texts), { email: one(texts) }],
      billing_enabled: one(numbers),
    },
    ...{ partner: one(refs), vdc: one(refs), vm: one(refs), hypervisor: one(refs), storage_profile: one(refs), network: one(refs) },
    ...{
      connected: one(refs),
      author: one(refs),
      is_active: one(numbers),
      objects: one([...refs, [null, { role: 'admin' }]]),
      type: one(texts),
    },
    ...{
      confirmed: one(numbers),
      allowed_hypervisors: [one(refs)],
      payment_methods: [one(texts)],
      ip_address: one(texts),
      unknown: one(texts),
    },
  }
}
const rows = (prefix: string, more: (at: number) => object = () => ({})): object[] =>
  Array.from({ length: 40 }, (_, at) => ({ ...unexpectedRow(at), id: `${prefix}${String(at)}`, ...more(at) }))

const unexpectedPlatform = (): Script => {
  const lists: Record<string, object[]> = {
    client: rows('c', (at) => ({
      contract: { ...unexpectedRow(at), id: `k${String(at)}`, balance: numbers[at % numbers.length], billing_plan: refs[at % refs.length] },
    })),
    project: rows('p', (at) => ({ client: { id: `c${String(at)}` } })),
    vdc: rows('v', (at) => ({ project: { id: `p${String(at)}` } })),
    vm: rows('s', (at) => ({ vdc: { id: `v${String(at)}` } })),
    disk: rows('d', (at) => ({ vdc: { id: `v${String(at)}` } })),
    network: rows('n'),
    router: rows('r'),
    port: rows('o'),
    storage_profile: rows('f'),
    account: rows('a'),
    contract: rows('k', (at) => ({ counterparty_right: refs[at % refs.length], balance: numbers[at % numbers.length] })),
    billing_plan: rows('b'),
    note: rows('t', (at) => ({ client: { id: `c${String(at)}` } })),
  }
  const script: Script = Object.fromEntries(
    Object.entries(lists).map(([name, all]) => [`/v1/${name}`, ({ query }) => pageOf(all, query, 100)]),
  )
  const limits = rows('l', (at) => ({ hypervisor: { id: 'h', name: 'KVM' }, type: 'cpu', value: numbers[at % numbers.length] }))
  for (let at = 0; at < 40; at++) script[`/v1/client/c${String(at)}/limit`] = ({ query }) => pageOf(limits, query, 100)
  return { ...script, '/v1/account/me': () => ({ json: { id: 'me', login: 'me@example' } }) }
}

it('whatever a platform writes in the place of a value: every row arrives, every screen opens, and what was not understood is told', async () => {
  deployment = await scriptedDeployment(unexpectedPlatform())
  run = runCore({ folder })
  await run.core.whenStarted
  const { call, until } = run
  const { id: connectionId } = await call('connections', 'add', {
    ...{ platform: 'rustack', name: '', baseUrl: deployment.url, token: deployment.token },
    ...zones,
    ...none,
  })
  const window = { offset: 0, limit: 200 }
  await until(async () => {
    const [status] = await call('sync', 'status', {})
    return status?.datasets.every(
      ({ offered, dataset, asOf, error }) => !offered || dataset === 'limits' || asOf !== null || error !== null,
    )
  })
  const query = { connectionId, view: 'all' as const, text: '', filters: [], sort: { by: 'created' as const, desc: true } }
  const clients = await until(async () => {
    const found = await call('clients', 'list', { query, ...window })
    return found.total === 40 && found
  })
  expect(clients.rows.length).toBeGreaterThan(0)
  for (const { id: clientId } of clients.rows.slice(0, 12)) {
    await call('clients', 'get', { connectionId, clientId })
    await call('clients', 'limits', { connectionId, clientId })
    await call('clients', 'access', { connectionId, clientId, ...window })
    const filter = { today: null, authorId: null, system: null }
    await call('notes', 'list', { connectionId, clientId, filter, ...window })
  }
  const latest = { ...plainQuery(connectionId), sort: { by: 'created' as const, desc: true } }
  expect((await call('contracts', 'list', { query: latest, ...window })).total).toBe(40)
  expect((await call('tariffPlans', 'list', { query: plainQuery(connectionId), ...window })).total).toBe(40)
  await call('alerts', 'list', { connectionId, state: 'open', own: false, ...window })
  await call('dashboard', 'summary', { connectionId, hypervisorId: null })
  await call('search', 'find', { text: 'xxx', connectionId, limit: 50 })
  const problems = await call('sync', 'problems', { connectionId })
  expect(problems.rows.some(({ dataset, field }) => dataset === 'clients' && field === 'ctime')).toBe(true)
  const [status] = await call('sync', 'status', {})
  const broken = status?.datasets.filter(({ error, offered, dataset }) => offered && error !== null && dataset !== 'limits') ?? []
  expect(broken.map(({ dataset, error }) => `${dataset}: ${error?.code ?? ''}`)).toEqual([])
  expect(run.logged.filter((line) => line.startsWith('fault'))).toEqual([])
})
