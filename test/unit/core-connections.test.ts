import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { definitionOf } from '../../electron/core/platforms/registry'
import { nextColor } from '../../electron/core/features/connections/colors'
import { parseBaseUrl } from '../../electron/core/platforms/base-url'
import { dataFolder, dropFolder, runCore } from '../support/core-running'

const draft = {
  platform: 'rustack' as const,
  name: '',
  baseUrl: 'https://cp.example.test',
  token: 'abc',
  utcOffsetMinutes: 0,
  billingOffsetMinutes: 180,
  caPem: null,
  clientCertPem: null,
  clientKeyPem: null,
  proxyUrl: null,
}

describe('what a person types', () => {
  it.each([
    ['https://cp.example.test/', 'https://cp.example.test'],
    ['cp.example.test', 'https://cp.example.test'],
    ['  https://cp.example.test:8443/clients?page=2 ', 'https://cp.example.test:8443'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000/x', 'http://localhost:4000'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s is taken as %s', (typed, url) => {
    expect(parseBaseUrl(typed)).toMatchObject({ ok: true, url })
  })

  it.each([
    ['', 'required'],
    ['http://cp.example.test', 'url-not-loopback'],
    ['http://127.0.0.1.example.test', 'url-not-loopback'],
    ['ftp://cp.example.test', 'url-scheme'],
    ['https://user:pass@cp.example.test', 'url-invalid'],
    ['https://', 'url-invalid'],
    ['https://a b', 'url-invalid'],
  ])('%s is refused as %s', (typed, problem) => {
    expect(parseBaseUrl(typed)).toEqual({ ok: false, problem })
  })

  it('is told field by field', () => {
    const wrong = { ...draft, baseUrl: 'http://x.test', token: 'два слова', caPem: 'nonsense', clientKeyPem: 'k', proxyUrl: 'nowhere' }
    expect(() => definitionOf('rustack').check(wrong)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        details: {
          fields: {
            baseUrl: 'url-not-loopback',
            token: 'token-invalid',
            caPem: 'pem-invalid',
            clientKeyPem: 'pem-invalid',
            clientCertPem: 'pair-needed',
            proxyUrl: 'url-invalid',
          },
        },
      }) as Error,
    )
  })

  it('gets the host as a name when there is none', () => {
    expect(definitionOf('rustack').check(draft).name).toBe('cp.example.test')
  })
})

it('gives each connection a colour of its own', () => {
  const given: string[] = []
  for (let count = 0; count < 8; count++) given.push(nextColor(given))
  expect(given[0]).toBe('#7a63d8')
  expect(new Set(given).size).toBe(8)
})

