import { AppError, type AppErrorData } from '@shared/errors'
import type { Result } from '@shared/ipc/call'
import { RECOVERY_DOMAIN, type CoreStart, type RecoveryCalls } from '@shared/ipc/host-protocol'
import { CoreLink, type CoreHooks, type CoreProcess } from './core-link'
import type { WorkspaceState } from '@shared/ipc/shell'

interface Setup {
  fork: () => CoreProcess
  /** What a core is started with; a restarted one gets no first-start wishes. */
  start: (isRestart: boolean) => Promise<CoreStart>
  onReady: (isRestart: boolean) => void
  /** @param wasOpen There are pages that have seen it work. */
  onFailed: (error: AppErrorData, wasOpen: boolean) => void
  onAsk: CoreHooks['onAsk']
  onPush: CoreHooks['onPush']
  onLog: CoreHooks['onLog']
  log: (what: string, details?: unknown) => void
  now: () => number
}

const delaysMs = [300, 2000, 8000, 30_000] as const
const STABLE_MS = 60_000
const CALL_LIMIT_MS = 120_000
/** These wait for a platform or seed one. */
const slowCalls = new Set(['connections.startDemo', 'connections.test', 'connections.add'])
const SLOW_LIMIT_MS = 600_000
const STOP_PATIENCE_MS = 3000

/** Keeps a core running: calls wait while it starts, and one that dies is started again, later each time. */
export class CoreSupervisor {
  private readonly setup: Setup
  private link: CoreLink | null = null
  private ready = promised()
  private failure: AppErrorData | null = null
  private fate = Promise.withResolvers<AppErrorData | null>()
  private wasOpen = false
  private stopping = false
  private crashes = 0
  private startedAt = 0

  constructor(setup: Setup) {
    this.setup = setup
  }

  async launch(isRestart = false): Promise<void> {
    const process = this.setup.fork()
    this.startedAt = this.setup.now()
    const link = new CoreLink(process, {
      onReady: () => this.becameReady(link, isRestart),
      onFailed: (error) => this.failed(error),
      onExit: (code) => this.exited(code),
      onAsk: this.setup.onAsk,
      onPush: this.setup.onPush,
      onLog: this.setup.onLog,
    })
    this.link = link
    link.start(await this.setup.start(isRestart))
  }

  async call(domain: string, name: string, input: unknown): Promise<Result<unknown>> {
    const timeoutMs = slowCalls.has(`${domain}.${name}`) ? SLOW_LIMIT_MS : CALL_LIMIT_MS
    const link = await this.whenReady(timeoutMs)
    return 'code' in link ? { ok: false, error: link } : link.call({ domain, name, timeoutMs }, input)
  }
  /** Ends when the core has opened its store (null), or has said why it cannot. */
  trouble(): Promise<AppErrorData | null> {
    return this.fate.promise
  }
  /** Asks a core whose store does not open. Whatever is decided, it tries to open it again. */
  async recovery<N extends keyof RecoveryCalls>(name: N, input: RecoveryCalls[N]['input']): Promise<RecoveryCalls[N]['output']> {
    if (name === 'take') this.fate = Promise.withResolvers()
    const result = await this.link?.call({ domain: RECOVERY_DOMAIN, name, timeoutMs: CALL_LIMIT_MS }, input)
    if (!result?.ok && name === 'take') this.fate.resolve(this.failure)
    if (result?.ok) return result.value as RecoveryCalls[N]['output']
    throw new AppError(result?.error.code ?? 'internal', result?.error.message ?? 'there is no core', result?.error.details)
  }
  internal: CoreLink['internal'] = async (name, input) => {
    const link = await this.whenReady(CALL_LIMIT_MS)
    if ('code' in link) throw new AppError(link.code, link.message, link.details)
    return link.internal(name, input)
  }
  power(state: 'suspend' | 'resume' | 'lock' | 'unlock'): void {
    this.link?.tell({ type: 'power', state })
  }
  async stop(): Promise<void> {
    this.stopping = true
    await this.link?.stop(STOP_PATIENCE_MS)
  }

  private async whenReady(limitMs: number): Promise<CoreLink | AppErrorData> {
    const { promise, resolve } = Promise.withResolvers<AppErrorData>()
    const timer = setTimeout(() => resolve(new AppError('timeout', 'the core did not start in time').toData()), limitMs)
    const first = await Promise.race([this.ready.promise, promise]).catch(
      () => this.failure ?? new AppError('internal', 'the core did not start').toData(),
    )
    clearTimeout(timer)
    return first
  }
  private becameReady(link: CoreLink, isRestart: boolean): void {
    this.failure = null
    this.wasOpen = true
    this.ready.resolve(link)
    this.fate.resolve(null)
    this.setup.onReady(isRestart)
  }
  /** It says itself why it cannot work: trying again would not help, and nothing is hidden. */
  private failed(error: AppErrorData): void {
    this.failure = error
    // Where a person can decide about it, those who wait go on waiting.
    if (troubleOf(error) === null) this.ready.reject(new Error(error.message))
    this.fate.resolve(error)
    this.setup.log('the core cannot start', error)
    this.setup.onFailed(error, this.wasOpen)
  }
  private exited(code: number): void {
    if (this.stopping || this.failure !== null) return
    const lived = this.setup.now() - this.startedAt
    this.crashes = lived > STABLE_MS ? 0 : this.crashes
    const delay = delaysMs[Math.min(this.crashes++, delaysMs.length - 1)] ?? 30_000
    this.setup.log(`the core ended by itself (${code}), starting it again in ${delay} ms`)
    this.renewReady()
    this.fate = Promise.withResolvers()
    setTimeout(
      () => this.stopping || void this.launch(true).catch((error: unknown) => this.setup.log('the core cannot be started', error)),
      delay,
    )
  }
  /** Those who wait keep waiting for the next one: only a promise that was already kept is replaced. */
  private renewReady(): void {
    const { resolve, reject } = this.ready
    this.ready = promised()
    this.ready.promise.then(resolve, reject)
  }
}

/** A core to come. That it never comes is told to those who ask, and is no fault where nobody does. */
const promised = (): PromiseWithResolvers<CoreLink> => {
  const one = Promise.withResolvers<CoreLink>()
  one.promise.catch(() => undefined)
  return one
}

/** What a person can decide about: the store's own file is damaged or gone. Everything else that stops a start is only told. */
export const troubleOf = (error: AppErrorData | null): Extract<WorkspaceState, 'store-damaged' | 'store-missing'> | null => {
  if (error?.code !== 'storage') return null
  const { reason, file } = error.details
  if (reason === 'missing') return 'store-missing'
  const isLocal = typeof file === 'string' && file.endsWith('local.db')
  return isLocal && (reason === 'damaged' || reason === 'wrong-key-or-damaged') ? 'store-damaged' : null
}
