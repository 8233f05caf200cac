import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, LookupFunction } from 'node:net'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { createTransport, type HttpRequest, type Transport, type TransportSettings } from '../../electron/core/platforms/http'
import { platformAddress } from '../../electron/core/platforms/http-address'
import { proxyFor, proxyOfPac } from '../../electron/core/platforms/http-agents'
import { retryAfterMs } from '../../electron/core/platforms/http-errors'
import { rustackErrors } from '../../electron/core/platforms/rustack/errors'
import { certificatePem, keyPem } from '../support/loopback-certificate'
import { headersFor, settingsFor } from '../support/synced-console'

const TOKEN = 'c0ffee'.repeat(6) + 'abcd'
const servers: Server[] = []
const transports: Transport[] = []
afterEach(() => {
  for (const transport of transports.splice(0)) transport.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
const listen = async (server: Server, scheme = 'http'): Promise<string> => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `${scheme}://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}
const serving = (handler: RequestListener): Promise<string> => listen(createServer(handler))
const answering = (status: number, body: string, headers: Record<string, string> = {}): Promise<string> =>
  serving((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
const transportTo = (url: string, settings: Partial<TransportSettings> = {}): Transport => {
  const clock = { now: () => Date.parse('2026-03-01T00:00:00Z') }
  const made = createTransport({
    settings: settingsFor(url, settings),
    headers: headersFor(TOKEN),
    errors: rustackErrors,
    clock,
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
  transports.push(made)
  return made
}
const ask = (transport: Transport, more: Partial<HttpRequest> = {}) =>
  transport.send({ method: 'GET', path: '/v1/client', signal: new AbortController().signal, ...more })
const failure = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing thrown')
}

describe('an answer', () => {
  it('is read with the platform’s own time, and the token travels in its header only', async () => {
    const seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []
    const url = await serving((request, response) => {
      seen.push({ url: request.url ?? '', headers: request.headers })
      response.setHeader('date', 'Sun, 01 Mar 2026 10:00:00 GMT')
      response.end('{"items":[]}')
    })
    const answer = await ask(transportTo(`${url}/`), { query: { page: '2', sort: 'ctime' } })
    expect(answer).toMatchObject({ status: 200, json: { items: [] }, at: Date.parse('2026-03-01T10:00:00Z'), dated: true })
    expect(seen[0]?.url).toBe('/v1/client?page=2&sort=ctime')
    expect(seen[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'accept-language': 'ru-ru' })
  })

  const locked = '{"non_field_errors":["Объект заблокирован"],"error_alias":["object_locked"],"details":[]}'
  const limit = '{"non_field_errors":["Превышен лимит"],"error_alias":["limit_exceeded"],"details":[{"type":"vm"}]}'
  it.each([
    [401, '{"detail":"Неверный токен"}', 'unauthorized', { texts: ['Неверный токен'] }],
    [403, '{"detail":"Нет прав"}', 'forbidden', {}],
    [404, '{"detail":"Not found."}', 'not-found', {}],
    [405, '{}', 'not-offered', {}],
    [400, '{"text":["Обязательное поле."]}', 'rejected', { fields: { text: ['Обязательное поле.'] } }],
    [409, locked, 'locked', { alias: 'object_locked' }],
    [409, '{}', 'locked', { alias: null }],
    [409, limit, 'rejected', { alias: 'limit_exceeded', texts: ['Превышен лимит'] }],
    [408, '{}', 'timeout', { status: 408 }],
    [423, '{"detail":"Занято"}', 'locked', { texts: ['Занято'] }],
    [425, '{}', 'rate-limited', { status: 425 }],
    [500, '<html>500</html>', 'platform-error', { status: 500 }],
    [503, '', 'platform-error', { status: 503 }],
    [200, '<html>hello</html>', 'bad-answer', {}],
    [200, '{"items":[{"id"', 'bad-answer', {}],
  ] as const)('%i %s is %s', async (status, body, code, details) => {
    const error = await failure(ask(transportTo(await answering(status, body))))
    expect(error.code).toBe(code)
    expect(error.details).toMatchObject(details)
  })

  it('that refuses with a book is kept as a page of it', async () => {
    const long = 'Ж'.repeat(300_000)
    const body = { non_field_errors: Array(50).fill(long), detail: long, text: Array(50).fill(long), error_alias: [long], details: [long] }
    for (const status of [400, 409]) {
      const error = await failure(ask(transportTo(await answering(status, JSON.stringify(body)))))
      expect(error.code).toBe('rejected')
      expect(JSON.stringify(error.toData()).length).toBeLessThan(60_000)
      expect((error.details['texts'] as string[])[0]).toHaveLength(1_000)
    }
  })

  it('without a body is fine', async () => {
    expect((await ask(transportTo(await answering(204, '')), { method: 'DELETE' })).json).toBeNull()
  })

  it('that says when to come again is obeyed, in seconds or as a date', async () => {
    const error = await failure(ask(transportTo(await answering(429, '{}', { 'retry-after': '7' }))))
    expect(error).toMatchObject({ code: 'rate-limited', details: { retryAfterMs: 7000 } })
    expect(retryAfterMs('Sun, 01 Mar 2026 00:00:05 GMT', Date.parse('2026-03-01T00:00:00Z'))).toBe(5000)
    expect([retryAfterMs('soon', 0), retryAfterMs('', 0), retryAfterMs('-1', 0)].every((wait) => wait === null || wait >= 0)).toBe(true)
  })

  it('that sends elsewhere is not followed: the token stays at its own address', async () => {
    let visited = 0
    const elsewhere = await serving((_request, response) => {
      visited++
      response.end('{}')
    })
    const error = await failure(ask(transportTo(await answering(302, '', { location: `${elsewhere}/v1/client` }))))
    expect(error.code).toBe('bad-answer')
    expect(visited).toBe(0)
  })
})

describe('no answer', () => {
  it('is told apart: refused, cut, late, stopped, unknown host', async () => {
    expect((await failure(ask(transportTo('http://127.0.0.1:9')))).code).toBe('refused')
    const cutting = await serving((request) => request.socket.destroy())
    expect((await failure(ask(transportTo(cutting)))).code).toBe('offline')
    const silent = await serving(() => undefined)
    expect((await failure(ask(transportTo(silent), { timeoutMs: 60 }))).code).toBe('timeout')
    const controller = new AbortController()
    const stopped = failure(ask(transportTo(silent), { signal: controller.signal }))
    controller.abort()
    expect((await stopped).code).toBe('cancelled')
    expect((await failure(ask(transportTo('https://no-such-host.invalid')))).code).toBe('dns')
  })

  it('never carries the token, however deep one looks', async () => {
    const cutting = await serving((request) => request.socket.destroy())
    for (const url of [cutting, 'http://127.0.0.1:9', await answering(500, '{}'), await answering(401, '{}')]) {
      const error = await failure(ask(transportTo(url)))
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN)
      expect(JSON.stringify(error.toData())).not.toContain(TOKEN)
    }
  })
})

describe('TLS', () => {
  const secure = (more: object = {}): Promise<string> =>
    listen(
      createTlsServer({ key: keyPem, cert: certificatePem, ...more }, (_request, response) => void response.end('{"ok":true}')),
      'https',
    )

  it('refuses an unknown certificate and says why; the connection’s own CA makes it good', async () => {
    const url = await secure()
    const error = await failure(ask(transportTo(url)))
    expect(error).toMatchObject({ code: 'tls', details: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
    expect((await ask(transportTo(url, { caPem: certificatePem }))).json).toEqual({ ok: true })
  })

  it('shows the client certificate where a deployment wants one', async () => {
    const url = await secure({ requestCert: true, rejectUnauthorized: true, ca: certificatePem })
    expect(['tls', 'offline']).toContain((await failure(ask(transportTo(url, { caPem: certificatePem })))).code)
    const own = { caPem: certificatePem, clientCertPem: certificatePem, clientKeyPem: keyPem }
    expect((await ask(transportTo(url, own))).json).toEqual({ ok: true })
  })

  it('cannot be switched off by the environment of a careless machine', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect((await failure(ask(transportTo(await secure())))).code).toBe('tls')
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })

  it('cannot use a certificate that is none', async () => {
    expect(
      (await failure(ask(transportTo('https://127.0.0.1:9', { caPem: 'nonsense', clientCertPem: 'x', clientKeyPem: 'y' })))).code,
    ).toBe('tls')
  })
})

describe('a host that is not this computer', () => {
  /** Every name is this computer here, so that what is never done on loopback is done. */
  const elsewhere: LookupFunction = (_host, options, found) => {
    if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }])
    else found(null, '127.0.0.1', 4)
  }
  const transportBehindProxy = (url: string, resolveProxy: () => Promise<string> = () => Promise.resolve('DIRECT')): Transport => {
    const settings = settingsFor(`https://far.example:${new URL(url).port}`, { caPem: certificatePem, proxyUrl: null })
    const made = createTransport({
      settings,
      headers: headersFor(TOKEN),
      errors: rustackErrors,
      clock: { now: () => 0 },
      resolveProxy,
      lookup: elsewhere,
    })
    transports.push(made)
    return made
  }
  const secure = (handler: RequestListener): Promise<string> =>
    listen(createTlsServer({ key: keyPem, cert: certificatePem }, handler), 'https')
  /** `/slow` waits to be let go, `/cut` is cut, `/never` is not answered. */
  const serving = async () => {
    let letGo: () => void = () => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    let arrived: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (arrived = resolve))
    const url = await secure((request, response) => {
      if (request.url === '/cut') return void request.socket.destroy()
      if (request.url === '/never') return
      if (request.url !== '/slow') return void response.end('{"ok":true}')
      arrived()
      void held.then(() => response.end('{"slow":true}'))
    })
    return { url, letGo, slow }
  }

  it.each([
    ['is cut', '/cut', {}],
    ['gets no answer in time', '/never', { timeoutMs: 60 }],
  ])('a request that %s leaves the others on their way alone', async (_what, path, more) => {
    const { url, letGo, slow } = await serving()
    const transport = transportBehindProxy(url)
    const under = ask(transport, { path: '/slow' })
    await slow
    expect(['offline', 'timeout']).toContain((await failure(ask(transport, { path, ...more }))).code)
    letGo()
    expect((await under).json).toEqual({ slow: true })
    expect((await ask(transport)).json).toEqual({ ok: true })
  })

  it('a transport that is closed lets the request under way end, and keeps no socket after it', async () => {
    const { url, letGo, slow } = await serving()
    const transport = transportBehindProxy(url)
    await ask(transport)
    const under = ask(transport, { path: '/slow' })
    await slow
    transport.close()
    letGo()
    expect((await under).json).toEqual({ slow: true })
    const server = servers.at(-1) as Server
    await expect
      .poll(
        () =>
          new Promise<number>((resolve) =>
            server.getConnections((_error, count) => {
              resolve(count)
            }),
          ),
      )
      .toBe(0)
  })

  it('the system’s proxy is asked for again once it gave no way, not before', async () => {
    const url = await secure((_request, response) => void response.end('{"ok":true}'))
    const answers = ['PROXY 127.0.0.1:9', 'DIRECT']
    let asked = 0
    const transport = transportBehindProxy(url, () => Promise.resolve(answers[Math.min(asked++, 1)] ?? ''))
    expect((await failure(ask(transport))).code).toBe('refused')
    for (let count = 0; count < 3; count++) expect((await ask(transport)).json).toEqual({ ok: true })
    expect(asked).toBe(2)
  })

  it('a system that cannot name its proxy now is asked again with the next request', async () => {
    const url = await secure((_request, response) => void response.end('{"ok":true}'))
    let asked = 0
    const transport = transportBehindProxy(url, () => (asked++ === 0 ? Promise.reject(new Error('not now')) : Promise.resolve('DIRECT')))
    await expect(ask(transport)).rejects.toThrow('not now')
    expect((await ask(transport)).json).toEqual({ ok: true })
  })
})

