import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import type { ClientQuery } from '../../shared/ipc/clients'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { controlOf } from '../support/platform-control'

const clientQuery = (connectionId: string | null): ClientQuery => ({
  connectionId,
  view: 'all',
  text: '',
  filters: [],
  sort: { by: 'name', desc: false },
})

let platform: Platform
/** As many as the platform holds: 30, and whoever came since midnight. */
let clientCount: number
let folder: string
let run: ReturnType<typeof runCore>

beforeAll(async () => {
  platform = await startPlatform({ clients: 30, pageSize: 100, speed: 0.0001 })
  const control = controlOf(platform)
  await control.tell('/clock')
  clientCount = (await control.state('client')).length
  folder = dataFolder()
  run = runCore({
    folder,
    start: { startDemo: true },
    answers: { startDemo: () => ({ url: platform.url, token: platform.token, port: Number(new URL(platform.url).port) }) },
  })
  await run.core.whenStarted
  await run.until(async () => (await run.call('sync', 'status', {})).every((status) => status.complete && status.phase === 'idle'))
})
afterAll(async () => {
  await run.core.stop()
  await platform.close()
  dropFolder(folder)
})

it('connects to the demo and shows its clients', async () => {
  const [connection] = await run.call('connections', 'list', {})
  expect(connection).toMatchObject({ demo: true, state: 'active', color: '#7a63d8' })
  const list = await run.call('clients', 'list', { query: clientQuery(connection?.id ?? ''), offset: 0, limit: 200 })
  expect(list.total).toBe(clientCount)
  expect(list.rows).toHaveLength(clientCount)
  expect(run.broken).toEqual([])
})

const connectionId = async (): Promise<string> => (await run.call('connections', 'list', {}))[0]?.id ?? ''
const everyClient = async () => {
  const id = await connectionId()
  return (await run.call('clients', 'list', { query: clientQuery(id), offset: 0, limit: 200 })).rows
}

it('answers every reading call by its contract', async () => {
  const id = await connectionId()
  const [client] = await everyClient()
  const key = { connectionId: id, clientId: client?.id ?? '' }
  const window = { offset: 0, limit: 50 }
  await run.call('preferences', 'get', {})
  expect(await run.call('connections', 'capabilities', { id })).not.toEqual([])
  await run.call('sync', 'problems', { connectionId: id })
  for (const period of ['hour', 'day', 'week', 'month', { from: Date.now() - 400 * 86_400_000, to: Date.now() }] as const) {
    const series = await run.call('dashboard', 'series', { connectionId: id, hypervisorId: null, period })
    expect(series.points.length).toBeGreaterThan(0)
  }
  const types = ['servers', 'disks', 'volume', 'ip', 'networks', 'routers', 'ram', 'cpu'] as const
  for (const type of types) await run.call('dashboard', 'contributors', { connectionId: id, type, hypervisorId: null })
  const views = await run.call('lists', 'views', { list: 'clients', connectionId: id })
  expect(views.fixed['all']).toBe(clientCount)
  expect(await run.call('clients', 'get', key)).toMatchObject({ id: key.clientId })
  const tree = { ...key, text: '', folds: { base: 'usual' as const, turned: [] }, offset: 0, limit: 200 }
  expect((await run.call('clients', 'projects', tree)).totals.projects).toBeGreaterThan(0)
  expect(await run.call('clients', 'days', key)).toMatchObject({ offered: true })
  await run.call('clients', 'limits', key)
  await run.call('clients', 'access', { ...key, offset: 0, limit: 200 })
  await run.call('clients', 'changes', { ...key, offset: 0, limit: 200 })
  await run.call('clients', 'opened', key)
  const plain = { connectionId: id, view: 'all' as const, text: '', filters: [] }
  const contracts = await run.call('contracts', 'list', { query: { ...plain, sort: { by: 'client', desc: true } }, ...window })
  expect(contracts.total).toBeGreaterThanOrEqual(clientCount)
  await run.call('contracts', 'get', { connectionId: id, id: contracts.rows[0]?.id ?? '' })
  const plans = await run.call('tariffPlans', 'list', { query: { ...plain, sort: { by: 'contracts', desc: true } }, ...window })
  await run.call('tariffPlans', 'get', { connectionId: id, id: plans.rows[0]?.id ?? '' })
  await run.call('notes', 'list', { ...key, filter: { today: null, authorId: null, system: null }, offset: 0, limit: 200 })
  await run.call('notes', 'authors', key)
  await run.call('alerts', 'list', { connectionId: null, state: 'open', own: false, offset: 0, limit: 200 })
  await run.call('alerts', 'list', { connectionId: id, state: 'done', own: true, offset: 0, limit: 200 })
  await run.call('alerts', 'counts', {})
  await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })
  const found = await run.call('search', 'find', { text: client?.name.slice(0, 5) ?? '', connectionId: null, limit: 20 })
  expect(found.rows[0]?.kind).toBe('client')
  const query = { ...clientQuery(id), filters: [] }
  const view = await run.call('lists', 'saveView', { list: 'clients', name: 'Mine', query })
  const all = await run.call('clients', 'list', { query, offset: 0, limit: 1 })
  expect((await run.call('lists', 'views', { list: 'clients', connectionId: id })).own).toEqual([{ ...view, count: all.total }])
  expect((await run.call('lists', 'views', { list: 'clients', connectionId: 'another' })).own).toMatchObject([{ count: null }])
  expect((await run.call('lists', 'views', { list: 'contracts', connectionId: id })).own).toEqual([])
  await run.call('lists', 'options', { list: 'contracts', connectionId: id, field: 'plan', text: '', ids: null, ...window })
  await run.call('lists', 'removeView', { id: view.id })
})

