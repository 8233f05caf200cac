import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { root } from '../support/context'
import { openStage, type Stage } from '../support/page'
import { row, type Row } from '../support/row'
import { must, p95 } from '../support/sample'

const ROUNDS = 31
const ORIGIN = 'https://console.app-standin.invalid/'

interface Loaded {
  /** Since the navigation began. */
  figures: number
  chart: number
  scripts: string[]
}

/** P1: a reload of the page over a warm store, until the dashboard's figures (and then its chart) are on the screen. */
export const startRows = async (page: Page, context: { chromium: string; clients: number }): Promise<Row[]> => {
  const empty = await emptyLoads(page)
  const loads: Loaded[] = []
  for (let n = 0; n < ROUNDS; n++) loads.push(await dashboardLoad(page, context.clients))
  const baseline = await blankLoads(context.chromium)
  const kept = loads.slice(1)
  const size = `${context.clients.toLocaleString('en')} clients, the built program on the stand-in`
  const scripts = loads.at(-1)?.scripts ?? []
  must(scripts.length > 1, 'no script of the program was seen to be loaded')
  return [
    row({
      key: 'P1',
      what: 'navigation → painted dashboard, p95',
      unit: 'ms',
      figure: p95(kept.map((one) => one.figures)),
      baseline: p95(baseline),
      ratioAtMost: 3,
      atMost: 300,
      size,
      note: 'baseline = a blank page in the same Chromium',
    }),
    row({
      key: 'P1.chart',
      what: 'navigation → its chart painted too, p95',
      unit: 'ms',
      figure: p95(kept.map((one) => one.chart)),
      atMost: 300,
      size,
    }),
    row({
      key: 'P1.empty',
      what: 'of it: a page with nothing in it, in the same window, p95',
      unit: 'ms',
      figure: p95(empty),
      baseline: p95(baseline),
      size,
      note: 'what the stand-in for Electron costs before the program begins',
    }),
    row({
      key: 'P1.js',
      what: 'scripts loaded until then, gzip',
      unit: 'KB',
      figure: gzipped(scripts) / 1024,
      atMost: 180,
      size: `${String(scripts.length)} files`,
      note: heaviest(scripts),
    }),
  ]
}

const dashboardLoad = async (page: Page, clients: number): Promise<Loaded> => {
  await page.goto('about:blank').catch(() => undefined)
  await page.goto(`${ORIGIN}#/`)
  return page.evaluate(async (count) => {
    const figure = (): boolean =>
      [...document.querySelectorAll('main .value, .strip .value')].some((one) => Number(one.textContent.replace(/\D/g, '')) === count)
    const figures = await window.benchUntilPainted(figure)
    const drawn = (): boolean => {
      const canvas = document.querySelector('canvas')
      if (canvas === null || canvas.width < 100) return false
      const column = canvas.getContext('2d')?.getImageData(canvas.width >> 1, 0, 1, canvas.height).data
      return column?.some((value) => value !== 0) ?? false
    }
    const chart = await window.benchUntilPainted(drawn)
    const scripts = performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js') && entry.startTime <= figures)
    return { figures, chart, scripts: scripts.map((entry) => new URL(entry.name).pathname) }
  }, clients)
}

/** The smallest file of the program shown as text: a document of the program's own origin, through its own shell, without the program. */
const emptyLoads = async (page: Page): Promise<number[]> => {
  const folder = join(root, 'out/renderer/assets')
  const sizeOf = (name: string): number => statSync(join(folder, name)).size
  const [smallest] = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort((one, other) => sizeOf(one) - sizeOf(other))
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    await page.goto('about:blank').catch(() => undefined)
    await page.goto(`${ORIGIN}assets/${smallest ?? ''}`)
    times.push(await page.evaluate(() => window.benchPainted()))
  }
  return times.slice(1)
}

const gzipOf = (path: string): number => gzipSync(readFileSync(join(root, 'out/renderer', path))).length
const gzipped = (scripts: readonly string[]): number => scripts.reduce((sum, path) => sum + gzipOf(path), 0)

const heaviest = (scripts: readonly string[]): string =>
  [...scripts]
    .sort((one, other) => gzipOf(other) - gzipOf(one))
    .slice(0, 5)
    .map((path) => `${path.split('/').at(-1) ?? path} ${String(Math.round(gzipOf(path) / 1024))} KB`)
    .join(', ')

const blankLoads = async (chromium: string): Promise<number[]> => {
  const stage: Stage = await openStage(chromium)
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const page = await stage.page()
    times.push(await page.evaluate(() => window.benchPainted()))
    await page.close()
  }
  await stage.close()
  return times.slice(1)
}