describe('addresses and proxies', () => {
  it('plain http goes to this machine only', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost', 'http://[::1]:3']) expect(platformAddress(url).loopback).toBe(true)
    expect(platformAddress('https://cp.example.ru///').base).toBe('https://cp.example.ru')
    for (const url of ['http://cp.example.ru', 'http://127.0.0.1.evil.example', 'ftp://localhost', 'https://a:b@cp.example.ru', 'x'])
      expect(() => platformAddress(url), url).toThrow(AppError)
  })

  it('reads the system’s proxy, and takes none for anything else', () => {
    expect(proxyOfPac('PROXY proxy.example:3128; DIRECT')).toBe('http://proxy.example:3128')
    expect(proxyOfPac('HTTPS proxy.example:443')).toBe('https://proxy.example:443')
    expect([proxyOfPac('DIRECT'), proxyOfPac(''), proxyOfPac('SOCKS5 x:1')]).toEqual([null, null, null])
  })

  it.each([
    ['https://cp.example', null, 'http://system.example:3128'],
    ['https://cp.example', '', null],
    ['https://cp.example', 'http://own.example:8080', 'http://own.example:8080'],
    ['https://127.0.0.1:4000', 'http://own.example:8080', null],
    ['https://[::1]:4000', 'http://own.example:8080', null],
    ['https://panel.localhost:4000', 'http://own.example:8080', null],
  ])('%s with the setting %j goes through %j', async (baseUrl, proxyUrl, through) => {
    expect(await proxyFor({ baseUrl, proxyUrl }, () => Promise.resolve('PROXY system.example:3128'))).toBe(through)
  })

  it('goes through the proxy of the connection with its own CA, by CONNECT', async () => {
    const target = await listen(
      createTlsServer({ key: keyPem, cert: certificatePem }, (_request, response) => void response.end('{"far":true}')),
      'https',
    )
    const tunnels: string[] = []
    const proxy = createServer()
    const { connect } = await import('node:net')
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '')
      const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        upstream.pipe(socket)
        socket.pipe(upstream)
      })
      for (const end of [socket, upstream]) end.on('error', () => undefined)
    })
    const proxyUrl = await listen(proxy)
    const settings = { caPem: certificatePem, proxyUrl }
    // The name is resolved by the proxy; the certificate is still checked here.
    expect((await ask(transportTo(`https://far.example:${new URL(target).port}`, settings))).json).toEqual({ far: true })
    expect(tunnels).toEqual([`far.example:${new URL(target).port}`])
    expect((await failure(ask(transportTo('https://other.example:443', { ...settings, caPem: null })))).code).toBe('tls')
    tunnels.length = 0
    expect((await ask(transportTo(target, settings))).json).toEqual({ far: true })
    expect(tunnels, 'this machine is never reached through a proxy').toEqual([])
  })
})