describe('a connection', () => {
  let platform: Platform
  let folder: string
  let run: ReturnType<typeof runCore>
  const query = { connectionId: null, view: 'all' as const, text: '', filters: [], sort: { by: 'name' as const, desc: false } }
  const list = () => run.call('clients', 'list', { query, offset: 0, limit: 200 })
  const synced = () =>
    run.until(async () => (await run.call('sync', 'status', {})).every((status) => status.complete && status.phase === 'idle'))
  const local = (): typeof draft => ({ ...draft, baseUrl: platform.url, token: platform.token })

  beforeEach(async () => {
    platform = await startPlatform({ clients: 8, pageSize: 100 })
    folder = dataFolder()
    run = runCore({ folder })
    await run.core.whenStarted
  })
  afterEach(async () => {
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  })

  it('is tested step by step, each step told as it goes', async () => {
    const report = await run.call('connections', 'test', { testId: 't', draft: local() })
    expect(report.ok).toBe(true)
    expect(report.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'address ok',
      'reach ok',
      'tls skipped',
      'clock ok',
      'token ok',
      'rights ok',
      'features ok',
    ])
    const told = run.events.filter(({ name }) => name === 'testStep').map(({ payload }) => (payload as { state: string }).state)
    expect(told.filter((state) => state === 'running')).toHaveLength(7)
    expect(await run.call('connections', 'list', {})).toEqual([])
  })

  it('fails its test at the step that is wrong, with the reason', async () => {
    const token = await run.call('connections', 'test', { testId: 't', draft: { ...local(), token: 'f'.repeat(40) } })
    expect(token.ok).toBe(false)
    expect(token.steps.at(-1)).toMatchObject({ step: 'token', state: 'failed', error: { code: 'unauthorized' } })
    // The refusal told the time all the same.
    expect(token.steps.at(-2)).toMatchObject({ step: 'clock', state: 'ok', facts: { skewMs: expect.any(Number) as number } })
    const port = await run.call('connections', 'test', { testId: 't', draft: { ...local(), baseUrl: 'http://127.0.0.1:9' } })
    expect(port.steps.at(-1)).toMatchObject({ step: 'reach', state: 'failed', error: { code: 'refused' } })
    const tls = await run.call('connections', 'test', {
      testId: 't',
      draft: { ...local(), baseUrl: platform.url.replace('http:', 'https:') },
    })
    expect(tls.steps.at(-1)).toMatchObject({ step: 'tls', state: 'failed', error: { code: 'tls' } })
  })

  it('keeps its token wrapped, and is not added twice', async () => {
    const row = await run.call('connections', 'add', local())
    expect(row).toMatchObject({ address: platform.url, demo: false, state: 'active' })
    expect(JSON.stringify(await run.call('connections', 'list', {}))).not.toContain(platform.token)
    await expect(run.call('connections', 'add', local())).rejects.toMatchObject({ details: { fields: { baseUrl: 'already-connected' } } })
  })

  it('survives a restart without the platform: the same figures, offline', async () => {
    await run.call('connections', 'add', local())
    await synced()
    const before = await list()
    await run.core.stop()
    await platform.close()
    run = runCore({ folder })
    await run.core.whenStarted
    const after = await list()
    expect(after.rows).toEqual(before.rows)
    expect(after.asOf).toEqual(before.asOf)
    await run.until(async () => (await run.call('sync', 'status', {})).every((status) => !status.online))
    platform = await startPlatform({ clients: 8, pageSize: 100 })
  })

  it('stops at a token that is no longer accepted, keeps what it has, and goes on with a new one', async () => {
    const { id } = await run.call('connections', 'add', local())
    await synced()
    await run.core.stop()
    await platform.close()
    let refuse = true
    const port = Number(new URL(platform.url).port)
    const server: Server = createServer((_request, response) => {
      response.writeHead(refuse ? 401 : 500, { 'Content-Type': 'application/json' }).end('{"detail":"no"}')
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    run = runCore({ folder })
    await run.until(async () => (await run.call('connections', 'list', {}))[0]?.state === 'token-rejected')
    expect((await list()).total).toBe(8)
    expect((await run.call('sync', 'status', {}))[0]).toMatchObject({ phase: 'stopped', error: { code: 'unauthorized' } })
    await expect(run.call('connections', 'setToken', { id, token: 'x' })).rejects.toMatchObject({ code: 'unauthorized' })
    refuse = false
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    platform = await startPlatform({ clients: 8, pageSize: 100, port })
    expect(await run.call('connections', 'setToken', { id, token: platform.token })).toMatchObject({ state: 'active' })
    await synced()
  })

  it('asks in the language in which it was connected, whatever the window speaks since', async () => {
    await run.call('connections', 'add', local())
    await synced()
    await run.call('preferences', 'set', { language: 'en' })
    await run.core.stop()
    await platform.close()
    const asked = new Set<string | undefined>()
    const server: Server = createServer((request, response) => {
      asked.add(request.headers['accept-language'])
      response.writeHead(500).end()
    })
    await new Promise<void>((resolve) => server.listen(Number(new URL(platform.url).port), '127.0.0.1', resolve))
    platform = await startPlatform({ clients: 1, pageSize: 100 })
    run = runCore({ folder, start: { systemLanguage: 'en' } })
    await run.until(() => Promise.resolve(asked.size > 0))
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect([...asked]).toEqual(['ru-ru'])
  })

  it('is forgotten whole, and only by its name', async () => {
    const { id, name } = await run.call('connections', 'add', local())
    await synced()
    await expect(run.call('connections', 'forget', { id, confirmName: 'other' })).rejects.toMatchObject({ code: 'invalid-input' })
    await run.call('connections', 'forget', { id, confirmName: name })
    expect(await run.call('connections', 'list', {})).toEqual([])
    expect((await list()).total).toBe(0)
    expect((await run.call('preferences', 'get', {})).connectionId).toBeNull()
  })

  it('obeys power: a pause on suspend, a sync at once on resume', async () => {
    await run.call('connections', 'add', local())
    await synced()
    run.core.power('suspend')
    expect((await run.call('sync', 'status', {}))[0]?.phase).toBe('paused')
    run.core.power('resume')
    await run.until(async () => (await run.call('sync', 'status', {}))[0]?.phase === 'idle')
  })

  it('named on the command line is connected to once', async () => {
    await run.core.stop()
    const connect = { baseUrl: platform.url, token: platform.token }
    for (let start = 0; start < 2; start++) {
      run = runCore({ folder, start: { connect, syncIntervalSeconds: 10, systemLanguage: 'en' } })
      await run.core.whenStarted
      expect(await run.call('connections', 'list', {})).toHaveLength(1)
      if (start === 0) await run.core.stop()
    }
    expect((await run.call('preferences', 'get', {})).language).toBe('ru')
  })
})

it('a workspace that keeps nothing asks for no place to keep secrets', async () => {
  const platform = await startPlatform({ clients: 3, pageSize: 100 })
  const run = runCore({ folder: '', start: { databaseKey: null }, answers: { wrapSecret: () => Promise.reject(new Error('no keyring')) } })
  await run.core.whenStarted
  await run.call('connections', 'add', { ...draft, baseUrl: platform.url, token: platform.token })
  expect(await run.call('connections', 'list', {})).toHaveLength(1)
  await run.core.stop()
  await platform.close()
})

it('a demo that does not start leaves a console that works', async () => {
  const run = runCore({ folder: '', start: { databaseKey: null, startDemo: true } })
  await run.core.whenStarted
  expect(run.broken).toEqual([])
  expect(run.events.filter(({ name }) => name === 'demo').at(-1)?.payload).toEqual({ progress: null })
  await run.core.stop()
})
