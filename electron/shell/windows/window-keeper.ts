import type { BrowserWindow, WebContents } from 'electron'

interface Setup {
  make: () => BrowserWindow
  startUrl: string
  send: (contents: WebContents, to: string) => void
  /** Whether the window may close now; where it may not, `onStay` says what happens instead. */
  mayClose: () => boolean
  onStay: (window: BrowserWindow) => void
  onMoved: (window: BrowserWindow) => void
}

/** The program's one window: made, shown, hidden, and told where to go once its page listens. */
export class WindowKeeper {
  private readonly setup: Setup
  private window: BrowserWindow | null = null
  private listening = false
  private destination: string | null = null

  constructor(setup: Setup) {
    this.setup = setup
  }
  current(): BrowserWindow | null {
    return this.window
  }
  owns(contents: WebContents): boolean {
    return this.window !== null && this.window.webContents === contents
  }
  show(): void {
    const window = this.window
    if (window === null) return this.open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  /** Shows the window and takes it to a screen. */
  goTo(to: string): void {
    this.destination = to
    this.show()
    this.deliver()
  }
  /** The page made its first call: from here on it hears. */
  pageListens(): void {
    if (this.listening) return
    this.listening = true
    this.deliver()
  }

  open(): void {
    const window = this.setup.make()
    this.window = window
    this.listening = false
    window.on('close', (event) => {
      if (this.setup.mayClose()) return
      event.preventDefault()
      this.setup.onStay(window)
    })
    window.on('closed', () => void (this.window = null))
    window.on('resize', () => this.setup.onMoved(window))
    window.on('move', () => this.setup.onMoved(window))
    window.webContents.on('did-finish-load', () => this.deliver())
    window.webContents.on('render-process-gone', () => this.reload(window))
    this.load(window)
  }

  /** The page from its beginning: what it shows is no more. */
  startOver(): void {
    if (this.window !== null) this.reload(this.window)
  }

  private load(window: BrowserWindow): void {
    // A navigation that is cut short by the end of the program is no failure.
    window.loadURL(this.setup.startUrl).catch(() => undefined)
  }
  private reload(window: BrowserWindow): void {
    this.listening = false
    if (!window.isDestroyed()) this.load(window)
  }
  private deliver(): void {
    if (!this.listening || this.window === null || this.destination === null) return
    const to = this.destination
    this.destination = null
    this.setup.send(this.window.webContents, to)
  }
}