describe('what is sent', () => {
  const echo = () =>
    serving((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        const body = Buffer.concat(pieces).toString('utf8')
        response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'] ?? null, body }))
      })
    })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s carries JSON', async (method) => {
    const { json } = await ask(transportTo(await echo()), { method, body: { name: 'Имя' } })
    expect(json).toEqual({ method, type: 'application/json', body: '{"name":"Имя"}' })
  })

  it('is a form where the platform wants one', async () => {
    const { json } = await ask(transportTo(await echo()), { method: 'POST', form: { a: '1 & 2', b: 'я' } })
    expect(json).toEqual({ method: 'POST', type: 'application/x-www-form-urlencoded', body: 'a=1+%26+2&b=%D1%8F' })
  })

  it('may have files beside its fields', async () => {
    const file = { field: 'file', name: 'отчёт.csv', type: 'text/csv', bytes: new TextEncoder().encode('a;b\n') }
    const { json } = await ask(transportTo(await echo()), { method: 'POST', form: { topic: 'x' }, files: [file] })
    const { type, body } = json as { type: string; body: string }
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    expect(body).toContain('name="topic"\r\n\r\nx\r\n')
    expect(body).toMatch(/name="file"; filename="[^"]+\.csv"\r\nContent-Type: text\/csv\r\n\r\na;b\n/)
  })
})

