import { createServer, type Server } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { tlsStep, type TestTarget } from '../../electron/core/features/connections/test-steps'
import { certificatePem, keyPem, strangerCertificatePem, strangerKeyPem } from '../support/loopback-certificate'

let server: Server | null = null
afterEach(() => server?.close())

const serve = async (options: { version: 'TLSv1.2' | 'TLSv1.3'; asks: boolean }): Promise<number> => {
  const asking = options.asks ? { ca: certificatePem, requestCert: true, rejectUnauthorized: true } : {}
  const fresh = createServer({ cert: certificatePem, key: keyPem, minVersion: options.version, maxVersion: options.version, ...asking })
  fresh.on('secureConnection', (socket) => socket.on('error', () => undefined))
  fresh.on('tlsClientError', () => undefined)
  server = fresh
  await new Promise<void>((ready) => fresh.listen(0, '127.0.0.1', ready))
  return (fresh.address() as AddressInfo).port
}
const outcome = (port: number, more: Partial<TestTarget> = {}) => {
  const target = { host: '127.0.0.1', port, secure: true, proxy: null, caPem: certificatePem, clientCertPem: null, clientKeyPem: null }
  return tlsStep({ ...target, ...more }, { signal: new AbortController().signal, now: Date.now() })
}
const own = { clientCertPem: certificatePem, clientKeyPem: keyPem }
const wrong = { clientCertPem: strangerCertificatePem, clientKeyPem: strangerKeyPem }

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('the TLS step of a connection test over %s', (version) => {
  it('passes where the certificate is trusted, and says whose it is', async () => {
    expect(await outcome(await serve({ version, asks: false }))).toMatchObject({
      state: 'ok',
      facts: { issuer: '127.0.0.1', protocol: version },
    })
  })

  it('fails where nobody here trusts it', async () => {
    const found = await outcome(await serve({ version, asks: false }), { caPem: null })
    expect(found).toMatchObject({ state: 'failed', error: { code: 'tls', details: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' } } })
  })

  it('fails where the server wants a certificate of ours and there is none', async () => {
    const found = await outcome(await serve({ version, asks: true }))
    expect(found).toMatchObject({
      state: 'failed',
      error: {
        code: 'tls',
        details: { ownCertificate: 'none', reason: expect.stringMatching(/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/) as string },
      },
    })
  })

  it('fails where the server does not take the one that it is shown', async () => {
    const found = await outcome(await serve({ version, asks: true }), wrong)
    expect(found).toMatchObject({ state: 'failed', error: { code: 'tls', details: { ownCertificate: 'shown' } } })
  })

  it('passes with the one that the server trusts', async () => {
    expect(await outcome(await serve({ version, asks: true }), own)).toMatchObject({ state: 'ok' })
  })
})
