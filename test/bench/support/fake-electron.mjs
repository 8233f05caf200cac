/**
 * An `electron` that does nothing and says when the first window is made. Whatever main asks for exists and can be
 * called; what the start-up reads is answered as Electron would.
 */
const nothing = (name) => {
  const made = new Map()
  const get = (_, key) => {
    if (key === 'then') return undefined
    if (key === Symbol.toPrimitive) return () => name
    if (!made.has(key)) made.set(key, nothing(`${name}.${String(key)}`))
    return made.get(key)
  }
  return new Proxy(function () {}, { get, apply: () => nothing(`${name}()`), construct: () => nothing(`new ${name}`) })
}
const withAnswers = (name, answers) => {
  const rest = nothing(name)
  return new Proxy(answers, { get: (own, key) => (Object.hasOwn(own, key) ? own[key] : rest[key]) })
}

export const app = withAnswers('app', {
  isPackaged: false,
  getPath: () => process.env.BENCH_FOLDER,
  getVersion: () => '0.0.0',
  getName: () => 'bench',
  getLocale: () => 'ru',
  getPreferredSystemLanguages: () => ['ru-RU'],
  requestSingleInstanceLock: () => true,
  whenReady: () => Promise.resolve(),
  isReady: () => true,
})
const area = { x: 0, y: 0, width: 1920, height: 1080 }
const display = { id: 1, bounds: area, workArea: area, workAreaSize: area, size: area, scaleFactor: 1 }
export const screen = withAnswers('screen', {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
})
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false, on: () => undefined }

/** The moment that is measured: nothing after it counts. */
export class BrowserWindow {
  constructor() {
    process.stdout.write(`${JSON.stringify({ bench: performance.now() })}\n`)
    process.exit(0)
  }
}

export const [autoUpdater, clipboard, contentTracing, crashReporter, desktopCapturer, dialog, globalShortcut, ipcMain] = many()
export const [MessageChannelMain, nativeImage, net, netLog, Notification, powerMonitor, powerSaveBlocker, protocol] = many()
export const [safeStorage, session, shell, systemPreferences, Tray, utilityProcess, webContents, webFrameMain, Menu, MenuItem] = many()
export default nothing('electron')

function* many() {
  for (;;) yield nothing('electron')
}
