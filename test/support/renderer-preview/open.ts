import { build } from 'vite'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumProgram } from '../../e2e/support/repository'
import { servePreview } from './server'

export interface Preview {
  /** Opens a screen in a state; whatever the page complains of lands in `complaints`. */
  open: (route: string, state?: string, size?: { width: number; height: number }) => Promise<{ page: Page; complaints: string[] }>
  browser: Browser
  close: () => Promise<void>
}

/** The renderer as it ships, built over made-up data, in Chromium under the program's own CSP. */
export const openPreview = async (name: string): Promise<Preview> => {
  const outDir = fileURLToPath(new URL(`../../../.cache/renderer-${name}`, import.meta.url))
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'error', build: { outDir } })
  const server = await servePreview(outDir)
  const browser = await chromium.launch({
    executablePath: chromiumProgram(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const open = async (route: string, state = '', size = { width: 1280, height: 800 }) => {
    const page = await browser.newPage({ viewport: size })
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`)
    })
    await page.goto(`${server.url}?${state}#${route}`)
    await page.locator('h1').first().waitFor()
    return { page, complaints }
  }
  return {
    open,
    browser,
    close: async () => {
      await browser.close()
      server.close()
    },
  }
}
