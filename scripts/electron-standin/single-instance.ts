import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEndpoint } from './endpoint.ts'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('electron-standin')
  } catch {
    return process.platform !== 'linux'
  }
}

/** One program per data folder: a file with the owner's process id, and the owner's endpoint to call. */
export class InstanceLock {
  private readonly folder: () => string
  private held = false
  private told: Promise<unknown> = Promise.resolve()

  constructor(folder: () => string) {
    this.folder = folder
  }
  request(): boolean {
    this.held ||= this.take() || this.takeOver()
    if (!this.held) this.told = this.tellOwner().catch(() => undefined)
    return this.held
  }
  isHeld(): boolean {
    return this.held
  }
  release(): void {
    if (this.held) rmSync(this.file(), { force: true })
    this.held = false
  }
  /** The owner has heard that we were started. */
  settled(): Promise<unknown> {
    return this.told
  }

  private file(): string {
    return join(this.folder(), 'standin.lock')
  }
  private take(): boolean {
    mkdirSync(this.folder(), { recursive: true })
    try {
      writeFileSync(this.file(), String(process.pid), { flag: 'wx', mode: 0o600 })
      return true
    } catch {
      return false
    }
  }
  private takeOver(): boolean {
    const owner = Number(readFileSync(this.file(), 'utf8'))
    if (Number.isInteger(owner) && owner > 0 && isAlive(owner)) return false
    rmSync(this.file(), { force: true })
    return this.take()
  }
  private async tellOwner(): Promise<void> {
    const endpoint = readEndpoint(this.folder())
    if (!endpoint) return
    const body = JSON.stringify({ argv: process.argv, cwd: process.cwd() })
    const headers = { 'x-standin-secret': endpoint.secret, 'content-type': 'application/json' }
    await fetch(`${endpoint.url}/second-instance`, { method: 'POST', headers, body, signal: AbortSignal.timeout(3000) })
  }
}
