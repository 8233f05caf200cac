import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import type { CoreStart, FromCore, ToCore } from '@shared/ipc/host-protocol'
import type { Result } from '@shared/ipc/call'
import { root } from './context'
import { KEY } from './store'

/** The built core in its own process, spoken to as the shell does. */
export interface CoreProcess {
  pid: number
  call: (domain: string, name: string, input: unknown) => Promise<unknown>
  /** Bytes of the largest message so far in either direction, and what it was. */
  largest: () => { bytes: number; what: string }
  stop: () => Promise<void>
}
interface Setup {
  folder: string
  connect?: CoreStart['connect']
}

export const startCore = async ({ folder, connect = null }: Setup): Promise<CoreProcess> => {
  const child = fork(join(root, 'out/main/core.js'), [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', join(root, 'scripts/electron-standin/utility-child.mjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const link = new Link(child)
  const ready = new Promise<void>((resolve, reject) => {
    link.onReady = resolve
    link.onFailed = reject
    child.once('exit', (code) => reject(new Error(`the core ended with ${String(code)}`)))
  })
  link.send({
    type: 'start',
    dataFolder: folder,
    databaseKey: KEY,
    appVersion: '0',
    systemLanguage: 'ru',
    syncIntervalSeconds: 3600,
    startDemo: false,
    connect,
  })
  await ready
  return {
    pid: child.pid ?? 0,
    call: (domain, name, input) => link.call(domain, name, input),
    largest: () => link.largest,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      link.send({ type: 'stop' })
      await ended
    },
  }
}

class Link {
  largest = { bytes: 0, what: 'nothing' }
  onReady: () => void = () => undefined
  onFailed: (error: Error) => void = () => undefined
  private readonly child: ChildProcess
  private readonly waiting = new Map<number, { what: string; settle: (result: Result<unknown>) => void }>()
  private count = 0

  constructor(child: ChildProcess) {
    this.child = child
    child.on('message', (message) => this.hear(message as FromCore))
  }
  send(message: ToCore): void {
    this.weigh(message, `to the core: ${message.type === 'call' ? `${message.domain}.${message.name}` : message.type}`)
    this.child.send(message)
  }
  async call(domain: string, name: string, input: unknown): Promise<unknown> {
    const id = ++this.count
    const result = await new Promise<Result<unknown>>((settle) => {
      this.waiting.set(id, { what: `${domain}.${name}`, settle })
      this.send({ type: 'call', id, domain, name, input })
    })
    if (!result.ok) throw new Error(`${domain}.${name}: ${result.error.code} ${result.error.message}`)
    return result.value
  }
  private hear(message: FromCore): void {
    if (message.type === 'answer') {
      const asked = this.waiting.get(message.id)
      this.waiting.delete(message.id)
      asked?.settle(message.result)
      // Weighed after it was handed on: the measurement is no part of the round trip.
      return void setImmediate(() => this.weigh(message, `answer of ${asked?.what ?? '?'}`))
    }
    this.weigh(message, message.type === 'event' ? `event ${message.name}` : message.type)
    if (message.type === 'ready') this.onReady()
    else if (message.type === 'failed') this.onFailed(new Error(message.error.message))
    else if (message.type === 'ask')
      this.send({ type: 'answer', id: message.id, result: { ok: true, value: answerTo(message.name, message.input) } })
  }
  private weigh(message: object, what: string): void {
    const bytes = serialize(message).length
    if (bytes > this.largest.bytes) this.largest = { bytes, what }
  }
}

/** What the shell would say: secrets are "wrapped" without being hidden, for they are made up. */
const answerTo = (name: string, input: unknown): unknown => {
  switch (name) {
    case 'wrapSecret':
      return { wrapped: Buffer.from((input as { plain: string }).plain).toString('base64') }
    case 'unwrapSecret':
      return { plain: Buffer.from((input as { wrapped: string }).wrapped, 'base64').toString() }
    case 'resolveProxy':
      return { pac: 'DIRECT' }
    default:
      throw new Error(`the measurement cannot answer ${name}`)
  }
}
