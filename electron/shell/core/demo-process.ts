import { dirname, join, relative, isAbsolute } from 'node:path'
import { mkdirSync } from 'node:fs'
import { AppError } from '@shared/errors'

interface DemoChild {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}
interface Setup {
  fork: () => DemoChild
  folder: string
  onProgress: (progress: number | null) => void
}
type FromDemo =
  { type: 'progress'; done: number; total: number } | { type: 'ready'; url: string; token: string } | { type: 'failed'; message: string }
interface Running {
  url: string
  token: string
  port: number
}

const CLIENTS = 200
const SEED = 1
const SPEED = 1
const STOP_PATIENCE_MS = 2000

/** The embedded demo platform, in its own process: started once, however often it is asked for. */
export class DemoProcess {
  private readonly setup: Setup
  private child: DemoChild | null = null
  private running: Promise<Running> | null = null

  constructor(setup: Setup) {
    this.setup = setup
  }

  start(wish: { stateFile: string; port: number | null }): Promise<Running> {
    this.running ??= this.launch(wish).catch((error: unknown) => {
      this.running = null
      throw error
    })
    return this.running
  }
  async stop(): Promise<void> {
    const { child } = this
    if (child === null) return
    const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    child.postMessage({ type: 'stop' })
    const timer = setTimeout(() => child.kill(), STOP_PATIENCE_MS)
    await ended
    clearTimeout(timer)
  }

  private launch({ stateFile, port }: { stateFile: string; port: number | null }): Promise<Running> {
    const child = this.setup.fork()
    this.child = child
    return new Promise((resolve, reject) => {
      child.on('message', (message) => this.hear(message as FromDemo, resolve, reject))
      child.on('exit', () => {
        // One that failed and is only now gone takes nothing from the one that was started since.
        if (this.child === child) {
          this.child = null
          this.running = null
        }
        reject(new AppError('internal', 'the demo platform ended by itself'))
      })
      child.postMessage({
        type: 'start',
        clients: CLIENTS,
        seed: SEED,
        speed: SPEED,
        stateFile: this.stateFile(stateFile),
        port: port ?? undefined,
      })
    })
  }
  private hear(message: FromDemo, resolve: (running: Running) => void, reject: (error: Error) => void): void {
    if (message.type === 'progress') this.setup.onProgress(message.total > 0 ? Math.min(1, message.done / message.total) : 0)
    else if (message.type === 'failed') reject(new AppError('internal', `the demo platform: ${message.message}`))
    else {
      this.setup.onProgress(null)
      resolve({ url: message.url, token: message.token, port: Number(new URL(message.url).port) })
    }
  }
  /** Its state lies in the demo's folder, whatever name it was given. */
  private stateFile(wished: string): string {
    const file = isAbsolute(wished) ? wished : join(this.setup.folder, wished)
    const inside = relative(this.setup.folder, file)
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
      throw new AppError('invalid-input', 'the demo keeps its state in its own folder')
    mkdirSync(dirname(file), { recursive: true })
    return file
  }
}
