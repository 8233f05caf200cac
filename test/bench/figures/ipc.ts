import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { limitTypes } from '@shared/domain/limits'
import type { ClientQuery } from '@shared/ipc/clients'
import type { ClientRow } from '@shared/ipc/rows'
import type { SyncStatus } from '@shared/ipc/sync'
import { freshFolder, root, type Measure } from '../support/context'
import { startCore, type CoreProcess } from '../support/core-process'
import { startPlatform } from '../support/platform'
import { row } from '../support/row'
import { must, p95 } from '../support/sample'
import { untilSynced } from '../support/synced'

const ROUND_TRIPS = 300
/** Enough that every list that is cut somewhere is at its longest. */
const CLIENTS = 3000

/** P16: the built core over its real channel: what a round trip costs, and the largest message of a walk through every screen. */
export const measure: Measure = async (context) => {
  const platform = await startPlatform(CLIENTS)
  const core = await startCore({ folder: freshFolder(context, 'core'), connect: { baseUrl: platform.url, token: platform.token } })
  await untilSynced(() => core.call('sync', 'status', {}) as Promise<SyncStatus[]>, 90)
  const light = await roundTrips(core)
  const baseline = await baselineRoundTrips()
  const walk = await everyScreen(core)
  const largest = core.largest()
  await core.stop()
  await platform.stop()
  const size = `${CLIENTS.toLocaleString('en')} clients, ${String(walk.length)} calls`
  return [
    row({
      key: 'P16',
      what: 'round trip of a call to the core, p95',
      unit: 'ms',
      figure: p95(light),
      baseline: p95(baseline),
      atMost: 5,
      size,
    }),
    row({
      key: 'P16.walk',
      what: 'calls of a walk through every screen, work included, p95',
      unit: 'ms',
      figure: p95(walk),
      size,
    }),
    row({ key: 'P16.largest', what: 'largest message', unit: 'KB', figure: largest.bytes / 1024, atMost: 256, size, note: largest.what }),
  ]
}

const roundTrips = async (core: CoreProcess): Promise<number[]> => {
  const times: number[] = []
  for (let n = 0; n < ROUND_TRIPS; n++) times.push(await took(() => core.call('preferences', 'get', {})))
  return times.slice(20)
}

/** The same to and fro with a process that only sends back, carrying as much. */
const baselineRoundTrips = async (): Promise<number[]> => {
  const child = fork(join(root, 'test/bench/baseline/echo.mjs'), { serialization: 'advanced', execArgv: [] })
  const message = { type: 'call', id: 1, domain: 'preferences', name: 'get', input: { text: 'x'.repeat(400) } }
  const times: number[] = []
  for (let n = 0; n < ROUND_TRIPS; n++)
    times.push(
      await took(async () => {
        child.send(message)
        await once(child, 'message')
      }),
    )
  child.disconnect()
  return times.slice(20)
}

const took = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

const query = (connectionId: string, change: Partial<ClientQuery>): ClientQuery => ({
  ...{ connectionId, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } },
  ...change,
})

/** What a person's clicks through the program would ask for: every list at its widest, every card's tabs, every search. */
const everyScreen = async (core: CoreProcess): Promise<number[]> => {
  const times: number[] = []
  const ask = async (domain: string, name: string, input: object): Promise<unknown> => {
    let answer: unknown
    times.push(await took(async () => (answer = await core.call(domain, name, input))))
    return answer
  }
  const [connection] = (await ask('connections', 'list', {})) as { id: string }[]
  const connectionId = connection?.id ?? ''
  must(connectionId !== '', 'there is no connection to walk through')
  await ask('dashboard', 'summary', { connectionId, hypervisorId: null })
  for (const period of ['hour', 'day', 'week', 'month']) await ask('dashboard', 'series', { connectionId, hypervisorId: null, period })
  for (const type of limitTypes) await ask('dashboard', 'contributors', { connectionId, type, hypervisorId: null })
  await ask('lists', 'views', { list: 'clients', connectionId })
  const lists = [
    {},
    { view: 'negative' },
    { view: 'near-limit' },
    { text: 'о' },
    { text: 'ор' },
    { text: 'техн' },
    { sort: { by: 'balance', desc: true } },
  ] as const
  for (const change of lists) await ask('clients', 'list', { query: query(connectionId, change), offset: 0, limit: 200 })
  const page = (await ask('clients', 'list', { query: query(connectionId, {}), offset: 200, limit: 200 })) as { rows: ClientRow[] }
  must(page.rows.length === 200, 'the clients list is not full')
  for (const { id } of page.rows.slice(0, 15)) {
    const key = { connectionId, clientId: id }
    for (const tab of ['get', 'limits']) await ask('clients', tab, key)
    for (const tab of ['access', 'changes']) await ask('clients', tab, { ...key, offset: 0, limit: 200 })
    await ask('clients', 'projects', { ...key, text: '', folds: { base: 'usual', turned: [] }, offset: 0, limit: 80 })
  }
  const clientId = page.rows[0]?.id ?? ''
  await ask('notes', 'list', { connectionId, clientId, filter: { today: null, authorId: null, system: null }, offset: 0, limit: 200 })
  for (const domain of ['contracts', 'tariffPlans']) await ask(domain, 'list', { query: query(connectionId, {}), offset: 0, limit: 200 })
  await ask('alerts', 'list', { connectionId, state: 'open', own: false, offset: 0, limit: 200 })
  await ask('alerts', 'list', { connectionId, state: 'done', own: false, offset: 0, limit: 200 })
  await ask('outbox', 'list', { connectionId: null, offset: 0, limit: 200 })
  await ask('sync', 'status', {})
  await ask('sync', 'problems', { connectionId })
  await ask('search', 'find', { text: 'а', connectionId, limit: 50 })
  return times
}
