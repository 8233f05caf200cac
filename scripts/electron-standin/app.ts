import { readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { App } from 'electron'
import type { InstanceLock } from './single-instance.ts'
import { LoudEmitter, preventable } from './loud.ts'

type PathName = Parameters<App['getPath']>[0]

interface AppSetup {
  argv: readonly string[]
  env: NodeJS.ProcessEnv
  lock: InstanceLock
  /** Asks every window to close; false = one refused. */
  closeWindows: () => boolean
  /** Everything of ours that must be gone before the process is. */
  cleanUp: () => Promise<void>
}

/** A Chromium that does not end must not keep the program alive. */
const CLEAN_UP_LIMIT_MS = 4000

const appEvents = [
  'ready',
  'activate',
  'second-instance',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'web-contents-created',
  'browser-window-created',
  'child-process-gone',
]

/** `app`: life, paths and the command line, with Electron's order of events. */
export class StandinApp extends LoudEmitter {
  readonly isPackaged = false
  readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch' | 'getSwitchValue' | 'appendSwitch'>
  private readonly setup: AppSetup
  private readonly paths = new Map<string, string>()
  private readonly packageJson: { version?: string; productName?: string; name?: string }
  private ready = false
  private quitting = false
  private ending = false

  constructor(setup: AppSetup) {
    super('app', appEvents)
    this.setup = setup
    this.packageJson = nearestPackage(dirname(setup.argv[1] ?? process.cwd()))
    const given = this.switchValue('user-data-dir')
    if (given !== undefined && given !== '') this.paths.set('userData', given)
    this.commandLine = {
      hasSwitch: (name) => this.switchValue(name) !== undefined,
      getSwitchValue: (name) => this.switchValue(name) ?? '',
      appendSwitch: () => undefined,
    }
  }

  whenReady(): Promise<void> {
    return this.ready ? Promise.resolve() : new Promise((resolve) => super.once('ready', resolve))
  }
  isReady(): boolean {
    return this.ready
  }
  getName(): string {
    return this.packageJson.productName ?? this.packageJson.name ?? 'stand-in'
  }
  getVersion(): string {
    return this.packageJson.version ?? '0.0.0'
  }
  getLocale(): string {
    return this.switchValue('lang') ?? (this.setup.env['LC_ALL'] ?? this.setup.env['LANG'] ?? '').split(/[._]/)[0] ?? ''
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }
  getPath(name: PathName): string {
    return this.paths.get(name) ?? this.defaultPath(name)
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  requestSingleInstanceLock(): boolean {
    return this.setup.lock.request()
  }
  hasSingleInstanceLock(): boolean {
    return this.setup.lock.isHeld()
  }
  setAppUserModelId(_id: string): void {
    // Windows only.
  }
  setLoginItemSettings(_settings: object): void {
    throw new Error('the stand-in does not start with the system')
  }
  enableSandbox(): void {
    // Chromium's pages are sandboxed by Chromium.
  }
  focus(): void {
    // The window's own focus does it.
  }
  quit(): void {
    if (this.ending) return
    const before = preventable({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    // As in Electron, the windows that a quit closes are not announced as the last ones.
    this.quitting = true
    this.quitting = this.setup.closeWindows()
    if (!this.quitting) return
    const will = preventable({})
    this.emit('will-quit', will)
    if (!will.defaultPrevented) this.exit(0)
  }
  exit(code = 0): void {
    if (this.ending) return
    this.ending = true
    this.emit('quit', preventable({}), code)
    void Promise.race([this.setup.cleanUp(), new Promise((resolve) => setTimeout(resolve, CLEAN_UP_LIMIT_MS).unref())])
      .then(() => this.setup.lock.settled())
      .finally(() => process.exit(code))
  }

  /** Below: for the stand-in itself. */
  becomeReady(): void {
    this.ready = true
    this.emit('ready', preventable({}), {})
  }
  lastWindowClosed(): void {
    if (this.ending || this.quitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }
  switchValue(name: string): string | undefined {
    const found = this.setup.argv.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
    return found === undefined ? undefined : found.slice(name.length + 3)
  }

  private defaultPath(name: PathName): string {
    const home = homedir()
    const { env } = this.setup
    const appData =
      process.platform === 'win32'
        ? (env['APPDATA'] ?? home)
        : process.platform === 'darwin'
          ? join(home, 'Library', 'Application Support')
          : (env['XDG_CONFIG_HOME'] ?? join(home, '.config'))
    if (name === 'home') return home
    if (name === 'appData') return appData
    if (name === 'userData' || name === 'sessionData') return join(appData, this.getName())
    if (name === 'temp') return tmpdir()
    if (name === 'downloads') return env['XDG_DOWNLOAD_DIR'] ?? join(home, 'Downloads')
    if (name === 'documents') return env['XDG_DOCUMENTS_DIR'] ?? join(home, 'Documents')
    throw new Error(`the stand-in does not know the path ${name}`)
  }
}

const nearestPackage = (folder: string): { version?: string; productName?: string; name?: string } => {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object
  } catch {
    return dirname(folder) === folder ? {} : nearestPackage(dirname(folder))
  }
}
