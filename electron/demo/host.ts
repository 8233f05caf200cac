import { startPlatform, type Platform } from './platform'

/** "Try the demo" inside the app: the same platform in a utility process, driven by messages of the shell. */
interface StartMessage {
  readonly type: 'start'
  readonly clients?: number
  readonly seed?: number
  readonly speed?: number
  readonly stateFile?: string
  /** Preferred; another one is taken when it is not free, and told in `ready`. */
  readonly port?: number
}
type Message = StartMessage | { readonly type: 'stop' }

/** What Electron adds to `process` in a utility process; written down here because the demo never imports Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  postMessage(message: object): void
}

function isMessage(data: unknown): data is Message {
  const type = (data as { type?: unknown } | null)?.type
  return type === 'start' || type === 'stop'
}

const PROGRESS_MS = 50

function host(port: ParentPort): void {
  let running: Promise<Platform> | undefined
  let told = 0
  const progress = (done: number, total: number) => {
    if (done < total && Date.now() - told < PROGRESS_MS) return
    told = Date.now()
    port.postMessage({ type: 'progress', done, total })
  }
  const start = async ({ clients, seed, speed, stateFile, port: wanted }: StartMessage) => {
    running ??= startPlatform({ clients, seed, speed, stateFile, port: wanted, portFallback: true, progress })
    const { url, token, control } = await running
    port.postMessage({ type: 'ready', url, token, control, portKept: wanted === undefined || url.endsWith(`:${wanted}`) })
  }
  const stop = async () => {
    await (await running?.catch(() => undefined))?.close()
    process.exit(0)
  }
  const fail = (error: unknown) => {
    port.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
    process.exitCode = 1
    setTimeout(() => process.exit(1), 50)
  }
  port.on('message', ({ data }) => {
    if (!isMessage(data)) return
    if (data.type === 'start') start(data).catch(fail)
    else void stop()
  })
  // The shell is gone: nobody can stop the demo any more, so it stops itself.
  port.on('close', () => void stop())
  process.once('disconnect', () => void stop())
  process.once('SIGTERM', () => void stop())
}

const { parentPort } = process as unknown as { parentPort?: ParentPort }
if (parentPort === undefined) {
  process.stderr.write('This file runs inside the app. To run the demo platform alone use: npm run platform\n')
  process.exitCode = 2
} else host(parentPort)
