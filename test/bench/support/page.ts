import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'

/** A Chromium of our own with one served page: for what is measured without the program around it. */
export interface Stage {
  /** Our own empty page with a script. */
  page: (script?: string) => Promise<Page>
  /** Any other address, in a tab of the same size. */
  visit: (url: string) => Promise<Page>
  close: () => Promise<void>
}

const html = (script: string, style: string): string =>
  `<!doctype html><html lang="ru"><meta charset="utf-8"><style>html,body{margin:0;font:13px sans-serif}${style}</style><body><div id="app"></div>${script === '' ? '' : '<script type="module" src="/page.js"></script>'}`

const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  })

/** Serves `style` and the given script as one page; every `page()` is a new tab of the same size. */
export const openStage = async (executablePath: string, style = ''): Promise<Stage> => {
  let served = ''
  const server = createServer((request, response) => {
    const script = request.url === '/page.js'
    response.setHeader('content-type', script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8')
    response.end(script ? served : html(served, style))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
  const browser = await launch(executablePath)
  const visit = async (url: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.addInitScript(inPageTools)
    await page.goto(url)
    return page
  }
  return {
    visit,
    page: (script = '') => {
      served = script
      return visit(origin)
    },
    close: async () => {
      await browser.close()
      server.close()
    },
  }
}

export interface Scrolled {
  frames: number[]
  longTasks: number[]
  moved: number
}

declare global {
  interface Window {
    /** Resolves when what was changed before has been painted, with the moment of it. */
    benchPainted: () => Promise<number>
    /** Scrolls frame by frame; gives the time between frames and the long tasks meanwhile. */
    benchScroll: (selector: string, step: number, frames: number) => Promise<Scrolled>
    /** Looks at every frame; resolves with the moment at which the first one that has it was painted. */
    benchUntilPainted: (look: () => boolean, ms?: number) => Promise<number>
  }
}

/** Sent into every measured page, before its own scripts. */
export const inPageTools = `
window.benchPainted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel()
  channel.port1.onmessage = () => done(performance.now())
  channel.port2.postMessage(0)
}))
window.benchUntilPainted = (look, ms = 10000) => new Promise((done, failed) => {
  const until = performance.now() + ms
  const frame = () => {
    if (!look()) return performance.now() > until ? failed(new Error('never painted: ' + look)) : requestAnimationFrame(frame)
    const channel = new MessageChannel()
    channel.port1.onmessage = () => done(performance.now())
    channel.port2.postMessage(0)
  }
  requestAnimationFrame(frame)
})
window.benchScroll = async (selector, step, frames) => {
  const area = document.querySelector(selector)
  const from = area.scrollTop, longTasks = [], times = []
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((entry) => longTasks.push(entry.duration)))
  watch.observe({ entryTypes: ['longtask'] })
  const frame = () => new Promise(requestAnimationFrame)
  let last = await frame()
  for (let left = frames; left > 0; left--) {
    area.scrollTop += step
    const now = await frame()
    times.push(now - last)
    last = now
  }
  await new Promise((done) => setTimeout(done, 50))
  watch.disconnect()
  return { frames: times, longTasks, moved: area.scrollTop - from }
}
`
