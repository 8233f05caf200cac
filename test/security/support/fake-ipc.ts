import fc from 'fast-check'
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import type { Call, Result } from '@shared/ipc/call'
import { calls, channelOf } from '@shared/ipc/channels'
import { contract } from '@shared/ipc/contract'
import { faultNumbers } from '@shared/fault-numbers'
import { createRouter, type RouterOptions } from '../../../electron/core/features/router'
import { createFaults } from '../../../electron/core/log'
import { answering, type AnsweringSetup } from '../../../electron/ipc/answering'
import { isTrustedSender, registerCalls } from '../../../electron/ipc/registrar'
import { isAppUrl } from '../../../electron/shell/addresses'

type Handler = Parameters<IpcMain['handle']>[1]
export type FakeFrame = { url: string; parent: unknown }

export const channels = Object.entries(calls).flatMap(([domain, names]) =>
  names.map((name) => ({ domain, name, channel: channelOf(domain, name) })),
)
const table = contract as unknown as Record<string, Record<string, Call>>

/** The core's own checks in front of handlers that all break. */
const faultyCore = createRouter({
  handlers: Object.fromEntries(
    Object.entries(calls).map(([domain, names]) => [
      domain,
      Object.fromEntries(names.map((name) => [name, () => Promise.reject(new Error('a fault inside'))])),
    ]),
  ) as unknown as RouterOptions['handlers'],
  internal: {} as RouterOptions['internal'],
  activity: { record: () => undefined } as unknown as RouterOptions['activity'],
  tell: createFaults(() => undefined, 'core'),
})

/** `ipcMain` without Electron: remembers the handlers, and lets a test be the page. */
export class FakeIpc {
  readonly handlers = new Map<string, Handler>()
  readonly frame: FakeFrame = { url: 'app://console/', parent: null }
  readonly contents = { mainFrame: this.frame } as unknown as WebContents
  readonly logged: string[] = []
  calledCore = 0

  constructor(more: Partial<AnsweringSetup> = {}) {
    const answer = answering({
      isTrusted: (event) => isTrustedSender(event, { owns: (contents) => contents === this.contents, isAppUrl }),
      shellContract: table['shell'] ?? {},
      shellHandlers: Object.fromEntries(calls.shell.map((name) => [name, () => Promise.reject(new Error('a fault inside'))])),
      callCore: (domain, name, input) => {
        this.calledCore++
        return faultyCore(domain, name, input)
      },
      onCalled: () => undefined,
      log: (what) => void this.logged.push(what),
      faultNumber: faultNumbers('test'),
      ...more,
    })
    registerCalls({ handle: (channel, handler) => void this.handlers.set(channel, handler) }, () => Promise.resolve(answer))
  }
  invoke(channel: string, input: unknown, from: { frame?: unknown; contents?: unknown } = {}): Promise<Result<unknown>> {
    const handler = this.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    const event = { sender: from.contents ?? this.contents, senderFrame: 'frame' in from ? from.frame : this.frame }
    return handler(event as IpcMainInvokeEvent, input) as Promise<Result<unknown>>
  }
}

const strange = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 3,
})

/** Payloads for one call: half of them anything at all, half with the call's own field names and anything inside. */
export const payloadsFor = (domain: string, name: string): fc.Arbitrary<unknown> => {
  const shape = (table[domain]?.[name]?.input as { shape?: Record<string, unknown> } | undefined)?.shape ?? {}
  const known = Object.keys(shape)
  const field = fc.oneof(fc.string({ maxLength: 40 }), fc.integer(), fc.constant(null), fc.boolean(), strange)
  const alike = fc.record(Object.fromEntries([...known, '__proto__', 'constructor'].map((key) => [key, field])), { requiredKeys: [] })
  return fc.oneof(strange, alike)
}
