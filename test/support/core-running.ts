import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { CallName, EventName } from '../../shared/ipc/channels'
import { contract, type Contract, type Input, type Output } from '../../shared/ipc/contract'
import type { Call } from '../../shared/ipc/call'
import type { AlertNotification, Asks, AskName, CoreStart, TrayState } from '../../shared/ipc/host-protocol'
import { systemClock, type Clock } from '../../electron/core/clock'
import { createCore } from '../../electron/core/core'
import { createFaults, describe, type Log } from '../../electron/core/log'
import { adaptersBy, syncsBy } from '../../electron/core/factories'
import type { TaskRunner } from '../../electron/core/store/tasks/tasks'
import { eventPayloads } from '../../shared/ipc/events'
import { sourceWorker } from './source-worker'

type CoreDomain = Exclude<keyof Contract, 'shell'>

export const dataFolder = (): string => mkdtempSync(join(tmpdir(), 'console-core-'))
export const dropFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}

export interface RunOptions {
  folder: string
  start?: Partial<CoreStart>
  answers?: Partial<{ [N in AskName]: (input: Asks[N]['input']) => Promise<Asks[N]['output']> | Asks[N]['output'] }>
  settleMs?: number
  /** What takes long on the files; without it, on this thread. */
  tasks?: TaskRunner
  /** Time that the test owns, for the core and everything in it. */
  clock?: Clock
  createWorker?: () => Worker
}

/** The core in this very process, over real files and real HTTP; the shell's part is played here. */
export const runCore = ({ folder, start, answers = {}, settleMs, tasks, clock = systemClock, createWorker = sourceWorker }: RunOptions) => {
  const events: { name: EventName; payload: unknown }[] = []
  const notified: AlertNotification[] = []
  const tray: TrayState[] = []
  const broken: unknown[] = []
  const logged: string[] = []
  const said: string[] = []
  const log: Log = (what, error) => logged.push(`${what} ${describe(error)}`)
  const standard: { [N in AskName]: (input: Asks[N]['input']) => Promise<Asks[N]['output']> | Asks[N]['output'] } = {
    wrapSecret: ({ plain }) => ({ wrapped: Buffer.from(plain).toString('hex') }),
    unwrapSecret: ({ wrapped }) => ({ plain: Buffer.from(wrapped, 'hex').toString() }),
    startDemo: () => Promise.reject(new Error('no demo in this test')),
    stopDemo: () => ({}),
    resolveProxy: () => ({ pac: 'DIRECT' }),
    say: ({ line }) => {
      said.push(line)
      return {}
    },
    ...answers,
  }
  const core = createCore({
    start: {
      type: 'start',
      dataFolder: folder,
      databaseKey: 'ab'.repeat(32),
      appVersion: '0.0.0',
      systemLanguage: 'ru',
      syncIntervalSeconds: null,
      startDemo: false,
      connect: null,
      ...start,
    },
    ask: async (name, input) => standard[name](input),
    emit: (name, payload) => {
      eventPayloads[name].parse(payload)
      events.push({ name, payload })
    },
    notify: (notification) => notified.push(notification),
    tray: (state) => tray.push(state),
    clock,
    random: Math.random,
    log,
    tell: createFaults(log, 'test'),
    createAdapter: adaptersBy(clock),
    createSync: syncsBy(clock),
    createWorker,
    onBroken: (error) => broken.push(error),
    ...(tasks === undefined ? {} : { tasks }),
    ...(settleMs === undefined ? {} : { settleMs }),
  })
  /** Calls as a page would, and holds the answer to the contract's output schema. */
  const call = async <D extends CoreDomain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): Promise<Output<D, N>> => {
    const result = await core.call(domain, name, input)
    if (!result.ok) throw Object.assign(new Error(`${domain}.${name}: ${result.error.code} ${result.error.message}`), result.error)
    const { output } = (contract as unknown as Record<string, Record<string, Call>>)[domain]?.[name] as Call
    return output.parse(result.value) as Output<D, N>
  }
  const until = async <T>(what: () => Promise<T | null | false>, ms = 20_000): Promise<T> => {
    for (const end = Date.now() + ms; Date.now() < end;) {
      const found = await what()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`not within ${String(ms)} ms: ${what.toString().slice(0, 200)}`)
  }
  return { core, events, notified, tray, broken, logged, said, call, until }
}
