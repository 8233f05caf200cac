import { expect } from 'vitest'
import type { AsOf } from '../../shared/ipc/rows'
import { startPlatform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from './core-running'
import { controlOf } from './platform-control'
import { allClients } from './truth/clients'

type Run = ReturnType<typeof runCore>
/** What a screen would say is nothing at all: 0, none, in order, not set. By where it stands. */
type Nothings = Set<string>

const LOOK_MS = 500
const CARDS = 10

/** A figure counts as said only where there is an "as of" to say it by. */
const said = (asOf: AsOf): boolean => asOf.at !== null

const dashboard = async (run: Run, connectionId: string, add: (what: string, nothing: boolean) => void): Promise<void> => {
  const summary = await run.call('dashboard', 'summary', { connectionId, hypervisorId: null })
  add('clients', summary.clients.count === 0 && said(summary.clients.asOf))
  add('servers', summary.servers.count === 0 && said(summary.servers.asOf))
  add('clients in debt', summary.negative.clients === 0 && said(summary.negative.asOf))
  for (const tile of [...summary.limits, summary.volume]) {
    add(`use of ${tile.type}`, tile.use === 0 && said(tile.asOf))
    add(`limit of ${tile.type}`, said(tile.limitAsOf) && tile.parts.every(({ limit }) => limit === null))
  }
  add('disks by class', summary.disks.length === 0 && said(summary.volume.asOf))
  add('charged', summary.charged.amount?.minor === 0 && said(summary.charged.asOf))
  const kinds = new Set(summary.issues.map(({ kind }) => kind))
  const unseen = new Set(summary.unseen.map(({ what }) => what))
  add('nobody in debt', !kinds.has('negative-balance') && !unseen.has('balances'))
  add('nobody without administrator', !kinds.has('unmanaged') && !unseen.has('administrators'))
  add('nobody near a limit', !kinds.has('clients-near-limit') && !unseen.has('client-limits'))
  add('no limit of our own near', !kinds.has('limit') && !unseen.has('limits'))
}

const clients = async (run: Run, connectionId: string, add: (what: string, nothing: boolean) => void): Promise<string[]> => {
  const { rows, totals, asOf } = await allClients(run, connectionId)
  for (const row of rows.slice(0, 200)) {
    for (const figure of ['projects', 'servers', 'cpu', 'ramGb', 'volumeGb'] as const) add(`${figure} of ${row.id}`, row[figure] === 0)
    add(`managed ${row.id}`, row.unmanaged === false)
    add(`no limits of ${row.id}`, row.tightest === null && row.limitsAt !== null)
    add(`balance of ${row.id}`, row.balance?.minor === 0)
  }
  for (const figure of ['servers', 'cpu', 'ramGb', 'volumeGb'] as const)
    add(`${figure} under the list`, totals?.[figure] === 0 && said(asOf))
  const { fixed } = await run.call('lists', 'views', { list: 'clients', connectionId })
  for (const [view, count] of Object.entries(fixed)) add(`count of view ${view}`, count === 0)
  for (const view of ['negative', 'near-limit', 'unmanaged'] as const) {
    const list = await run.call('clients', 'list', {
      query: { connectionId, view, text: '', filters: [], sort: { by: 'name', desc: false } },
      ...{ offset: 0, limit: 1 },
    })
    add(`view ${view}`, list.total === 0 && said(list.asOf) && list.lacking.length === 0)
  }
  return rows.map(({ id }) => id)
}

const card = async (run: Run, key: { connectionId: string; clientId: string }, add: (what: string, nothing: boolean) => void) => {
  const of = (what: string) => `${what} on the card of ${key.clientId}`
  const details = await run.call('clients', 'get', key)
  for (const figure of ['servers', 'cpu', 'ramGb', 'volumeGb', 'disks', 'accessCount'] as const) add(of(figure), details[figure] === 0)
  const tree = await run.call('clients', 'projects', { ...key, text: '', folds: { base: 'usual', turned: [] }, offset: 0, limit: 200 })
  for (const [figure, value] of Object.entries(tree.totals)) add(of(`${figure} of projects`), value === 0)
  const limits = await run.call('clients', 'limits', key)
  add(of('limits'), limits.rows.length === 0 && said(limits.asOf))
  const access = await run.call('clients', 'access', { ...key, offset: 0, limit: 200 })
  add(of('access'), access.rows.length === 0 && said(access.asOf))
}

const look = async (run: Run, connectionId: string): Promise<Nothings> => {
  const nothings: Nothings = new Set()
  const add = (what: string, nothing: boolean): void => {
    if (nothing) nothings.add(what)
  }
  await dashboard(run, connectionId, add)
  const ids = await clients(run, connectionId, add)
  for (const clientId of ids.slice(0, CARDS)) await card(run, { connectionId, clientId }, add)
  return nothings
}

/** Datasets that were not read to their end. */
const unread = async (run: Run): Promise<string[]> =>
  (await run.call('sync', 'status', {})).flatMap(({ datasets }) =>
    datasets.filter((one) => one.offered && !one.complete).map((one) => one.dataset),
  )

/** Looks at a first load as it goes: nothing may be called nothing that turns out to be something. */
export const watchFirstLoad = async (options: { clients: number; latencyMs: number; pageSize: number; limitMs: number }): Promise<void> => {
  const platform = await startPlatform({ ...options, speed: 0.0001 })
  await controlOf(platform).tell('/clock')
  const folder = dataFolder()
  const run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  try {
    await run.core.whenStarted
    const connectionId = (await run.call('connections', 'list', {}))[0]?.id ?? ''
    const everSaid = new Map<string, number>()
    const since = Date.now()
    let looks = 0
    for (; (await unread(run)).length > 0; looks++) {
      if (Date.now() - since > options.limitMs)
        throw new Error(`not read in ${String(options.limitMs)} ms: ${(await unread(run)).join(', ')}`)
      for (const what of await look(run, connectionId)) if (!everSaid.has(what)) everSaid.set(what, Date.now() - since)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    expect(looks).toBeGreaterThan(1)
    // Figures are counted right after the lists that they stand on.
    const counted = async () => {
      const { clients, servers, negative } = await run.call('dashboard', 'summary', { connectionId, hypervisorId: null })
      return [clients, servers, negative].every(({ asOf }) => asOf.complete)
    }
    await run.until(counted)
    const end = await look(run, connectionId)
    const lies = [...everSaid].filter(([what]) => !end.has(what)).map(([what, at]) => `${String(at)} ms after the start: no ${what}`)
    expect(lies).toEqual([])
  } finally {
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  }
}
