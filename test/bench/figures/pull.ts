import { settingsAt } from '../../support/notes-console'
import type { Dataset } from '@shared/domain/datasets'
import type Database from 'better-sqlite3'
import { systemClock } from '../../../electron/core/clock'
import { createAdapter } from '../../../electron/core/platforms/registry'
import { readState } from '../../../electron/core/store/cache/dataset-state'
import type { Store } from '../../../electron/core/store/connection'
import { createLimiter } from '../../../electron/core/sync/limiter'
import { listDatasets, sideloadsOf } from '../../../electron/core/sync/lists'
import { createSerialQueue } from '../../../electron/core/sync/pausing'
import { pullDataset } from '../../../electron/core/sync/pull'
import { createRequests } from '../../../electron/core/sync/requests'
import type { WalkContext } from '../../../electron/core/sync/walk'
import { lists } from '../baseline/inventory'
import { baselinePull } from '../baseline/pull'
import { openBaseline } from '../baseline/schema'
import { freshFolder, type Context, type Measure } from '../support/context'
import { startPlatform } from '../support/platform'
import { row } from '../support/row'
import { inTurn, median, must, timedAsync } from '../support/sample'
import { CONNECTION, KEY, openInFolder } from '../support/store'

const ROUNDS = 5
/** A full pull ten times over; a tenth of the clients gives the same rate in a bearable time. */
const CLIENTS = 2000
const IN_FLIGHT = 3

interface Source {
  url: string
  token: string
}

/** P6: every list of the demo platform, from the first request to the last committed page. */
export const measure: Measure = async (context) => {
  const platform = await startPlatform(CLIENTS)
  const seen: { ours?: Pulled; baseline?: Pulled } = {}
  await pullBaseline(context, platform)
  const { ours, baseline } = await inTurn(ROUNDS, {
    ours: async () => rate(await pullOurs(context, platform), (one) => (seen.ours = one)),
    baseline: async () => rate(await pullBaseline(context, platform), (one) => (seen.baseline = one)),
  })
  await platform.stop()
  const [rows, baselineRows] = [seen.ours?.value ?? 0, seen.baseline?.value ?? 0]
  must(rows === baselineRows && rows > CLIENTS * 10, `${String(rows)} rows against ${String(baselineRows)} baseline`)
  const kept = (seen.ours?.kept ?? 0) / (seen.baseline?.kept ?? 1)
  must(Math.abs(kept - 1) < 0.05, `unknown fields: ${kept.toFixed(2)} × what the baseline keeps`)
  const size = `${CLIENTS.toLocaleString('en')} clients, ${rows.toLocaleString('en')} rows of ${lists.length} lists, page size 500`
  const speed = { figure: median(ours), baseline: median(baseline) }
  return [
    row({
      key: 'P6',
      what: 'full pull: fetch, parse, upsert + cursor',
      unit: 'rows/s',
      ...speed,
      ratioAtLeast: 0.75,
      atLeast: 10_000,
      size,
    }),
  ]
}

interface Pulled {
  ms: number
  value: number
  kept: number
}
const rate = (pulled: Pulled, remember: (pulled: Pulled) => void): number => {
  remember(pulled)
  return (pulled.value / pulled.ms) * 1000
}

const pullOurs = async (context: Context, source: Source): Promise<Pulled> => {
  const store = openInFolder(freshFolder(context, 'pull'))
  const adapter = createAdapter({
    settings: settingsAt(source.url),
    secrets: { platform: 'rustack', token: source.token, clientKeyPem: null },
    language: 'ru',
    pageSize: null,
    clock: systemClock,
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
  const signal = new AbortController().signal
  const { capabilities } = await adapter.probe(signal)
  const wanted = new Set(lists.map(({ table }) => table.dataset))
  const datasets = listDatasets(capabilities).filter((name) => wanted.has(name))
  must(datasets.length === wanted.size, `the console reads only ${datasets.join(', ')}`)
  const walk: WalkContext = {
    ...{ store, adapter, requests: requests(), clock: systemClock, connectionId: CONNECTION, signal },
    sequence: { syncId: 'bench', next: 1 },
    sideloads: sideloadsOf(capabilities),
    serial: createSerialQueue(),
    skew: { ms: 0 },
    onPage: () => undefined,
  }
  const pulled = await timedAsync(async () => {
    const waiting = [...datasets]
    const lane = async (): Promise<void> => {
      for (let dataset = waiting.shift(); dataset; dataset = waiting.shift()) {
        const end = await pullDataset(walk, dataset)
        must(end.kind === 'complete', `${dataset} is ${end.kind}`)
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
    return rowsOf(store, datasets)
  })
  const kept = keptBytes(store.cache)
  store.close()
  return { ...pulled, kept }
}

const requests = () =>
  createRequests({
    limiter: createLimiter(IN_FLIGHT),
    clock: systemClock,
    random: () => 0.5,
    connectivity: { answered: () => undefined, unanswered: () => undefined, online: () => true },
    onUnauthorized: () => undefined,
  })

const rowsOf = (store: Store, datasets: readonly Dataset[]): number =>
  datasets.reduce((sum, dataset) => {
    const state = readState(store.cache, CONNECTION, dataset)
    must(state?.complete === true, `${dataset} is not complete`)
    return sum + (state?.rows ?? 0)
  }, 0)

const pullBaseline = async (context: Context, source: Source): Promise<Pulled> => {
  const db = openBaseline(`${freshFolder(context, 'baseline-pull')}/baseline.db`, KEY)
  const pulled = await timedAsync(() => baselinePull(db, source))
  const kept = keptBytes(db)
  must(kept > 0, 'the baseline pull kept nothing')
  db.close()
  return { ...pulled, kept }
}

/** Bytes of unknown fields that were kept: the two must have stored the same, not only as many rows. */
const keptBytes = (db: Database.Database): number =>
  ['client', 'contract', 'project', 'vdc', 'server', 'disk', 'network', 'router', 'port', 'account'].reduce(
    (sum, table) => sum + Number(db.prepare(`SELECT sum(length(extra)) FROM ${table}`).pluck().get()),
    0,
  )
