import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { Page } from 'playwright-core'
import { toElectron } from './addresses.ts'
import type { ChromiumHost } from './chromium-host.ts'
import type { StandinIpcMain } from './ipc-main.ts'
import type { Journal } from './journal.ts'
import { loud, LoudEmitter, onlyKnown, preventable } from './loud.ts'
import { PageLink } from './page-link.ts'
import type { StandinSession, StandinSessions } from './session.ts'
import { StandinWebContents } from './web-contents.ts'

const knownOptions = [
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'title',
  'show',
  'backgroundColor',
  'icon',
  'autoHideMenuBar',
  'webPreferences',
]
const knownPreferences = [
  'preload',
  'partition',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'webviewTag',
  'navigateOnDragDrop',
  'safeDialogs',
  'spellcheck',
  'devTools',
  'backgroundThrottling',
  'disableBlinkFeatures',
]
const windowEvents = [
  'close',
  'closed',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'resize',
  'move',
  'maximize',
  'unmaximize',
  'session-end',
]

/** What the windows of one program share. */
export interface WindowWorld {
  host: ChromiumHost
  journal: Journal
  sessions: StandinSessions
  ipcMain: StandinIpcMain
  windows: Set<StandinWindow>
  claimed: WeakSet<Page>
  headless: boolean
  nextId: () => number
  /** Theme that the pages are to see; null = the system's. */
  theme: () => 'light' | 'dark' | null
  onCreated: (window: StandinWindow) => void
  onLastClosed: () => void
}

/** A window whose page is a Chromium page. It outlives the page when main refuses to let it close: showing it makes a new one. */
export class StandinWindow extends LoudEmitter {
  readonly id: number
  readonly webContents: StandinWebContents
  private readonly world: WindowWorld
  private readonly preload: string | null
  private readonly ownSession: StandinSession
  private link: Promise<PageLink> | null = null
  private bounds: Rectangle
  private title: string
  private lastUrl: string | null = null
  private visible: boolean
  private maximized = false
  private destroyed = false

  constructor(world: WindowWorld, options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', windowEvents)
    onlyKnown('BrowserWindow', options, knownOptions)
    onlyKnown('webPreferences', options.webPreferences ?? {}, knownPreferences)
    const { webPreferences = {} } = options
    if (webPreferences.sandbox === false || webPreferences.contextIsolation === false || webPreferences.nodeIntegration === true)
      throw new Error('the stand-in has only sandboxed pages with an isolated preload')
    this.world = world
    this.id = world.nextId()
    this.preload = webPreferences.preload ?? null
    this.ownSession =
      webPreferences.partition === undefined ? world.sessions.defaultSession : world.sessions.fromPartition(webPreferences.partition)
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.title = options.title ?? ''
    this.visible = options.show !== false
    const deliver = (message: unknown) => void this.link?.then((link) => link.deliver(message)).catch(() => undefined)
    this.webContents = loud(
      'webContents',
      new StandinWebContents({ id: this.id, session: this.ownSession, ipcMain: world.ipcMain, deliver }),
    )
    const self = loud('BrowserWindow', this)
    world.windows.add(self)
    world.onCreated(self)
    return self
  }

