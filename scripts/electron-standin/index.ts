import type { BrowserWindowConstructorOptions, ForkOptions, NotificationConstructorOptions } from 'electron'
import { join } from 'node:path'
import { StandinApp } from './app.ts'
import { StandinWindow, type WindowWorld } from './browser-window.ts'
import { ChromiumHost } from './chromium-host.ts'
import { StandinClipboard, StandinNativeImage, StandinNativeTheme, StandinPowerMonitor, StandinScreen, StandinShell } from './desktop.ts'
import { StandinDialog } from './dialog.ts'
import { Endpoint } from './endpoint.ts'
import { endpointActions } from './endpoint-actions.ts'
import { StandinIpcMain } from './ipc-main.ts'
import { Journal } from './journal.ts'
import { loud } from './loud.ts'
import { StandinMenu, StandinMenuItem } from './menu.ts'
import { ShownNotifications, StandinNotification } from './notification.ts'
import { SchemeRegistry, StandinProtocol } from './protocol.ts'
import { StandinSafeStorage } from './safe-storage.ts'
import { StandinSessions } from './session.ts'
import { InstanceLock } from './single-instance.ts'
import { StandinTray, Trays } from './tray.ts'
import { StandinUtilityProcess } from './utility-process.ts'

/**
 * The stand-in for `electron`, composed once, as the real module is. Main processes get it in place of Electron's when
 * they are started with `--import register.mjs`.
 */
const { argv, env } = process
const hasSwitch = (name: string) => argv.includes(`--${name}`)
const switchValue = (name: string) => argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)

const userData = (): string => app.getPath('userData')
const journal = new Journal(userData)
const lock = new InstanceLock(userData)
const hasScreen =
  process.platform === 'win32' || process.platform === 'darwin' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
const headless = hasSwitch('headless') || !hasScreen
const debuggingPort = switchValue('remote-debugging-port')
const host = new ChromiumHost({
  executable: env['PARTNER_CONSOLE_CHROMIUM'] || '/usr/bin/chromium',
  headless,
  debuggingPort: debuggingPort === undefined ? null : Number(debuggingPort),
})
const windows = new Set<StandinWindow>()
const children = new Set<StandinUtilityProcess>()

const closeWindows = (): boolean => {
  for (const window of [...windows]) window.close()
  return windows.size === 0
}
const cleanUp = async (): Promise<void> => {
  endpoint.close()
  for (const window of [...windows]) window.destroy()
  for (const child of children) child.kill()
  await host.close()
  lock.release()
}

const standinApp = new StandinApp({ argv, env, lock, closeWindows, cleanUp })
const registry = new SchemeRegistry()
const sessions = new StandinSessions(registry, env)
const standinIpc = new StandinIpcMain()
const theme = new StandinNativeTheme()
const notifications = new ShownNotifications(journal)
const trays = new Trays(journal)
const power = new StandinPowerMonitor()
const standinDialog = new StandinDialog({ journal, downloads: () => standinApp.getPath('downloads'), patienceMs: 10_000, headless })

let windowCount = 0
const world: WindowWorld = {
  host,
  journal,
  sessions,
  ipcMain: standinIpc,
  windows,
  claimed: new WeakSet(),
  headless,
  nextId: () => ++windowCount,
  theme: () => (theme.themeSource === 'system' ? null : theme.themeSource),
  onCreated: (window) => {
    journal.write({ kind: 'window', action: 'created', id: window.id, sinceStartMs: Math.round(performance.now()) })
    standinApp.emit('web-contents-created', {}, window.webContents)
    standinApp.emit('browser-window-created', {}, window)
  },
  onLastClosed: () => standinApp.lastWindowClosed(),
}
theme.on('updated', () => [...windows].forEach((window) => void window.applyTheme()))

const endpoint = new Endpoint(
  endpointActions({
    app: standinApp,
    windows,
    notifications,
    trays,
    applicationMenu: () => StandinMenu.getApplicationMenu(),
    dialog: standinDialog,
    power,
  }),
)

class BoundWindow extends StandinWindow {
  constructor(options?: BrowserWindowConstructorOptions) {
    super(world, options)
  }
  static getAllWindows(): StandinWindow[] {
    return [...windows]
  }
  static fromWebContents(contents: unknown): StandinWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null
  }
  static getFocusedWindow(): StandinWindow | null {
    return [...windows].find((window) => window.isVisible()) ?? null
  }
}
class BoundNotification extends StandinNotification {
  constructor(options?: NotificationConstructorOptions) {
    super(notifications, options)
  }
}
class BoundTray extends StandinTray {
  constructor(image: unknown) {
    super(trays, image)
  }
}

export const app = loud('app', standinApp)
export const BrowserWindow = loud('BrowserWindow', BoundWindow)
export const Notification = loud('Notification', BoundNotification)
export const Tray = loud('Tray', BoundTray)
export const Menu = loud('Menu', StandinMenu)
export const MenuItem = StandinMenuItem
export const ipcMain = loud('ipcMain', standinIpc)
export const session = loud('session', sessions)
export const protocol = loud('protocol', new StandinProtocol(registry))
export const dialog = loud('dialog', standinDialog)
export const shell = loud('shell', new StandinShell(journal))
export const clipboard = loud('clipboard', new StandinClipboard(journal))
export const safeStorage = loud('safeStorage', new StandinSafeStorage(userData, env['PARTNER_CONSOLE_STANDIN_KEYRING'] !== 'none'))
export const powerMonitor = loud('powerMonitor', power)
export const screen = loud('screen', new StandinScreen())
export const nativeTheme = loud('nativeTheme', theme)
export const nativeImage = loud('nativeImage', StandinNativeImage)
export const utilityProcess = loud('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}): StandinUtilityProcess => {
    const child = loud('utilityProcess', new StandinUtilityProcess(modulePath, args, options))
    children.add(child)
    child.on('exit', () => void children.delete(child))
    return child
  },
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => standinApp.quit())
/** Whoever started us is gone. */
process.on('disconnect', () => standinApp.quit())
process.channel?.unref()
/** Electron's main process lives until it is told to quit, window or none. */
setInterval(() => undefined, 1 << 30)

setImmediate(() => {
  if (standinApp.isReady()) return
  void host.open().catch((error: unknown) => {
    process.stderr.write(`Chromium cannot be started (${join(env['PARTNER_CONSOLE_CHROMIUM'] ?? '')}): ${String(error)}\n`)
    standinApp.exit(1)
  })
  standinApp.becomeReady()
  if (lock.isHeld())
    void endpoint.open(userData(), () => host.debuggerUrl()).catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
})
