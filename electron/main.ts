import { app, protocol, session } from 'electron'
import { join } from 'node:path'
import { eventChannelOf } from '@shared/ipc/channels'
import { openChannels } from './ipc/open-channels'
import { APP_SCHEME, APP_START } from './shell/addresses'
import { serveApp } from './shell/app-protocol'
import { readCommandLine, type CommandLine } from './shell/command-line'
import type { ConsoleShell } from './shell/console-shell'
import { WindowLooks } from './shell/first-window'
import { placesFrom } from './shell/program'
import { contentSecurityPolicy, readStyleHashes } from './shell/security/csp'
import { guardNavigation } from './shell/security/navigation'
import { denyPermissions, guardRealTime } from './shell/security/permissions'
import { findForeignSwitch } from './shell/security/switches'
import { PAGE_PARTITION } from './shell/windows/main-window'
import { WindowKeeper } from './shell/windows/window-keeper'

/** The order of start-up: what must be decided first, the window, and then everything else. */
const begin = (options: CommandLine): void => {
  if (options.userDataDir !== null) app.setPath('userData', options.userDataDir)
  else if (!app.isPackaged) app.setPath('userData', join(app.getPath('appData'), 'Partner Console Development'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.setAppUserModelId('cloud.partner.console')
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  guardNavigation(app)
  guardRealTime(app)
  // Closing the last window is not leaving: leaving is asked for.
  app.on('window-all-closed', () => undefined)
  void app.whenReady().then(() => openConsole(options))
}

const openConsole = async (options: CommandLine): Promise<void> => {
  const places = placesFrom(import.meta.dirname)
  const pages = session.fromPartition(PAGE_PARTITION)
  pages.protocol.handle(APP_SCHEME, serveApp({ folder: places.renderer, csp: contentSecurityPolicy(readStyleHashes(places.styleHashes)) }))
  denyPermissions(pages)
  denyPermissions(session.defaultSession)

  const started = Promise.withResolvers<ConsoleShell>()
  openChannels(async () => (await started.promise).answer)
  const systemLanguage = app.getPreferredSystemLanguages()[0]?.startsWith('en') === true ? 'en' : 'ru'
  const looks = new WindowLooks({ userData: app.getPath('userData'), language: options.language, systemLanguage })
  const parts: { shell: ConsoleShell | null } = { shell: null }
  const keeper = new WindowKeeper({
    make: () => looks.make(places.preload),
    startUrl: APP_START,
    send: (contents, to) => contents.send(eventChannelOf('navigate'), { to }),
    mayClose: () => parts.shell?.closing.mayClose() ?? true,
    onStay: (window) => void parts.shell?.closing.stay(window),
    onMoved: (window) => looks.moved(window),
  })
  keeper.open()
  app.on('second-instance', () => keeper.show())
  app.on('activate', () => keeper.show())

  const { startShell } = await import('./shell/console-shell')
  parts.shell = startShell({ options, places, keeper, looks })
  started.resolve(parts.shell)
}

const foreign = app.isPackaged ? findForeignSwitch([...process.argv.slice(1), ...process.execArgv]) : null
if (foreign === null) begin(readCommandLine(process.argv))
else app.exit(2)
