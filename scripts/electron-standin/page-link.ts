import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { toChromium, toElectron } from './addresses.ts'
import { BINDING, ISOLATED_WORLD, pageWorldScript, preloadWorldScript, shiftedDateScript } from './page-worlds.ts'

type Paused = { requestId: string; request: { url: string; method: string; headers: object }; resourceType: string; frameId: string }

export interface PageEvents {
  /** A message of the preload, as JSON. */
  onMessage: (text: string) => void
  onLoaded: () => void
  /** A page wants to go somewhere by itself; false = it may not. */
  mayNavigate: (url: string, isMainFrame: boolean) => boolean
  /** null = goes nowhere. */
  serve: (request: Request) => Promise<Response | null>
  onRefused: (url: string, resourceType: string) => void
  onWindowOpen: (url: string) => void
}

/** One Chromium page, dressed as an Electron renderer: isolated preload, own protocol, guarded navigation. */
export class PageLink {
  readonly page: Page
  private readonly cdp: CDPSession
  private readonly events: PageEvents
  private world: number | null = null
  private mainFrame = ''
  private asked: string | null = null

  private constructor(page: Page, cdp: CDPSession, events: PageEvents) {
    this.page = page
    this.cdp = cdp
    this.events = events
  }

  static async open(page: Page, preload: string | null, events: PageEvents): Promise<PageLink> {
    const link = new PageLink(page, await page.context().newCDPSession(page), events)
    await link.prepare(preload)
    return link
  }

  private async prepare(preload: string | null): Promise<void> {
    const { cdp } = this
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const aux = context.auxData as { frameId?: string } | undefined
      if (context.name === ISOLATED_WORLD && aux?.frameId === this.mainFrame) this.world = context.id
    })
    cdp.on(
      'Runtime.bindingCalled',
      (event) => event.name === BINDING && event.executionContextId === this.world && this.events.onMessage(event.payload),
    )
    cdp.on('Page.windowOpen', ({ url }) => this.events.onWindowOpen(toElectron(url)))
    cdp.on('Page.loadEventFired', () => this.events.onLoaded())
    cdp.on('Fetch.requestPaused', (event) => void this.decide(event as Paused).catch(() => undefined))
    await Promise.all([cdp.send('Page.enable'), cdp.send('Runtime.enable')])
    this.mainFrame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id
    await this.shareClock()
    const secret = `__e${randomBytes(12).toString('hex')}`
    await Promise.all([
      cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: ISOLATED_WORLD }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(secret) }),
    ])
    if (preload === null) return
    const source = preloadWorldScript(secret, preload, readFileSync(preload, 'utf8'))
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: ISOLATED_WORLD })
  }

  /** A process on another clock than the browser's (a test of another day) takes its page along. */
  private async shareClock(): Promise<void> {
    const { result } = await this.cdp.send('Runtime.evaluate', { expression: 'Date.now()', returnByValue: true })
    const ahead = Date.now() - Number(result.value)
    if (Math.abs(ahead) < 2000) return
    await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: shiftedDateScript(ahead) })
  }

  async navigate(url: string): Promise<void> {
    this.asked = url
    await this.page.goto(toChromium(url), { waitUntil: 'load', timeout: 60_000 })
  }

  /** Hands a message to the preload; dropped where there is no document to take it, as in Electron. */
  async deliver(message: unknown): Promise<void> {
    if (this.world === null) return
    const call = { functionDeclaration: 'function(m){globalThis.__fromMain?.(m)}', arguments: [{ value: JSON.stringify(message) }] }
    await this.cdp.send('Runtime.callFunctionOn', { ...call, executionContextId: this.world, returnByValue: true }).catch(() => undefined)
  }

  send<M extends Parameters<CDPSession['send']>[0]>(method: M, params?: object): Promise<unknown> {
    return this.cdp.send(method, params as never)
  }

  private async decide(paused: Paused): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused
    const url = toElectron(request.url)
    const refuse = (errorReason: 'Aborted' | 'BlockedByClient') => this.cdp.send('Fetch.failRequest', { requestId, errorReason })
    if (resourceType === 'Document' && !this.mayGo(url, frameId === this.mainFrame)) return void (await refuse('Aborted'))
    // Chromium asks for a favicon that no Electron window would.
    if (resourceType === 'Other' && url.endsWith('/favicon.ico'))
      return void (await this.cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 }))
    const answer =
      url === request.url ? null : await this.events.serve(asRequest(url, request)).catch(() => new Response('', { status: 500 }))
    if (answer === null) {
      this.events.onRefused(url, resourceType)
      return void (await refuse('BlockedByClient'))
    }
    const body = Buffer.from(await answer.arrayBuffer()).toString('base64')
    const responseHeaders = [...answer.headers].map(([name, value]) => ({ name, value }))
    await this.cdp.send('Fetch.fulfillRequest', { requestId, responseCode: answer.status, responseHeaders, body })
  }

  private mayGo(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && url === this.asked) {
      this.asked = null
      return true
    }
    return this.events.mayNavigate(url, isMainFrame)
  }
}

const asRequest = (url: string, { method, headers }: Paused['request']): Request =>
  new Request(url, {
    method: method === 'HEAD' ? 'HEAD' : method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
  })
