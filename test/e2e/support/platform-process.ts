import { Child } from './child-process'
import { builtMain } from './repository'
import { until } from './waiting'

interface Ready {
  rustack: { url: string; token: string }
  control: { url: string; secret: string }
}

/** The demo platform alone, in its own process, with its control port. */
export class RunningPlatform {
  readonly url: string
  readonly token: string
  readonly ready: Ready
  private readonly child: Child

  constructor(child: Child, ready: Ready) {
    this.child = child
    this.ready = ready
    this.url = ready.rustack.url
    this.token = ready.rustack.token
  }
  /** `GET /state/:dataset` and the like: docs/demo-platform.md. */
  async read<T = unknown>(path: string): Promise<T> {
    return (await this.control('GET', path)) as T
  }
  async tell<T = unknown>(path: string, body: object = {}): Promise<T> {
    return (await this.control('POST', path, body)) as T
  }
  /** The network is cut: connections are refused until `up`. */
  async down(): Promise<void> {
    await this.tell('/down')
  }
  async up(): Promise<void> {
    await this.tell('/up')
  }
  async stop(): Promise<void> {
    await this.child.end('SIGTERM')
  }
  async kill9(): Promise<void> {
    await this.child.end('SIGKILL')
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill9()
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const { url, secret } = this.ready.control
    const headers = { 'x-control-secret': secret, 'content-type': 'application/json' }
    const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    const text = await response.text()
    return text === '' ? {} : (JSON.parse(text) as unknown)
  }
}

/** Options as on the command line: `startPlatformProcess({ clients: 50, 'page-size': 500, faults: '500:0.1' })`. Its times are UTC, as a new connection takes them. */
export const startPlatformProcess = async (options: Record<string, string | number | boolean> = {}): Promise<RunningPlatform> => {
  const wanted: typeof options = { zone: 0, ...options }
  const args = Object.entries(wanted).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : value === false ? [] : [`--${name}`, String(value)],
  )
  const child = new Child(process.execPath, [builtMain('platform'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ready = await until(
    'the demo platform to be ready',
    () => {
      if (!child.isRunning()) throw new Error(`the demo platform ended at once:\n${child.said()}`)
      const line = child
        .said()
        .split('\n')
        .find((one) => one.startsWith('{"rustack"') && one.endsWith('}'))
      return line === undefined ? null : (JSON.parse(line) as Ready)
    },
    60_000,
  )
  return new RunningPlatform(child, ready)
}
