import { AppError, type AppErrorData } from '@shared/errors'
import type { Result } from '@shared/ipc/call'
import { INTERNAL_DOMAIN, type AskName, type CoreStart, type FromCore, type InternalCalls, type ToCore } from '@shared/ipc/host-protocol'

/** The part of a utility process that the link needs. */
export interface CoreProcess {
  postMessage(message: ToCore): void
  on(event: 'message', listener: (message: FromCore) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

export interface CoreHooks {
  onReady: () => void
  onFailed: (error: AppErrorData) => void
  onExit: (code: number) => void
  onAsk: (name: AskName, input: unknown) => Promise<unknown>
  onPush: (message: Extract<FromCore, { type: 'event' | 'notify' | 'tray' }>) => void
  onLog: (line: Extract<FromCore, { type: 'log' }>) => void
}

interface Pending {
  settle: (result: Result<unknown>) => void
  timer: NodeJS.Timeout
}

const gone = (): Result<never> => ({
  ok: false,
  error: { ...new AppError('internal', 'the core stopped').toData(), retryable: true, details: { reason: 'core-stopped' } },
})

/** One core process: calls go in, answers come out, and every call settles, also when the process dies. */
export class CoreLink {
  private readonly process: CoreProcess
  private readonly hooks: CoreHooks
  private readonly pending = new Map<number, Pending>()
  private count = 0
  private ended = false
  private onEnded: (() => void)[] = []

  constructor(process: CoreProcess, hooks: CoreHooks) {
    this.process = process
    this.hooks = hooks
    process.on('message', (message) => this.receive(message))
    process.on('exit', (code) => this.end(code))
  }

  start(message: CoreStart): void {
    this.process.postMessage(message)
  }
  call(target: { domain: string; name: string; timeoutMs: number }, input: unknown): Promise<Result<unknown>> {
    if (this.ended) return Promise.resolve(gone())
    const id = ++this.count
    return new Promise((settle) => {
      const late = () =>
        this.settle(id, { ok: false, error: new AppError('timeout', `${target.domain}.${target.name} took too long`).toData() })
      this.pending.set(id, { settle, timer: setTimeout(late, target.timeoutMs) })
      this.process.postMessage({ type: 'call', id, domain: target.domain, name: target.name, input })
    })
  }
  /** Calls that no page can name. */
  async internal<N extends keyof InternalCalls>(name: N, input: InternalCalls[N]['input']): Promise<InternalCalls[N]['output']> {
    const result = await this.call({ domain: INTERNAL_DOMAIN, name, timeoutMs: 300_000 }, input)
    if (!result.ok) throw new AppError(result.error.code, result.error.message, result.error.details)
    return result.value as InternalCalls[N]['output']
  }
  tell(message: Extract<ToCore, { type: 'power' }>): void {
    if (!this.ended) this.process.postMessage(message)
  }
  /** Asks it to stop, and ends it when it takes too long. */
  async stop(patienceMs: number): Promise<void> {
    if (this.ended) return
    this.process.postMessage({ type: 'stop' })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.process.kill()
        resolve()
      }, patienceMs)
      this.onEnded.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  private receive(message: FromCore): void {
    switch (message.type) {
      case 'ready':
        return this.hooks.onReady()
      case 'failed':
        return this.hooks.onFailed(message.error)
      case 'answer':
        return this.settle(message.id, message.result)
      case 'ask':
        return void this.answer(message.id, this.hooks.onAsk(message.name, message.input))
      case 'log':
        return this.hooks.onLog(message)
      default:
        return this.hooks.onPush(message)
    }
  }
  private async answer(id: number, asked: Promise<unknown>): Promise<void> {
    const result = await asked.then(
      (value): Result<unknown> => ({ ok: true, value }),
      (error: unknown): Result<unknown> => ({ ok: false, error: AppError.from(error).toData() }),
    )
    if (!this.ended) this.process.postMessage({ type: 'answer', id, result })
  }
  private settle(id: number, result: Result<unknown>): void {
    const one = this.pending.get(id)
    this.pending.delete(id)
    clearTimeout(one?.timer)
    one?.settle(result)
  }
  private end(code: number): void {
    this.ended = true
    for (const id of [...this.pending.keys()]) this.settle(id, gone())
    for (const ended of this.onEnded) ended()
    this.hooks.onExit(code)
  }
}
