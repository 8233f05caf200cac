import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  safeStorage,
  session,
  shell,
  type MessageBoxOptions,
} from 'electron'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { datasets } from '@shared/domain/datasets'
import { faultNumbers } from '@shared/fault-numbers'
import { shellCalls as shellContract } from '@shared/ipc/shell'
import { eventPayloads } from '@shared/ipc/events'
import type { FromCore } from '@shared/ipc/host-protocol'
import { Preferences } from '@shared/ipc/preferences'
import { answering } from '../ipc/answering'
import { pushTo } from '../ipc/push'
import { type Answer, isTrustedSender } from '../ipc/registrar'
import { isAppUrl } from './addresses'
import { applicationMenu } from './application-menu'
import { Closing } from './closing'
import type { CommandLine } from './command-line'
import { startCore } from './core/start-core'
import { troubleOf } from './core/core-supervisor'
import { type WindowLooks, windowTitle } from './first-window'
import { KnownPreferences } from './known-preferences'
import { leaveGracefully } from './leaving'
import { openProgramLog } from './log/program-log'
import { Notifier } from './notifier'
import { electronVersion, type Places } from './program'
import { ScreenLock } from './screen-lock'
import { openSecretBox } from './secrets/secret-box'
import { createOpenExternal } from './security/external-links'
import { shellCalls } from './shell-calls'
import { textsIn } from './texts'
import { makeTray } from './tray/make-tray'
import { PAGE_PARTITION } from './windows/main-window'
import type { WindowKeeper } from './windows/window-keeper'
import { Workspace } from './workspace'

interface Setup {
  options: CommandLine
  places: Places
  keeper: WindowKeeper
  looks: WindowLooks
}
export interface ConsoleShell {
  answer: Answer
  closing: Closing
}

