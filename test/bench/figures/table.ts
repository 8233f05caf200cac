import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { bundled } from '../support/bundle'
import { root, type Measure } from '../support/context'
import { openStage, type Scrolled, type Stage } from '../support/page'
import { openPreview } from '../support/preview'
import { row, type Row } from '../support/row'
import { inTurn, largest, median, must, p95 } from '../support/sample'

const ROUNDS = 5
const MANY = 100_000
const MILLION = 1_000_000
const FRAMES = 120
const STEP = 700

interface Mounted {
  paint: number
  scroll: Scrolled
  nodes: number
}

/** P8: the clients list as it ships, over a made-up program of any size, beside a virtualised list and nothing else. */
export const measure: Measure = async (context) => {
  const preview = await openPreview(context)
  const stage = await openStage(context.chromium)
  const { script } = await bundled(join(root, 'test/bench/baseline/table.ts'))
  const [ours, baseline]: [Mounted[], Mounted[]] = [[], []]
  await inTurn(ROUNDS, {
    ours: async () => ours.push(await mountOurs(stage, preview.url)),
    baseline: async () => baseline.push(await mountBaseline(stage, script)),
  })
  const [small, huge] = [await heapOf(stage, preview.url, 1000), await heapOf(stage, preview.url, MILLION)]
  const size = `${MANY.toLocaleString('en')} rows`
  const both = (of: (one: Mounted) => number) => ({ figure: median(ours.map(of)), baseline: median(baseline.map(of)), size })
  const rows: Row[] = [
    row({
      key: 'P8',
      what: 'clients list: mount → paint',
      unit: 'ms',
      ...both((one) => one.paint),
      atMost: 60,
      note: 'the whole screen, toolbar and tabs included; baseline = eight columns of plain text',
    }),
    row({
      key: 'P8.scroll',
      what: 'frame while scrolling, p95',
      unit: 'ms',
      figure: p95(framesOf(ours)),
      baseline: p95(framesOf(baseline)),
      atMost: 25,
      size,
    }),
    row({
      key: 'P8.longtask',
      what: 'longest task while scrolling',
      unit: 'ms',
      figure: longest(ours),
      baseline: longest(baseline),
      atMost: 50,
      size,
      note: '0 = none of 50 ms or more',
    }),
    row({ key: 'P8.nodes', what: 'DOM nodes in the body', unit: '', ...both((one) => one.nodes), atMost: 600 }),
    row({
      key: 'P8.heap',
      what: 'heap growth, 1,000 → 1,000,000 rows',
      unit: 'MB',
      figure: (huge - small) / 1e6,
      atMost: 10,
      size: '1,000,000 rows',
    }),
    row({
      key: 'P8.last',
      what: 'the last row by the scrollbar',
      unit: 'ms',
      figure: await lastRow(stage, preview.url),
      size: '1,000,000 rows',
    }),
  ]
  await stage.close()
  preview.close()
  return rows
}

const framesOf = (runs: readonly Mounted[]): number[] => runs.flatMap((run) => run.scroll.frames)
const longest = (runs: readonly Mounted[]): number => largest([0, ...runs.flatMap((run) => run.scroll.longTasks)])

/** The list has been looked at before, so its code is there: what is measured is the mount. */
const mountOurs = async (stage: Stage, url: string): Promise<Mounted> => {
  const page = await openClients(stage, url, MANY)
  await page.evaluate(async () => {
    location.hash = '#/contracts'
    await window.benchUntilPainted(() => document.querySelector('.tbody [role=row]') === null || location.hash === '#/contracts')
    await new Promise((done) => setTimeout(done, 300))
  })
  const paint = await page.evaluate(async () => {
    const from = performance.now()
    location.hash = '#/clients'
    return (await window.benchUntilPainted(() => document.querySelectorAll('.tbody [role=row] a[href^="#/clients/"]').length > 10)) - from
  })
  const run = { paint, ...(await scrolled(page, '.dtable', '.tbody')) }
  await page.close()
  return run
}

const mountBaseline = async (stage: Stage, script: string): Promise<Mounted> => {
  const page = await stage.page(script)
  await page.waitForTimeout(300)
  const paint = await page.evaluate(async (count) => {
    const from = performance.now()
    ;(window as unknown as { benchMount: (count: number) => void }).benchMount(count)
    return (await window.benchUntilPainted(() => document.querySelectorAll('#body > div').length > 10)) - from
  }, MANY)
  const run = { paint, ...(await scrolled(page, '#area', '#body')) }
  await page.close()
  return run
}

const scrolled = async (page: Page, area: string, body: string): Promise<Omit<Mounted, 'paint'>> => {
  const wish = { area, body, step: STEP, frames: FRAMES }
  const result = await page.evaluate(async ({ area, body, step, frames }) => {
    const scroll = await window.benchScroll(area, step, frames)
    return { scroll, nodes: document.querySelectorAll(`${body} *`).length }
  }, wish)
  must(result.scroll.moved === STEP * FRAMES, `${area} moved by ${String(result.scroll.moved)} px only`)
  must(result.nodes > 100, `${body} is empty`)
  return result
}

const openClients = async (stage: Stage, url: string, size: number): Promise<Page> => {
  const page = await stage.visit(`${url}?theme=light&lang=ru&size=${String(size)}#/clients`)
  await page.evaluate(async (rows) => {
    await window.benchUntilPainted(() => document.querySelectorAll('.tbody [role=row] a').length > 10)
    const told = Number(document.querySelector('.dtable')?.getAttribute('aria-rowcount')) - 1
    if (told !== rows) throw new Error(`the list tells of ${String(told)} rows`)
  }, size)
  return page
}

/** After scrolling about and with the garbage gone. */
const heapOf = async (stage: Stage, url: string, size: number): Promise<number> => {
  const page = await openClients(stage, url, size)
  await page.evaluate(() => window.benchScroll('.dtable', 1000, 30))
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.enable')
  for (let n = 0; n < 3; n++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  await page.close()
  return usedSize
}

/** The thumb to the very end: the last of a million rows must stand in view, drawn and in its place. */
const lastRow = async (stage: Stage, url: string): Promise<number> => {
  const page = await openClients(stage, url, MILLION)
  const ms = await page.evaluate(async (count) => {
    const area = document.querySelector('.dtable')
    if (!area) throw new Error('there is no table')
    const from = performance.now()
    area.scrollTop = area.scrollHeight
    const inView = (): boolean => {
      const last = document.querySelector(`.tbody [role=row][aria-rowindex="${String(count + 1)}"]`)
      const box = last?.getBoundingClientRect()
      return (
        Boolean(last?.querySelector('a')) && box !== undefined && box.height > 0 && box.bottom <= area.getBoundingClientRect().bottom + 1
      )
    }
    return (await window.benchUntilPainted(inView)) - from
  }, MILLION)
  await page.close()
  return ms
}
