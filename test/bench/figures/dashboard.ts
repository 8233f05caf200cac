import { createDashboard } from '../../../electron/core/features/dashboard/service'
import type { Workspace } from '../../../electron/core/features/workspace'
import { systemClock } from '../../../electron/core/clock'
import type { Store } from '../../../electron/core/store/connection'
import { baselineGroupBy } from '../baseline/dashboard'
import { listenToQueries } from '../support/query-times'
import { row, type Row } from '../support/row'
import { inTurn, median, must, timed } from '../support/sample'
import { CONNECTION } from '../support/store'

const ROUNDS = 9

/** P10: the dashboard's whole summary, with nothing remembered from the call before, and its slowest query. */
export const dashboardRows = async (store: Store, clients: number, suffix = ''): Promise<Row[]> => {
  const size = `${clients.toLocaleString('en')} clients`
  const group = baselineGroupBy(store.cache)
  must(group() === clients * 6, 'the resources to be grouped are not all there')
  const queries = listenToQueries(store.cache)
  const slowest: { text: string; ms: number }[] = []
  const { ours, baseline } = await inTurn(ROUNDS, {
    ours: () => {
      queries.take()
      const { ms, value } = timed(() => summaryOf(store))
      must(value.clients.count === clients && value.servers.count === clients * 3, 'the summary does not count what is there')
      slowest.push(queries.take().reduce((worst, one) => (one.ms > worst.ms ? one : worst)))
      return ms
    },
    baseline: () => timed(group).ms,
  })
  queries.end()
  const worst = slowest.sort((a, b) => b.ms - a.ms)[0]
  return [
    row({
      key: `P10${suffix}`,
      what: 'dashboard summary, the whole call',
      unit: 'ms',
      figure: median(ours),
      baseline: median(baseline),
      atMost: 150,
      size,
    }),
    row({
      key: suffix === '' ? 'P10.query' : `P10${suffix}.query`,
      what: 'its slowest query',
      unit: 'ms',
      figure: median(slowest.map((one) => one.ms)),
      atMost: 20,
      size,
      note: (worst?.text ?? '').replace(/\s+/g, ' ').slice(0, 150),
    }),
  ]
}

/** A memo of its own for each call: what is shared within a call stays shared, what an earlier call knew is gone. */
const summaryOf = (store: Store) => {
  const kept = new Map<string, unknown>()
  const remember = <T>(key: string, compute: () => T): T => {
    if (!kept.has(key)) kept.set(key, compute())
    return kept.get(key) as T
  }
  const memo = Object.assign(remember, { has: (key: string) => kept.has(key), versionOf: () => '' })
  const workspace = { cache: store.cache, local: store.local, clock: systemClock } as unknown as Workspace
  const dashboard = createDashboard({ workspace, memo, alertsDue: () => ({ count: 0, since: null }) })
  return dashboard.summary({ connectionId: CONNECTION, hypervisorId: null })
}
