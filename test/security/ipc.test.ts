import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultOf } from '@shared/ipc/call'
import { z } from 'zod'
import { channels, FakeIpc, payloadsFor } from './support/fake-ipc'

const PAYLOADS = 1000
const envelope = resultOf(z.unknown())

describe('the channels', () => {
  it('are exactly those of the contract', () => {
    expect([...new FakeIpc().handlers.keys()].sort()).toEqual(channels.map(({ channel }) => channel).sort())
  })

  it('know no other name, inherited ones included', () => {
    const ipc = new FakeIpc()
    for (const name of ['call:shell.constructor', 'call:__proto__.toString', 'call:clients.nothing', 'event:changed', '']) {
      expect(ipc.handlers.has(name)).toBe(false)
    }
  })

  it.each(channels)('$channel takes a thousand random payloads and gives an envelope to each', async ({ domain, name, channel }) => {
    const ipc = new FakeIpc()
    for (const payload of fc.sample(payloadsFor(domain, name), { numRuns: PAYLOADS, seed: 20_260_101 })) {
      const result = await ipc.invoke(channel, payload)
      expect(envelope.safeParse(result).success).toBe(true)
      if (!result.ok) expect(JSON.stringify(result.error)).not.toContain('a fault inside')
    }
  })

  it('refuse what is larger than a message may be, and what is no message', async () => {
    const ipc = new FakeIpc()
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    for (const input of [{ text: 'x'.repeat(300 * 1024) }, loop, { text: 1n }]) {
      expect(await ipc.invoke('call:shell.copyText', input)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    }
    expect(ipc.calledCore).toBe(0)
  })

  it('give out nothing that the contract does not say', async () => {
    const secret = { state: 'ready', language: 'ru', theme: 'system', key: 'secret' }
    const shellHandlers = { workspace: () => secret, info: () => ({ key: 'secret' }) }
    const ipc = new FakeIpc({ shellHandlers })
    expect(await ipc.invoke('call:shell.workspace', {})).toEqual({ ok: true, value: { state: 'ready', language: 'ru', theme: 'system' } })
    const broken = await ipc.invoke('call:shell.info', {})
    expect(broken).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(broken)).not.toContain('secret')
  })

  it('pass on what the core has checked, unless it is larger than a message may be', async () => {
    const value = { text: 'x'.repeat(300 * 1024) }
    const ipc = new FakeIpc({ callCore: () => Promise.resolve({ ok: true, value }) })
    expect(await ipc.invoke('call:alerts.counts', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  it('settle when the core throws, and hide why', async () => {
    const ipc = new FakeIpc({ callCore: () => Promise.reject(new Error('/home/person/secret path')) })
    const result = await ipc.invoke('call:alerts.counts', {})
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('/home')
    expect(ipc.logged).toEqual(['fault 1-test in alerts.counts'])
    expect(result).toMatchObject({ error: { details: { number: '1-test' } } })
  })
})

describe('a stranger', () => {
  const ipc = new FakeIpc()
  const refused = { ok: false, error: { code: 'forbidden' } }
  const main = ipc.frame
  const strangers: [string, { frame?: unknown; contents?: unknown }][] = [
    ['another window', { contents: { mainFrame: main } }],
    ['a frame inside the page', { frame: { url: 'app://console/', parent: main } }],
    ['a frame that is gone', { frame: null }],
    ['another main frame', { frame: { url: 'app://console/', parent: null } }],
  ]
  it.each(strangers)('%s is refused on every channel', async (_who, from) => {
    for (const { channel } of channels) expect(await ipc.invoke(channel, {}, from)).toMatchObject(refused)
    expect(ipc.calledCore).toBe(0)
  })

  const addresses = [
    'https://console/',
    'app://console.evil/',
    'app://evil/',
    'app://user@console/',
    'file:///console/',
    'about:blank',
    'data:text/html,x',
    '',
  ]
  it.each(addresses)('our own frame showing %j is refused', async (url) => {
    const moved = new FakeIpc()
    moved.frame.url = url
    expect(await moved.invoke('call:preferences.get', {})).toMatchObject(refused)
  })
})