it('shows on the dashboard what the lists add up to', async () => {
  const id = await connectionId()
  const summary = await run.call('dashboard', 'summary', { connectionId: id, hypervisorId: null })
  const rows = await everyClient()
  const sum = (of: (row: (typeof rows)[number]) => number | null): number => rows.reduce((total, row) => total + (of(row) ?? Number.NaN), 0)
  const useOf = (type: string) => summary.limits.find((tile) => tile.type === type)?.use
  expect(summary.clients.count).toBe(rows.length)
  expect(summary.servers.count).toBe(sum((row) => row.servers))
  expect(useOf('cpu')).toBe(sum((row) => row.cpu))
  expect(useOf('ram')).toBe(sum((row) => row.ramGb))
  expect(summary.volume.use).toBe(sum((row) => row.volumeGb))
  expect(summary.disks.reduce((total, disk) => total + disk.useGb, 0)).toBe(summary.volume.use)
  const negative = rows.filter((row) => (row.balance?.minor ?? 0) < 0)
  expect(summary.negative.clients).toBe(negative.length)
  expect(summary.negative.totals[0]?.minor ?? 0).toBe(negative.reduce((total, row) => total + (row.balance?.minor ?? 0), 0))
  const byHypervisor = await Promise.all(
    summary.hypervisors.map((it) => run.call('dashboard', 'summary', { connectionId: id, hypervisorId: it.id })),
  )
  expect(byHypervisor.reduce((total, it) => total + (it.servers.count ?? 0), 0)).toBe(summary.servers.count)
  const series = await run.call('dashboard', 'series', { connectionId: id, hypervisorId: null, period: 'month' })
  expect(series.points.at(-1)).toMatchObject({ cpu: useOf('cpu'), ramGb: useOf('ram') })
  expect(new Set(summary.issues.map((item) => `${item.kind} ${String(item.limitType)}`)).size).toBe(summary.issues.length)
})

it('totals of a list are those of its rows', async () => {
  const id = await connectionId()
  for (const view of ['all', 'negative', 'near-limit', 'unmanaged', 'new'] as const) {
    const list = await run.call('clients', 'list', { query: { ...clientQuery(id), view, filters: [] }, offset: 0, limit: 200 })
    expect(list.totals?.servers).toBe(list.rows.reduce((total, row) => total + (row.servers ?? Number.NaN), 0))
    expect(list.totals?.balance[0]?.minor ?? 0).toBe(list.rows.reduce((total, row) => total + (row.balance?.minor ?? 0), 0))
  }
})

it('writes a note that the platform then holds', async () => {
  const [client] = await everyClient()
  const key = { connectionId: client?.connectionId ?? '', clientId: client?.id ?? '' }
  const row = await run.call('notes', 'create', {
    ...key,
    requestId: randomUUID(),
    text: 'call about the limit',
    alertAt: Date.now() + 3_600_000,
  })
  expect(row.pending).toMatchObject({ kind: 'create' })
  await run.until(async () => (await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })).total === 0)
  const list = await run.call('notes', 'list', { ...key, filter: { today: true, authorId: null, system: null }, offset: 0, limit: 200 })
  expect(list.rows.filter((note) => note.uid === row.uid)).toMatchObject([{ text: 'call about the limit', pending: null, own: true }])
  const remote = list.rows.find((note) => note.uid === row.uid)
  expect(remote?.id.startsWith('local:')).toBe(false)
  const again = await run.call('notes', 'update', { ...key, id: remote?.id ?? '', text: 'call tomorrow', alertAt: remote?.alertAt ?? null })
  expect(again).toMatchObject({ text: 'call tomorrow', pending: { kind: 'update' } })
  await run.until(async () => (await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })).total === 0)
  await run.call('alerts', 'snooze', { connectionId: key.connectionId, noteId: remote?.id ?? '', until: Date.now() + 600_000 })
  await run.call('alerts', 'opened', { connectionId: key.connectionId, noteId: remote?.id ?? '' })
  await run.call('alerts', 'done', { connectionId: key.connectionId, noteId: row.uid })
  await run.until(async () => (await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })).total === 0)
  await run.call('notes', 'remove', { ...key, id: row.uid })
  expect(
    (await run.call('notes', 'list', { ...key, filter: { today: true, authorId: null, system: null }, offset: 0, limit: 200 })).rows,
  ).not.toContainEqual(expect.objectContaining({ uid: row.uid }))
})

it('refuses calls that are in no contract, and input that does not fit', async () => {
  expect(await run.core.call('clients', 'constructor', {})).toMatchObject({ ok: false, error: { code: 'not-found' } })
  expect(await run.core.call('__proto__', 'toString', {})).toMatchObject({ ok: false, error: { code: 'not-found' } })
  expect(await run.core.call('clients', 'get', { clientId: 1 })).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
})
