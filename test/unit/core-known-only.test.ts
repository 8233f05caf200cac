import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { plainQuery } from '../support/lists-over'
import { controlOf } from '../support/platform-control'

let platform: Platform
let folder: string
let run: ReturnType<typeof runCore>
let id: string

beforeAll(async () => {
  platform = await startPlatform({ clients: 12, pageSize: 100, knownOnly: true, speed: 0 })
  folder = dataFolder()
  run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  await run.core.whenStarted
  id = (await run.call('connections', 'list', {}))[0]?.id ?? ''
  await run.until(async () => (await run.call('sync', 'status', {})).every((status) => status.complete && status.phase === 'idle'))
  // The lists are read; their figures are counted right after.
  await run.until(async () => (await run.call('dashboard', 'summary', { connectionId: id, hypervisorId: null })).negative.asOf.complete)
  await run.until(
    async () => (await run.call('dashboard', 'series', { connectionId: id, hypervisorId: null, period: 'day' })).historySince !== null,
  )
})
afterAll(async () => {
  await run.core.stop()
  await platform.close()
  dropFolder(folder)
})

const query = () => ({ connectionId: id, view: 'all' as const, text: '', filters: [], sort: { by: 'balance' as const, desc: false } })

it('a deployment with the known half alone still shows clients with balances and plans, and a dashboard', async () => {
  const list = await run.call('clients', 'list', { query: query(), offset: 0, limit: 50 })
  const clients = (await controlOf(platform).state('client')).length
  expect(list.total).toBe(clients)
  expect(list.rows.every((row) => row.planName !== null && row.balance !== null)).toBe(true)
  expect(list.asOf.complete).toBe(true)
  const summary = await run.call('dashboard', 'summary', { connectionId: id, hypervisorId: null })
  expect(summary.clients).toMatchObject({ count: clients, asOf: { complete: true } })
  expect(summary.servers.count).toBe(list.totals?.servers)
  expect(summary.negative.asOf.complete).toBe(true)
  expect(summary.charged).toMatchObject({ amount: null, asOf: { missing: { why: 'not-offered' } } })
  expect(summary.partnerLimits.asOf).toMatchObject({ at: null, missing: { why: 'not-offered' } })
  expect(summary.limits.every(({ use, parts }) => use !== null && parts.length === 0)).toBe(true)
  expect(summary.unseen.map(({ what, missing }) => [what, missing.why])).toEqual([
    ['limits', 'not-offered'],
    ['client-limits', 'not-offered'],
    ['administrators', 'not-offered'],
  ])
  expect(list.limitsOlder).toBe(0)
  const contracts = await run.call('contracts', 'list', { query: plainQuery(id), offset: 0, limit: 10 })
  expect(contracts.total).toBe(clients)
  expect(contracts.asOf.complete).toBe(true)
})

it('tells its history from our own samples, since they began', async () => {
  const series = await run.call('dashboard', 'series', { connectionId: id, hypervisorId: null, period: 'day' })
  expect(series.source).toBe('own')
  expect(series.historySince).not.toBeNull()
  const summary = await run.call('dashboard', 'summary', { connectionId: id, hypervisorId: null })
  expect(series.points.at(-1)).toMatchObject({ cpu: summary.limits.find(({ type }) => type === 'cpu')?.use })
})

it('keeps notes here where the platform takes none: complete, and marked so', async () => {
  const [client] = (await run.call('clients', 'list', { query: query(), offset: 0, limit: 1 })).rows
  const key = { connectionId: id, clientId: client?.id ?? '' }
  const note = await run.call('notes', 'create', { ...key, requestId: randomUUID(), text: 'call', alertAt: Date.now() + 3_600_000 })
  expect(note).toMatchObject({ pending: null, own: true })
  await run.call('notes', 'update', { ...key, id: note.id, text: 'call back', alertAt: note.alertAt })
  await run.call('alerts', 'done', { connectionId: id, noteId: note.id })
  const list = await run.call('notes', 'list', { ...key, filter: { today: null, authorId: null, system: null }, offset: 0, limit: 200 })
  expect(list).toMatchObject({ writable: false, rows: [{ text: 'call back', confirmed: true }] })
  expect((await run.call('clients', 'get', key)).notes).toBe(1)
  await run.call('notes', 'remove', { ...key, id: note.id })
  expect((await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })).total).toBe(0)
})