  async loadURL(url: string): Promise<void> {
    this.lastUrl = url
    const link = await this.page()
    await link.navigate(url)
  }
  show(): void {
    if (this.lastUrl !== null && this.link === null) void this.loadURL(this.lastUrl).catch(() => undefined)
    this.visible = true
    this.note('show')
    void this.place('normal')
    this.emit('show')
  }
  hide(): void {
    this.visible = false
    this.note('hide')
    void this.place('minimized')
    this.emit('hide')
  }
  focus(): void {
    this.note('focus')
    void this.link?.then((link) => link.page.bringToFront()).catch(() => undefined)
    this.emit('focus')
  }
  close(): void {
    if (this.destroyed || this.refusesToClose()) return
    this.destroy()
  }
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    const { link } = this
    this.world.windows.delete(this.self())
    this.note('closed')
    this.webContents.ended()
    this.emit('closed')
    void link?.then((one) => one.page.close()).catch(() => undefined)
    if (this.world.windows.size === 0) this.world.onLastClosed()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isVisible(): boolean {
    return this.visible
  }
  isFocused(): boolean {
    return this.visible && !this.destroyed
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {
    this.show()
  }
  isMaximized(): boolean {
    return this.maximized
  }
  maximize(): void {
    this.maximized = true
    void this.place('maximized')
    this.emit('maximize')
  }
  getBounds(): Rectangle {
    return { ...this.bounds }
  }
  getNormalBounds(): Rectangle {
    return this.getBounds()
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    void this.place('normal')
    this.emit('resize')
    this.emit('move')
  }
  setTitle(title: string): void {
    this.title = title
    this.note('title')
  }
  getTitle(): string {
    return this.title
  }
  setBackgroundColor(_color: string): void {
    // The page paints its own at once.
  }

  /** Below: for the stand-in itself. */
  async applyTheme(): Promise<void> {
    const value = this.world.theme()
    const link = await this.link
    await link
      ?.send('Emulation.setEmulatedMedia', { features: value === null ? [] : [{ name: 'prefers-color-scheme', value }] })
      .catch(() => undefined)
  }
  describe(): Record<string, unknown> {
    return { id: this.id, title: this.title, visible: this.visible, url: this.webContents.getURL(), bounds: this.bounds }
  }

  private self(): StandinWindow {
    return [...this.world.windows].find((window) => window.id === this.id) ?? this
  }
  private refusesToClose(): boolean {
    const event = preventable({})
    this.emit('close', event)
    return event.defaultPrevented
  }
  private note(action: string): void {
    this.world.journal.write({ kind: 'window', action, id: this.id, title: this.title })
  }
  private page(): Promise<PageLink> {
    this.link ??= this.open()
    return this.link
  }

  private async open(): Promise<PageLink> {
    const context = await this.world.host.open()
    const free = context.pages().find((page) => !this.world.claimed.has(page))
    const page = free ?? (await this.claimNew())
    this.world.claimed.add(page)
    page.on('close', () => this.pageClosed())
    page.on('crash', () => this.webContents.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 }))
    page.on('framenavigated', (frame) => frame === page.mainFrame() && this.webContents.movedTo(toElectron(frame.url())))
    page.on('popup', (popup) => void popup.close().catch(() => undefined))
    const link = await PageLink.open(page, this.preload, {
      onMessage: (text) => void this.webContents.receive(text),
      onLoaded: () => this.loaded(),
      mayNavigate: (url, isMainFrame) => this.webContents.mayNavigate(url, isMainFrame),
      serve: (request) => this.ownSession.protocol.serve(request),
      onRefused: (url, resourceType) => this.world.journal.write({ kind: 'refused-request', url, resourceType }),
      onWindowOpen: (url) => this.world.journal.write({ kind: 'window-open', url, allowed: this.webContents.asksToOpen(url) }),
    })
    await context.grantPermissions(this.ownSession.granted(this.lastUrl ?? '') as never).catch(() => undefined)
    queueMicrotask(() => void this.applyTheme())
    if (this.visible) void this.place(this.maximized ? 'maximized' : 'normal', link)
    return link
  }
  private async claimNew(): Promise<Page> {
    const context = await this.world.host.open()
    const page = await context.newPage()
    this.world.claimed.add(page)
    return page
  }
  private loaded(): void {
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  /** A person closed Chromium's window: what is shown is gone, whatever main says; whether the program's window is, main decides. */
  private pageClosed(): void {
    if (this.destroyed) return
    this.link = null
    if (!this.refusesToClose()) this.destroy()
  }
  private async place(windowState: 'normal' | 'minimized' | 'maximized', given?: PageLink): Promise<void> {
    if (this.world.headless && windowState === 'minimized') return
    const link = given ?? (await this.link?.catch(() => null))
    if (!link) return
    const { windowId } = (await link.send('Browser.getWindowForTarget').catch(() => ({ windowId: 0 }))) as { windowId: number }
    const send = (bounds: object) => link.send('Browser.setWindowBounds', { windowId, bounds }).catch(() => undefined)
    await send({ windowState })
    const { x, y, width, height } = this.bounds
    if (windowState === 'normal') await send({ left: x, top: y, width, height })
  }
}
