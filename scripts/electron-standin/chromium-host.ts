import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'
import { ONLY_REAL_TIME_POLICY } from './real-time.ts'

export interface ChromiumOptions {
  executable: string
  headless: boolean
  /** null = none; 0 = any free port. */
  debuggingPort: number | null
}

const quietFlags = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--no-pings',
  '--disable-breakpad',
  '--disk-cache-size=1',
  '--disable-gpu-shader-disk-cache',
  '--password-store=basic',
  '--test-type',
  `--webrtc-ip-handling-policy=${ONLY_REAL_TIME_POLICY}`,
]

/** A clock that is preloaded (faketime) keeps Chromium from starting: it keeps the system's time, its pages get ours. */
const ownTime = ({ LD_PRELOAD, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  LD_PRELOAD === undefined || LD_PRELOAD.includes('faketime') ? env : { ...env, LD_PRELOAD }

/** One Chromium with a profile that never outlives it: in memory where the system has such a folder. */
export class ChromiumHost {
  private readonly options: ChromiumOptions
  private opened: Promise<BrowserContext> | null = null
  private guard: ChildProcess | null = null
  private profile: string | null = null

  constructor(options: ChromiumOptions) {
    this.options = options
  }

  /** Starts Chromium at the first call, and again after it was closed. */
  open(): Promise<BrowserContext> {
    this.opened ??= this.launch()
    return this.opened
  }

  /** The debugger's address; Chromium writes down which free port it took. */
  async debuggerUrl(): Promise<string | null> {
    if (this.options.debuggingPort === null) return null
    await this.open()
    if (this.options.debuggingPort > 0) return `http://127.0.0.1:${this.options.debuggingPort}`
    const file = join(this.profile ?? '', 'DevToolsActivePort')
    for (let left = 1200; left > 0; left--) {
      const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : ''
      if (port) return `http://127.0.0.1:${port}`
      await sleep(25)
    }
    throw new Error('Chromium did not say where its debugger listens')
  }

  async close(): Promise<void> {
    const context = await this.opened?.catch(() => null)
    await context?.close().catch(() => undefined)
    this.removeProfile()
  }

  private async launch(): Promise<BrowserContext> {
    const { chromium } = await import('playwright-core')
    const { executable, headless, debuggingPort } = this.options
    this.profile = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'partner-console-standin-'))
    this.guard = watchOver(this.profile)
    mkdirSync(join(this.profile, 'Default'))
    writeFileSync(join(this.profile, 'Default', 'Preferences'), JSON.stringify({ translate: { enabled: false } }))
    const context = await chromium.launchPersistentContext(this.profile, {
      executablePath: executable,
      // Whatever it would drop into the system's temp folder goes with the profile.
      artifactsDir: join(this.profile, 'artifacts'),
      env: { ...ownTime(process.env), TMPDIR: this.profile },
      headless,
      chromiumSandbox: process.getuid?.() !== 0,
      viewport: null,
      colorScheme: null,
      reducedMotion: null,
      forcedColors: null,
      contrast: null,
      acceptDownloads: false,
      serviceWorkers: 'block',
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Headed, the window is an application's: no tabs, no address.
      ignoreDefaultArgs: ['--enable-automation', ...(headless ? [] : ['about:blank'])],
      args: [
        ...quietFlags,
        ...(debuggingPort === null ? [] : [`--remote-debugging-port=${debuggingPort}`]),
        ...(headless ? [] : ['--app=data:text/html,']),
      ],
    })
    context.on('close', () => this.forget())
    return context
  }

  private forget(): void {
    this.opened = null
    this.removeProfile()
  }
  private removeProfile(): void {
    if (this.profile !== null) rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    this.guard?.stdin?.end()
    this.guard = null
    this.profile = null
  }
}

/**
 * Waits for our end, however sudden (its standard input closes), then ends a Chromium that is still there and removes
 * the profile. Chromium itself ends with its debugging pipe; this is the second rope.
 */
const watchOver = (profile: string): ChildProcess | null => {
  if (process.platform === 'win32') return null
  const script = 'read _ || true; sleep 0.3; pkill -9 -f -- "--user-data-dir=$1" 2>/dev/null; rm -rf -- "$1"; sleep 0.5; rm -rf -- "$1"'
  const guard = spawn('/bin/sh', ['-c', script, 'standin-guard', profile], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  return guard
}
