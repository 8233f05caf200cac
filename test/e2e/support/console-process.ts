import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { Child } from './child-process'
import { PageWatch, PAGE_ORIGIN } from './page-watch'
import { builtMain, chromiumProgram, repository } from './repository'
import { readEndpointFile, readEvents, DesktopDriver, type SeenEvent } from './desktop-driver'
import { tempFolder, type TempFolder } from './temp-folder'
import { until } from './waiting'

export interface StartWish {
  /** Options of `npm start --`. `--user-data-dir`, `--headless` and the debugger's port are the harness's own. */
  args?: string[]
  /** Default: a new one, removed by `dispose`. */
  userDataDir?: string
  /** Connect to this deployment at the first start. The token goes through a file outside the data folder. */
  platform?: { url: string; token: string }
  /** Written to its standard input: the token, where the arguments say `--platform-token-file=-`. */
  input?: string
  env?: Record<string, string>
  /** Another main.js than the built one. */
  main?: string
}

interface Parts {
  wish: StartWish
  folder: TempFolder
  userDataDir: string
  child: Child
  browser: Browser
  page: Page
  watch: PageWatch
  desktop: DesktopDriver
}

/** A running console: its page, what it showed of the system, and the desktop around it. */
export class RunningConsole {
  readonly page: Page
  readonly browser: Browser
  readonly watch: PageWatch
  readonly desktop: DesktopDriver
  readonly userDataDir: string
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    const { page, browser, watch, desktop, userDataDir } = parts
    this.page = page
    this.browser = browser
    this.watch = watch
    this.desktop = desktop
    this.userDataDir = userDataDir
  }
  get pid(): number {
    return this.parts.child.process.pid ?? 0
  }
  /** What it printed for whoever started it. */
  said(): string {
    return this.parts.child.said()
  }
  isRunning(): boolean {
    return this.parts.child.isRunning()
  }
  events(kind?: string): SeenEvent[] {
    return readEvents(this.userDataDir, kind)
  }
  /** Waits for something that the system was shown: `seen('notification', (one) => one['title'] === 'ООО …')`. */
  seen(kind: string, matches: (event: SeenEvent) => boolean = () => true, limitMs = 20_000): Promise<SeenEvent> {
    return until(`an event of the kind ${kind}`, () => this.events(kind).find(matches), limitMs)
  }
  /** Takes the page to one of its own addresses, the way a notification does. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((hash) => void (location.hash = hash), path)
  }
  /** As a power cut would: no goodbye. Returns when the whole family is gone. */
  async kill9(): Promise<void> {
    await this.parts.child.end('SIGKILL')
    await until('Chromium to be gone', () => !this.browser.isConnected())
  }
  /** Quits as a person does; fails if the program does not end cleanly. */
  async quit(): Promise<void> {
    if (!this.isRunning()) return
    await this.desktop.quit()
    const code = await this.parts.child.ended
    if (code !== 0) throw new Error(`the console ended with ${code}:\n${this.parts.child.said()}`)
  }
  /** Starts it again on the same data, ended or not. The platform's address and token are not given a second time. */
  async restart(more: Pick<StartWish, 'args' | 'env'> = {}): Promise<RunningConsole> {
    await this.quit()
    const { platform: _platform, input: _input, ...wish } = this.parts.wish
    return launch({ ...wish, ...more, userDataDir: this.userDataDir }, this.parts.folder)
  }
  /** Ends it, however it stands, and removes its folders. */
  async dispose(): Promise<void> {
    await this.parts.child.end('SIGKILL')
    await this.browser.close().catch(() => undefined)
    this.parts.folder.remove()
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose()
  }
}

/** Starts the built console on the stand-in, without a window on the screen, and waits for its page. */
export const startConsole = (wish: StartWish = {}): Promise<RunningConsole> => launch(wish, tempFolder())

const tokenArgs = (wish: StartWish, folder: TempFolder): string[] => {
  if (wish.platform === undefined) return []
  const file = join(folder.path, 'token.txt')
  writeFileSync(file, wish.platform.token, { mode: 0o600 })
  return [`--platform-url=${wish.platform.url}`, `--platform-token-file=${file}`]
}

const launch = async (wish: StartWish, folder: TempFolder): Promise<RunningConsole> => {
  const userDataDir = wish.userDataDir ?? join(folder.path, 'data')
  const before = readEndpointFile(userDataDir)
  const register = join(repository, 'scripts', 'electron-standin', 'register.mjs')
  const main = wish.main ?? builtMain('main')
  const args = [
    main,
    `--user-data-dir=${userDataDir}`,
    '--headless',
    '--remote-debugging-port=0',
    ...tokenArgs(wish, folder),
    ...(wish.args ?? []),
  ]
  const child = new Child(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', register, ...args], {
    cwd: dirname(main),
    stdio: [wish.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, PARTNER_CONSOLE_CHROMIUM: chromiumProgram(), ...wish.env },
  })
  if (wish.input !== undefined) child.process.stdin?.end(wish.input)
  try {
    return await attach({ wish, folder, userDataDir, child }, before?.secret ?? '')
  } catch (error) {
    await child.end('SIGKILL')
    throw new Error(`${String(error)}\nThe console said:\n${child.said()}`, { cause: error })
  }
}

const attach = async (parts: Pick<Parts, 'wish' | 'folder' | 'userDataDir' | 'child'>, oldSecret: string): Promise<RunningConsole> => {
  const endpoint = await until('the console to start', () => {
    if (!parts.child.isRunning()) throw new Error('the console ended at once')
    const found = readEndpointFile(parts.userDataDir)
    return found !== null && found.secret !== oldSecret && found.cdp !== null ? found : null
  })
  const browser = await chromium.connectOverCDP(endpoint.cdp ?? '')
  const pages = () => browser.contexts().flatMap((context) => context.pages())
  const page = await until("the console's page", () => pages().find((one) => one.url().startsWith(PAGE_ORIGIN)))
  const watch = await PageWatch.over(page, parts.userDataDir)
  return new RunningConsole({ ...parts, browser, page, watch, desktop: new DesktopDriver(endpoint) })
}
