// An ordinary main process: nothing in it knows what it runs on.
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  nativeImage,
  utilityProcess,
} from 'electron'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

const note = (line) => appendFileSync(join(app.getPath('userData'), 'main.log'), `${line}\n`)
if (!app.requestSingleInstanceLock()) app.quit()
else {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(name, () => note(name))
  app.on('second-instance', (_event, argv) => note(`second-instance ${argv.includes('--second')}`))
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (details) => {
      note(`will-navigate ${details.url}`)
      if (!details.url.startsWith('app://')) details.preventDefault()
    })
    contents.setWindowOpenHandler(({ url }) => {
      note(`window-open ${url}`)
      return { action: 'deny' }
    })
  })
  void app.whenReady().then(start)
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>page</title><h1>…</h1><script type="module" src="/page.js"></script></html>`
const script = `const { api } = window
document.querySelector('h1').textContent = [api.add(2, 3), typeof require, typeof onlyInPreload, typeof process, Object.isFrozen(api), isSecureContext].join(' ')
window.ticks = []
const off = api.onTick((tick) => { window.ticks.push([tick.n, tick.at instanceof Date, tick.bytes instanceof Uint8Array && tick.bytes[1]]); if (tick.n === 2) off() })`

function start() {
  const pages = session.fromPartition('pages')
  pages.setPermissionCheckHandler(() => false)
  pages.protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    const headers = {
      'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'",
      'content-type': pathname === '/page.js' ? 'text/javascript' : 'text/html',
    }
    if (pathname === '/whereami') return new Response(request.url, { headers })
    return new Response(pathname === '/page.js' ? script : page, { headers })
  })
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    title: 'program',
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs'), partition: 'pages', sandbox: true, contextIsolation: true },
  })
  window.on('close', (event) => {
    note('close')
    if (process.argv.includes('--stay')) event.preventDefault()
  })
  ipcMain.handle('ask', (event, value) => ({
    value,
    url: event.sender.getURL(),
    frame: event.senderFrame.url,
    isMain: event.senderFrame === event.sender.mainFrame,
  }))
  ipcMain.handle('fail', () => Promise.reject(new Error('boom')))
  ipcMain.handle('save', () => dialog.showSaveDialog(window, { defaultPath: 'report.csv' }))
  ipcMain.handle('fork', (_event, value) => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'child.mjs'), [], { serviceName: 'child', stdio: 'ignore' })
    note(`child ${child.pid}`)
    child.postMessage(value)
    return new Promise((resolve) => child.on('message', resolve))
  })
  ipcMain.handle('main', async (_event, what) => {
    const doing = {
      loud: () => app.getGPUInfo('basic'),
      window: () => window.setKiosk(true),
      option: () => new BrowserWindow({ kiosk: true }),
      event: () => app.on('login', () => undefined),
      notification: () => new Notification({ title: 'Hello', body: 'there' }).on('click', () => note('notification clicked')).show(),
      clipboard: () => clipboard.writeText('copied'),
      external: () => shell.openExternal('https://cloud.example/'),
      secret: async () => (await safeStorage.decryptStringAsync(await safeStorage.encryptStringAsync('тайна'))).result,
      dark: () => void (nativeTheme.themeSource = 'dark'),
    }
    return (await doing[what]()) ?? null
  })
  ipcMain.on('tick', (event) =>
    [1, 2, 3].forEach((n) => event.sender.send('tick', { n, at: new Date(0), bytes: new Uint8Array([1, 255]) })),
  )
  powerMonitor.on('suspend', () => note('suspend'))
  const tray = new Tray(nativeImage.createFromDataURL('data:image/png;base64,'))
  tray.on('click', () => note('tray clicked'))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'hello', label: 'Hello', click: () => note('tray hello') },
      { id: 'off', label: 'Off', enabled: false },
    ]),
  )
  void window.loadURL('app://console/')
}
