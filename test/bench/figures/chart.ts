import { join } from 'node:path'
import { series } from '../../../electron/core/features/dashboard/series'
import type { Workspace } from '../../../electron/core/features/workspace'
import { insertSample } from '../../../electron/core/store/local/samples'
import { inTransaction } from '../../../electron/core/store/sql'
import { bundled } from '../support/bundle'
import { freshFolder, root, type Context, type Measure } from '../support/context'
import { openStage, type Stage } from '../support/page'
import { row } from '../support/row'
import { inTurn, median, must, timed } from '../support/sample'
import { CONNECTION, openInFolder } from '../support/store'

const SOURCE = 100_000
const EVERY_MS = 5 * 60_000
const BEGIN = Date.UTC(2025, 0, 1)
const END = BEGIN + SOURCE * EVERY_MS
const ROUNDS = 7
type Points = { at: number; value: number | null }[]

/** P9: from the question to the painted chart, over a year of figures taken every five minutes. */
export const measure: Measure = async (context) => {
  const { points, queryMs } = askedSeries(context)
  const [own, baseline] = await Promise.all(['pages/chart.ts', 'baseline/chart.ts'].map((file) => bundled(join(root, 'test/bench', file))))
  const stage = await openStage(context.chromium, own?.style)
  const times = await inTurn(ROUNDS, {
    ours: () => paintOurs(stage, own?.script ?? '', points),
    baseline: () => paintBaseline(stage, baseline?.script ?? ''),
  })
  await stage.close()
  const paint = median(times.ours)
  const size = `${SOURCE.toLocaleString('en')} source points`
  return [
    row({
      key: 'P9',
      what: 'chart: question, answer, painted',
      unit: 'ms',
      figure: queryMs + paint,
      baseline: median(times.baseline),
      atMost: 100,
      size,
      note: `${queryMs.toFixed(0)} ms in the core, ${paint.toFixed(0)} ms to paint; baseline = chart.js over all the points with its own decimation`,
    }),
    row({ key: 'P9.points', what: 'points sent to the chart', unit: '', figure: points.length, atMost: 2000, size }),
  ]
}

/** The core's own answer over samples in its own store. */
const askedSeries = (context: Context): { points: Points; queryMs: number } => {
  const store = openInFolder(freshFolder(context, 'samples'))
  inTransaction(store.local, () => {
    for (let n = 0; n < SOURCE; n++) insertSample(store.local, CONNECTION, sampleAt(n))
  })
  const workspace = { cache: store.cache, local: store.local } as unknown as Workspace
  const statistics = { at: null, complete: false, missing: null, without: 0 }
  const asked = { connectionId: CONNECTION, hypervisorId: null, period: { from: BEGIN, to: END } }
  const question = { ...asked, utcOffsetMinutes: 180, statistics, now: END, current: null }
  const ask = () => series(workspace, question)
  const runs = Array.from({ length: ROUNDS }, () => timed(ask))
  store.close()
  const points = runs[0]?.value.points.map(({ at, cpu }) => ({ at, value: cpu })) ?? []
  must(points.filter((point) => point.value !== null).length > 300, `only ${String(points.length)} points came`)
  return { points, queryMs: median(runs.map((run) => run.ms)) }
}

const sampleAt = (n: number) => {
  const wave = Math.sin(n / 5000) * 400 + Math.sin(n / 288) * 40
  const counts = { clients: 1000, servers: 3000, ip: 900, networks: 1200, routers: 1000, negativeClients: 40 }
  return {
    at: BEGIN + n * EVERY_MS,
    ...counts,
    cpu: 5000 + wave,
    ramGb: 9000 + wave * 2,
    volumeGb: 200_000,
    diskGb: { kvm_hdd_fast: 1000, kvm_hdd_slow: 2000 },
    hypervisors: null,
  }
}

const paintOurs = async (stage: Stage, script: string, points: Points): Promise<number> => {
  const page = await stage.page(script)
  await page.waitForTimeout(150)
  const ms = await page.evaluate(async (data) => {
    const from = performance.now()
    return (await (window as unknown as { benchMountChart: (points: unknown) => Promise<number> }).benchMountChart(data)) - from
  }, points)
  await page.close()
  return ms
}

const paintBaseline = async (stage: Stage, script: string): Promise<number> => {
  const page = await stage.page(script)
  await page.waitForTimeout(150)
  const ms = await page.evaluate(async (count) => {
    const from = performance.now()
    ;(window as unknown as { benchDrawAll: (count: number) => void }).benchDrawAll(count)
    return (await window.benchPainted()) - from
  }, SOURCE)
  await page.close()
  return ms
}
