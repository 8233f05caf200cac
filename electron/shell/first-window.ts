import { nativeTheme, screen, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { makeMainWindow } from './windows/main-window'
import { clampToDisplays, readWindowState, writeWindowState, type WindowState } from './windows/window-state'

const WRITE_AFTER_MS = 500

/** What the window looks like and where it stands, over starts. */
export class WindowLooks {
  private state: WindowState
  private readonly file: string
  private readonly language: 'ru' | 'en'
  private timer: NodeJS.Timeout | null = null

  constructor(setup: { userData: string; language: 'ru' | 'en' | null; systemLanguage: 'ru' | 'en' }) {
    this.file = join(setup.userData, 'window.json')
    this.state = readWindowState(this.file)
    this.language = setup.language ?? this.state.language ?? setup.systemLanguage
  }
  remembered(): WindowState {
    return this.state
  }
  startLanguage(): 'ru' | 'en' {
    return this.language
  }
  make(preload: string): BrowserWindow {
    nativeTheme.themeSource = this.state.theme
    const bounds = clampToDisplays(this.state.bounds, screen.getAllDisplays())
    const title = windowTitle(this.state.language ?? this.language)
    return makeMainWindow({ preload, state: { ...this.state, bounds }, title, dark: nativeTheme.shouldUseDarkColors })
  }
  learn(change: Partial<WindowState>): void {
    this.state = { ...this.state, ...change }
    this.timer ??= setTimeout(() => this.write(), WRITE_AFTER_MS)
  }
  moved(window: BrowserWindow): void {
    if (!window.isDestroyed()) this.learn({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
  /** Written a little later, and at the end at once. */
  write(): void {
    if (this.timer === null) return
    clearTimeout(this.timer)
    this.timer = null
    writeWindowState(this.file, this.state)
  }
}

/** Apart from the other texts: the first window needs this one and nothing else. */
export const windowTitle = (language: 'ru' | 'en'): string => (language === 'ru' ? 'Пульт партнёра' : 'Partner Console')
