import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { calls, channelOf, eventChannelOf, events } from '@shared/ipc/channels'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** The preload as the build makes it: one file, and nothing to load at run time but Electron. */
const bundled = async (): Promise<string> => {
  const ready = join(repository, 'out', 'preload', 'preload.cjs')
  if (existsSync(ready)) return readFileSync(ready, 'utf8')
  const rollupOptions = { input: join(repository, 'electron', 'preload.ts'), external: ['electron'], output: { format: 'cjs' as const } }
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@shared': join(repository, 'shared') } },
    build: { ssr: true, write: false, rollupOptions },
  })
  const [output] = [made].flat() as { output: { code: string }[] }[]
  return output?.output[0]?.code ?? ''
}

interface Bridge {
  on: (event: string, listener: (payload: unknown) => void) => () => void
}

const run = async () => {
  const exposed: Record<string, unknown> = {}
  const invoked: unknown[][] = []
  const listeners = new Map<string, (event: unknown, payload: unknown) => void>()
  const required: string[] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => void (exposed[key] = api) },
    ipcRenderer: {
      invoke: (...args: unknown[]) => Promise.resolve(invoked.push(args)),
      on: (channel: string, listener: (event: unknown, payload: unknown) => void) => void listeners.set(channel, listener),
      removeListener: (channel: string) => void listeners.delete(channel),
    },
  }
  const require = (name: string) => {
    required.push(name)
    return electron
  }
  runInNewContext(await bundled(), { require, module: { exports: {} }, exports: {} })
  return { exposed, invoked, listeners, required }
}

describe('the preload', () => {
  it('needs nothing but electron', async () => {
    const { required } = await run()
    expect(required).toEqual(['electron'])
    expect(await bundled()).not.toMatch(/\bimport\s*\(|from ['"]|process\.env|\beval\b/)
  })

  it('exposes one object: the calls of the contract, and a way to hear its events', async () => {
    const { exposed } = await run()
    expect(Object.keys(exposed)).toEqual(['api'])
    const { on, ...domains } = exposed['api'] as Record<string, Record<string, unknown>>
    expect(typeof on).toBe('function')
    expect(Object.fromEntries(Object.entries(domains).map(([domain, names]) => [domain, Object.keys(names)]))).toEqual(calls)
  })

  it('calls only its own channels, with one argument', async () => {
    const { exposed, invoked } = await run()
    const { on: _on, ...domains } = exposed['api'] as Record<string, Record<string, (...args: unknown[]) => unknown>>
    for (const names of Object.values(domains)) for (const call of Object.values(names)) call({ a: 1 }, 'call:other', 'more')
    const channels = Object.entries(calls).flatMap(([domain, names]) => names.map((name) => channelOf(domain, name)))
    expect(invoked).toEqual(channels.map((channel) => [channel, { a: 1 }]))
  })

  it('hears only its own events, without the sender, until it is told to stop', async () => {
    const { exposed, listeners } = await run()
    const { on } = exposed['api'] as Bridge
    expect(() => on('call:shell.quit', () => undefined)).toThrow('no such event')
    for (const event of events) {
      const heard: unknown[][] = []
      const off = on(event, (...args: unknown[]) => void heard.push(args))
      listeners.get(eventChannelOf(event))?.({ sender: 'ipcRenderer' }, 'payload')
      expect(heard).toEqual([['payload']])
      off()
      expect(listeners.has(eventChannelOf(event))).toBe(false)
    }
  })
})