/** Everything of the shell that the first window does not need, wired together once that window is on its way. */
export const startShell = ({ options, places, keeper, looks }: Setup): ConsoleShell => {
  const dataFolder = app.getPath('userData')
  const isStandin = electronVersion() === null
  const log = openProgramLog(join(dataFolder, 'logs'))
  const pageSession = session.fromPartition(PAGE_PARTITION)
  const preferences = new KnownPreferences({ state: looks.remembered(), language: looks.startLanguage() }, () => redraw())
  const texts = () => textsIn(preferences.get().language)
  const ask = (message: MessageBoxOptions) => {
    const window = keeper.current()
    return window === null ? dialog.showMessageBox(message) : dialog.showMessageBox(window, message)
  }
  const quit = () => app.quit()
  const goTo = (address: string | null) => (address === null || address === '' ? keeper.show() : keeper.goTo(address))
  const openPath = (path: string) => shell.openPath(path)

  const box = app.whenReady().then(() => openSecretBox({ safeStorage, platform: process.platform, isStandin }))
  const workspace = new Workspace({
    userData: dataFolder,
    systemBox: box,
    recoveryCodeFile: options.recoveryCodeFile,
    isDemo: options.demo,
  })
  const push = pushTo({
    payloads: eventPayloads,
    contents: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
    log: (what, details) => log.error(what, details),
  })

  const { core, stop } = startCore({
    places,
    options,
    log,
    box: () => workspace.box(),
    session: pageSession,
    databaseKey: () => workspace.open(),
    startsAnew: () => workspace.startsAnew(),
    // A page that has seen the store open begins again, with what a person has to decide.
    onFailed: (error, wasOpen) => void (wasOpen && troubleOf(error) !== null && keeper.startOver()),
    language: () => looks.startLanguage(),
    onReady: (isRestart) => void coreReady(isRestart).catch((error: unknown) => log.error('after the core started', error)),
    onPush: (message) => hear(message),
    onDemo: (progress) => push('demo', { progress }),
  })
  const syncNow = () => void core.call('sync', 'now', { connectionId: null })

  const lock = new ScreenLock({
    powerMonitor,
    platform: process.platform,
    tellCore: (state) => core.power(state),
    onChange: () => void tray.then((icon) => icon?.refresh()),
    every: (work, ms) => void setInterval(work, ms).unref(),
  })
  const isLocked = () => lock.isLocked()
  const notifier = new Notifier({
    isSupported: () => Notification.isSupported(),
    make: (words) => new Notification(words),
    texts,
    isLocked,
    goTo,
    log: (what) => log.warn(what),
  })
  const tray = makeTray({ isStandin, texts, isLocked, actions: { goTo, syncNow, quit } }).catch((error: unknown) => {
    log.warn('there is no tray', error)
    return null
  })
  const closing = new Closing({
    texts,
    hasTray: async () => (await tray) !== null,
    wasExplained: () => preferences.get().closeToTrayExplained,
    explain: (title, body) => {
      notifier.say(title, body)
      void core.call('preferences', 'set', { closeToTrayExplained: true })
    },
    ask,
    quit,
  })

  const redraw = () => {
    const { language, theme } = preferences.get()
    nativeTheme.themeSource = theme
    looks.learn({ language, theme })
    keeper.current()?.setTitle(windowTitle(language))
    drawMenu()
    void tray.then((icon) => icon?.refresh())
  }
  const drawMenu = () => {
    const actions = { goTo, syncNow, openDataFolder: () => void openPath(dataFolder) }
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(applicationMenu({ texts: texts(), platform: process.platform, isPackaged: app.isPackaged, actions })),
    )
  }
  const hear = (message: Extract<FromCore, { type: 'event' | 'notify' | 'tray' }>) => {
    if (message.type === 'notify') return notifier.alert(message.notification)
    if (message.type === 'tray') return void tray.then((icon) => icon?.update(message.state))
    if (message.name === 'preferences') learn(message.payload)
    push(message.name, message.payload)
  }
  const learn = (payload: unknown) => {
    const known = Preferences.safeParse(payload)
    if (known.success) preferences.learn(known.data)
  }
  const coreReady = async (isRestart: boolean) => {
    const wished = options.language === null || isRestart ? null : await core.call('preferences', 'set', { language: options.language })
    const result = wished ?? (await core.call('preferences', 'get', {}))
    if (result.ok) learn(result.value)
    if (isRestart) await readAgain()
  }
  /** The core was away: whatever a page shows may be older than the store. */
  const readAgain = async () => {
    const connections = await core.call('connections', 'list', {})
    const rows = connections.ok ? (connections.value as { id: string }[]) : []
    for (const { id } of rows) push('changed', { connectionId: id, datasets: [...datasets], ids: null })
  }
  const confirm = async () => {
    if (!workspace.isTemporary() || options.demo) return true
    const { quitQuestion, quitTemporaryDetail, quit: yes, stay } = texts()
    const asked: MessageBoxOptions = {
      type: 'question',
      message: quitQuestion,
      detail: quitTemporaryDetail,
      buttons: [yes, stay],
      defaultId: 1,
      cancelId: 1,
    }
    return (await ask(asked)).response === 0
  }

  leaveGracefully({
    app,
    confirm,
    stop: async () => {
      closing.leave()
      looks.write()
      await stop()
      ;(await tray)?.destroy()
    },
  })
  powerMonitor.on('shutdown', quit)
  void core.launch().catch((error: unknown) => log.error('the core cannot be started', error))
  drawMenu()

  const handlers = shellCalls({
    info: async () => ({
      version: app.getVersion(),
      host: isStandin ? 'stand-in' : 'electron',
      electronVersion: electronVersion() ?? '',
      platform: process.platform,
      dataFolder,
      secrets: await workspace.backend(),
      hasTray: (await tray) !== null,
    }),
    texts,
    downloads: () => app.getPath('downloads'),
    openExternal: createOpenExternal((url) => shell.openExternal(url)),
    openPath,
    showInFolder: (path) => {
      shell.showItemInFolder(path)
    },
    copyText: (text) => clipboard.writeText(text),
    askSave: (wish) =>
      keeper.current() === null ? dialog.showSaveDialog(wish) : dialog.showSaveDialog(keeper.current() as BrowserWindow, wish),
    askOpen: (wish) =>
      keeper.current() === null ? dialog.showOpenDialog(wish) : dialog.showOpenDialog(keeper.current() as BrowserWindow, wish),
    internal: core.internal,
    workspace,
    storeTrouble: async () => troubleOf(await core.trouble()),
    recovery: (name, input) => core.recovery(name, input),
    looks: () => ({ language: preferences.get().language, theme: looks.remembered().theme }),
    quit,
  })
  const answer = answering({
    isTrusted: (event) => isTrustedSender(event, { owns: (contents) => keeper.owns(contents), isAppUrl }),
    shellContract,
    shellHandlers: handlers,
    callCore: (domain, name, input) => core.call(domain, name, input),
    onCalled: () => keeper.pageListens(),
    log: (what, details) => log.error(what, details),
    faultNumber: faultNumbers(randomBytes(2).toString('hex')),
  })
  return { answer, closing }
}