describe('a file', () => {
  const collector = () => {
    let size = 0
    const sink = new Writable({
      write: (piece: Buffer, _encoding, done) => {
        size += piece.length
        done()
      },
    })
    return { sink, size: () => size }
  }
  const fetched = (transport: Transport, sink: Writable, signal = new AbortController().signal) =>
    transport.download({ method: 'GET', path: '/v1/report/1/download', signal }, sink)

  it('comes piece by piece, with its type and size', async () => {
    const piece = Buffer.alloc(100_000, 1)
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.ms-excel' })
      for (let count = 0; count < 50; count++) response.write(piece)
      response.end()
    })
    const { sink, size } = collector()
    expect(await fetched(transportTo(url), sink)).toMatchObject({ bytes: 5_000_000, type: 'application/vnd.ms-excel' })
    expect(size()).toBe(5_000_000)
  })

  it('that is refused says why, in the platform’s words', async () => {
    const error = await failure(fetched(transportTo(await answering(404, '{"detail":"Not found."}')), collector().sink))
    expect(error).toMatchObject({ code: 'not-found', details: { texts: ['Not found.'] } })
  })

  it('that breaks off is an error of the network, one that was stopped is cancelled, a full disk is neither', async () => {
    const broken = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('x'.repeat(100), () => response.destroy())
    })
    expect(['offline', 'timeout']).toContain((await failure(fetched(transportTo(broken), collector().sink))).code)
    const endless = await serving((_request, response) => {
      response.write('x')
    })
    const stopper = new AbortController()
    setTimeout(() => {
      stopper.abort()
    }, 50)
    expect((await failure(fetched(transportTo(endless), collector().sink, stopper.signal))).code).toBe('cancelled')
    const full = new Writable({
      write: (_piece, _encoding, done) => {
        done(Object.assign(new Error('no room'), { code: 'ENOSPC' }))
      },
    })
    await expect(fetched(transportTo(await answering(200, 'x')), full)).rejects.toMatchObject({ code: 'ENOSPC' })
  })
})
