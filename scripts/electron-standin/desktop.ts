import { EventEmitter } from 'node:events'
import type { Clipboard, Display, PowerMonitor, Screen, Shell } from 'electron'
import type { Journal } from './journal.ts'
import { LoudEmitter } from './loud.ts'

/** `shell`: says what it would have opened. */
export class StandinShell implements Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> {
  private readonly journal: Journal

  constructor(journal: Journal) {
    this.journal = journal
  }
  openExternal(url: string): Promise<void> {
    this.journal.write({ kind: 'open-external', url })
    return Promise.resolve()
  }
  openPath(path: string): Promise<string> {
    this.journal.write({ kind: 'open-path', path })
    return Promise.resolve('')
  }
  showItemInFolder(path: string): void {
    this.journal.write({ kind: 'show-in-folder', path })
  }
}

export class StandinClipboard implements Pick<Clipboard, 'writeText'> {
  private readonly journal: Journal

  constructor(journal: Journal) {
    this.journal = journal
  }
  writeText(text: string): ReturnType<Clipboard['writeText']> {
    this.journal.write({ kind: 'clipboard', text })
    return Promise.resolve()
  }
}

/** `powerMonitor`: its events come from the endpoint. */
export class StandinPowerMonitor extends LoudEmitter implements Pick<PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime'> {
  private idleSeconds = 0

  constructor() {
    super('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown', 'on-ac', 'on-battery'])
  }
  getSystemIdleState(threshold: number): 'active' | 'idle' | 'locked' | 'unknown' {
    return this.idleSeconds >= threshold ? 'idle' : 'active'
  }
  getSystemIdleTime(): number {
    return this.idleSeconds
  }
  beIdle(seconds: number): void {
    this.idleSeconds = seconds
  }
}

const workArea = { x: 0, y: 0, width: 1920, height: 1080 }
const display = {
  id: 1,
  label: 'stand-in',
  bounds: workArea,
  workArea,
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1080 },
  scaleFactor: 1,
}

export class StandinScreen extends EventEmitter implements Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'> {
  getAllDisplays(): Display[] {
    return [this.getPrimaryDisplay()]
  }
  getPrimaryDisplay(): Display {
    return display as unknown as Display
  }
}

/** `nativeTheme`: pages follow it at once. */
export class StandinNativeTheme extends LoudEmitter {
  private source: 'system' | 'light' | 'dark' = 'system'

  constructor() {
    super('nativeTheme', ['updated'])
  }
  get themeSource(): 'system' | 'light' | 'dark' {
    return this.source
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    if (source === this.source) return
    this.source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark'
  }
}

/** Images are only passed on to trays, which nobody sees. */
export class StandinNativeImage {
  readonly isStandin = true
  isEmpty(): boolean {
    return false
  }
  setTemplateImage(_is: boolean): void {
    // macOS only.
  }
  addRepresentation(_options: object): void {
    // One size is as good as another.
  }
  static createFromDataURL(_url: string): StandinNativeImage {
    return new StandinNativeImage()
  }
  static createFromBuffer(_buffer: Buffer, _options?: object): StandinNativeImage {
    return new StandinNativeImage()
  }
}
