import type { WebContents, WebFrameMain } from 'electron'
import type { StandinIpcMain } from './ipc-main.ts'
import { loud, LoudEmitter, preventable } from './loud.ts'
import { ONLY_REAL_TIME_POLICY } from './real-time.ts'
import { fromWire, toWire } from './wire.ts'

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]
type Deliver = (message: unknown) => void

interface Incoming {
  k: 'invoke' | 'send'
  id: number
  channel: string
  args: unknown[]
}

/** Main's side of one page. */
export class StandinWebContents extends LoudEmitter {
  readonly id: number
  readonly session: object
  readonly mainFrame: WebFrameMain
  private readonly ipcMain: StandinIpcMain
  private readonly deliver: Deliver
  private url = ''
  private destroyed = false
  private openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(setup: { id: number; session: object; ipcMain: StandinIpcMain; deliver: Deliver }) {
    super('webContents', [
      'did-finish-load',
      'will-navigate',
      'will-redirect',
      'will-frame-navigate',
      'will-attach-webview',
      'render-process-gone',
      'destroyed',
      'before-input-event',
    ])
    this.id = setup.id
    this.session = setup.session
    this.ipcMain = setup.ipcMain
    this.deliver = setup.deliver
    const frame = { parent: null, url: '', origin: '', isDestroyed: () => this.destroyed }
    Object.defineProperty(frame, 'url', { get: () => this.url, enumerable: true })
    Object.defineProperty(frame, 'origin', { get: () => /^[a-z]+:\/\/[^/]+/.exec(this.url)?.[0] ?? 'null', enumerable: true })
    this.mainFrame = loud('webFrameMain', frame) as unknown as WebFrameMain
  }
  send(channel: string, ...args: unknown[]): void {
    this.deliver({ k: 'event', channel, args: args.map(toWire) })
  }
  getURL(): string {
    return this.url
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  /** Chromium is started with the only policy that there is here: no other one would be kept. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    if (policy !== ONLY_REAL_TIME_POLICY) throw new Error(`the stand-in does not implement the WebRTC policy ${policy}`)
  }

  /** Below: for the stand-in itself. */
  movedTo(url: string): void {
    this.url = url
  }
  ended(): void {
    this.destroyed = true
    this.emit('destroyed')
  }
  asksToOpen(url: string): boolean {
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab', referrer: { url: this.url, policy: 'default' } }
    return this.openHandler(details as Parameters<OpenHandler>[0]).action === 'allow'
  }
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame, initiator: this.mainFrame })
    if (isMainFrame) this.emit('will-navigate', event, url)
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }
  async receive(text: string): Promise<void> {
    const { k, id, channel, args } = JSON.parse(text) as Incoming
    const event = { sender: this, senderFrame: this.mainFrame, processId: this.id, frameId: 1, type: 'frame' }
    const values = args.map(fromWire)
    if (k === 'send') return void this.ipcMain.emit(channel, event, ...values)
    try {
      const value = toWire(await this.ipcMain.dispatch(channel, event, values))
      this.deliver({ k: 'reply', id, ok: true, v: value })
    } catch (error) {
      this.deliver({ k: 'reply', id, ok: false, m: `Error invoking remote method '${channel}': ${String(error)}` })
    }
  }
}
