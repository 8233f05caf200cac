import type { CDPSession, Page } from 'playwright-core'
import { readEvents } from './desktop-driver'

export const PAGE_ORIGIN = 'https://console.app-standin.invalid'
const own = (url: string): boolean =>
  url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`) || url.startsWith('data:') || url.startsWith('blob:') || url === 'about:blank'

/** Listens to a page for what must never be there: errors on the console, broken policy, requests to anyone else. */
export class PageWatch {
  readonly complaints: string[] = []
  readonly requests: string[] = []
  private readonly userDataDir: string

  private constructor(userDataDir: string) {
    this.userDataDir = userDataDir
  }

  /** Enabling the domains replays what the page said before we came, so nothing is missed. */
  static async over(page: Page, userDataDir: string): Promise<PageWatch> {
    const watch = new PageWatch(userDataDir)
    const cdp = await page.context().newCDPSession(page)
    watch.listen(cdp)
    await Promise.all([cdp.send('Log.enable'), cdp.send('Runtime.enable'), cdp.send('Network.enable')])
    watch.requests.push(
      ...(await page.evaluate(() => performance.getEntries().map((entry) => entry.name)).catch(() => [])).filter((name) =>
        /^[a-z]+:/.test(name),
      ),
    )
    return watch
  }

  /** Requests that went, or wanted to go, anywhere but to the program itself. */
  strangeRequests(): string[] {
    const refused = readEvents(this.userDataDir, 'refused-request').map((event) => String(event['url']))
    return [...this.requests.filter((url) => !own(url)), ...refused]
  }
  /** Throws if the page did anything that it must not; `allow` is for errors that a test provokes itself. */
  mustBeClean(allow: RegExp[] = []): void {
    const complaints = this.complaints.filter((text) => !allow.some((pattern) => pattern.test(text)))
    const strangers = this.strangeRequests()
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
    if (strangers.length > 0) throw new Error(`the page asked strangers:\n${strangers.join('\n')}`)
  }

  private listen(cdp: CDPSession): void {
    const asked = new Map<string, string>()
    cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
      asked.set(requestId, request.url)
      this.requests.push(request.url)
    })
    // Announced, but stopped by the page's own policy: it never left. The policy's complaint is kept.
    cdp.on('Network.loadingFailed', ({ requestId, blockedReason }) => {
      const at = blockedReason === 'csp' ? this.requests.lastIndexOf(asked.get(requestId) ?? '') : -1
      if (at >= 0) this.requests.splice(at, 1)
    })
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails: details }) =>
      this.complaints.push(`exception: ${details.exception?.description ?? details.text}`),
    )
    cdp.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error' || type === 'warning' || type === 'assert')
        this.complaints.push(`console.${type}: ${args.map((arg) => String(arg.value ?? arg.description)).join(' ')}`)
    })
    cdp.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error' || entry.source === 'security') this.complaints.push(`${entry.source}: ${entry.text} ${entry.url ?? ''}`)
    })
  }
}
