// Takes pictures of the preview: node shot.mjs --to DIR [--only text] [--route "/clients?x"] [--theme dark] [--lang en] [--width 1920] [--state offline]
// Without a route it takes the list below in both themes, languages and widths. Prints console errors, CSP violations and foreign requests.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { servePreview } from './server.ts'

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    only: { type: 'string' },
    route: { type: 'string' },
    theme: { type: 'string' },
    lang: { type: 'string' },
    width: { type: 'string' },
    state: { type: 'string' },
    do: { type: 'string' },
    name: { type: 'string' },
  },
})
const to = values.to ?? 'shots'
fs.mkdirSync(to, { recursive: true })
/** @type {[string, string, string][]} name, route, state */
const list = values.route
  ? [[values.name ?? 'shot', values.route, values.state ?? '']]
  : [
      ['dashboard', '/', ''],
      ['clients', '/clients', ''],
      ['client', '/clients/conn-north/c-0000000', ''],
      ['projects', '/clients/conn-north/c-0000000/projects', ''],
      ['contracts', '/contracts', ''],
      ['plans', '/plans', ''],
      ['alerts', '/alerts', ''],
      ['outbox', '/outbox', ''],
      ['sync', '/sync', ''],
      ['sync-first', '/sync', 'first'],
      ['settings', '/settings', ''],
      ['connect', '/connect', 'none'],
      ['later', '/reports', ''],
      ['missing', '/no/such', ''],
      ['offline', '/clients', 'offline'],
      ['rejected', '/sync', 'rejected'],
    ]
const server = await servePreview()
const browser = await chromium.launch({
  executablePath: process.env['PARTNER_CONSOLE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const themes = values.theme ? [values.theme] : ['light', 'dark']
const langs = values.lang ? [values.lang] : ['ru', 'en']
const widths = values.width ? [Number(values.width)] : [1280, 1920]
for (const [name, route, state] of list) {
  if (values.only && !name.includes(values.only)) continue
  for (const theme of themes)
    for (const lang of langs)
      for (const width of widths) {
        const file = `${name}-${lang}-${theme}-${width}`
        const page = await browser.newPage({ viewport: { width, height: width === 1280 ? 800 : 1080 } })
        page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(file, m.text().slice(0, 400)))
        page.on('pageerror', (e) => console.log(file, 'ERROR', e.message.slice(0, 400)))
        page.on('request', (q) => q.url().startsWith(server.url) || q.url().startsWith('data:') || console.log(file, 'ASKED', q.url()))
        await page.goto(`${server.url}?theme=${theme}&lang=${lang}&${state}#${route}`)
        await page.waitForTimeout(700)
        if (values.do) await (await import(path.resolve(values.do))).default(page)
        await page.screenshot({ path: path.join(to, `${file}.png`) })
        await page.close()
      }
}
await browser.close()
server.close()
