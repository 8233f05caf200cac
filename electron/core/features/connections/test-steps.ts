import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import { AppError } from '@shared/errors'
import type { testSteps, TestStep } from '@shared/ipc/connections'
import type { Endpoint } from '../../platforms/port/definition'
import { secureContextOf } from '../../platforms/http-tls'
import { capabilityOf, type Capability, type PlatformAdapter, type ProbeReport } from '../../platforms/port/core'

export type StepName = (typeof testSteps)[number]
export type Facts = TestStep['facts']
export type StepOutcome = { state: 'ok' | 'warning' | 'skipped'; facts: Facts } | { state: 'failed'; facts: Facts; error: AppError }

export interface TestTarget extends Omit<Endpoint, 'proxyUrl'> {
  /** A proxy stands between: what is reached directly says nothing, so the first three steps are skipped. */
  proxy: string | null
}

const STEP_TIMEOUT = 10_000
const VERDICT_WAIT = 500
export const SKEW_WARNING_MS = 60_000
const EXPIRY_WARNING_MS = 14 * 86_400_000

export const addressStep = async ({ host, proxy }: TestTarget): Promise<StepOutcome> => {
  if (proxy !== null) return { state: 'skipped', facts: { host, proxy } }
  try {
    const found = await lookup(host, { all: true })
    return { state: 'ok', facts: { host, addresses: found.map((it) => it.address) } }
  } catch (error) {
    return { state: 'failed', facts: { host }, error: new AppError('dns', 'host name not found', { host }, { cause: error }) }
  }
}

export const reachStep = ({ host, port, proxy }: TestTarget, signal: AbortSignal): Promise<StepOutcome> => {
  const facts = { host, port }
  if (proxy !== null) return Promise.resolve({ state: 'skipped', facts: { ...facts, proxy } })
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: STEP_TIMEOUT })
    const end = (outcome: StepOutcome): void => {
      socket.destroy()
      resolve(outcome)
    }
    const fail = (error: AppError): void => {
      end({ state: 'failed', facts, error })
    }
    socket.once('connect', () => {
      end({ state: 'ok', facts })
    })
    socket.once('timeout', () => {
      fail(new AppError('timeout', 'no answer from the address', facts))
    })
    socket.once('error', (error: Error) => {
      fail(socketError(error, facts))
    })
    onAbort(signal, () => {
      fail(cancelled())
    })
  })
}

export const tlsStep = (target: TestTarget, { signal, now }: { signal: AbortSignal; now: number }): Promise<StepOutcome> => {
  const { host, port, secure, proxy } = target
  if (proxy !== null) return Promise.resolve({ state: 'skipped', facts: { proxy } })
  if (!secure) return Promise.resolve({ state: 'skipped', facts: {} })
  /** Whether this program had a certificate to show. */
  const shown = { ownCertificate: target.clientCertPem === null ? 'none' : 'shown' }
  return new Promise((resolve) => {
    const socket = connectTls({ host, port, timeout: STEP_TIMEOUT, ...tlsOptions(target) })
    const end = (outcome: StepOutcome): void => {
      socket.destroy()
      resolve(outcome)
    }
    const fail = (message: string, reason: string): void => {
      end({ state: 'failed', facts: { host }, error: new AppError('tls', message, { reason, ...shown }) })
    }
    socket.once('secureConnect', () => {
      const accepted = (): void => {
        end(certificateOutcome(socket.getPeerCertificate(), socket.getProtocol(), now))
      }
      // Of TLS 1.3 our half ends before the server has looked at our certificate: its verdict is the next thing it sends.
      if (socket.getProtocol() !== 'TLSv1.3') return accepted()
      const timer = setTimeout(accepted, VERDICT_WAIT)
      socket.once('session', accepted)
      socket.once('close', () => {
        clearTimeout(timer)
        fail('the server closed the connection after the handshake', 'CLOSED')
      })
    })
    socket.once('timeout', () => {
      end({ state: 'failed', facts: { host }, error: new AppError('timeout', 'TLS handshake timed out') })
    })
    socket.once('error', (error: Error) => {
      fail(error.message, codeOf(error))
    })
    onAbort(signal, () => {
      end({ state: 'failed', facts: {}, error: cancelled() })
    })
  })
}

const tlsOptions = (target: TestTarget) => ({
  ...(/^[\d.:]+$/.test(target.host) ? {} : { servername: target.host }),
  secureContext: secureContextOf(target),
})

const certificateOutcome = (certificate: PeerCertificate, protocol: string | null, now: number): StepOutcome => {
  const validTo = Date.parse(certificate.valid_to)
  const facts = {
    subject: first(certificate.subject.CN),
    issuer: first(certificate.issuer.O) || first(certificate.issuer.CN),
    validTo,
    protocol: protocol ?? '',
  }
  return { state: validTo - now < EXPIRY_WARNING_MS ? 'warning' : 'ok', facts }
}
const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''))

/** The token is asked for on the way: when it is refused, the clock was read all the same, and the next step says so. */
export const clockStep = async (
  adapter: PlatformAdapter,
  { signal, now }: { signal: AbortSignal; now: () => number },
): Promise<StepOutcome> => {
  const before = now()
  const compared = (at: number): StepOutcome => {
    // Half of the round trip is the network's; the header itself counts whole seconds.
    const skewMs = Math.round(at - (before + now()) / 2)
    return { state: Math.abs(skewMs) > SKEW_WARNING_MS ? 'warning' : 'ok', facts: { skewMs } }
  }
  try {
    return compared((await adapter.ping(signal)).at)
  } catch (error) {
    const failure = AppError.from(error)
    if (failure.code !== 'unauthorized' && failure.code !== 'forbidden') return { state: 'failed', facts: {}, error: failure }
    const at = failure.details['at']
    return typeof at === 'number' ? compared(at) : { state: 'skipped', facts: {} }
  }
}

export const tokenOutcome = ({ account }: ProbeReport): StepOutcome => ({
  state: 'ok',
  facts: { login: account.login, ...(account.username === null ? {} : { name: account.username }) },
})

/** What the vendor states is always walked: whether this deployment refuses it, the reason tells. */
const isRefused = ({ offered, reason }: Capability): boolean =>
  !offered || (reason !== null && ['forbidden', 'not-found', 'not-offered', 'rejected'].includes(reason.code))

/** Everything stands on the list of clients: an account that may not read it is no partner's. */
export const rightsOutcome = ({ capabilities, clients }: ProbeReport): StepOutcome => {
  const list = capabilityOf(capabilities, 'clients')
  const { reason } = list
  if (!isRefused(list)) return { state: 'ok', facts: clients === null ? {} : { clients } }
  const error = reason ?? { code: 'forbidden' as const, message: 'the list of clients is not open to this account', details: {} }
  return { state: 'failed', facts: {}, error: new AppError(error.code, error.message, error.details) }
}

export const featuresOutcome = ({ capabilities }: ProbeReport): StepOutcome => {
  const writes = Object.entries(capabilities.writes).map(([name, it]) => [`${name}.write`, it] as const)
  const features = [...Object.entries(capabilities.datasets), ...writes]
  const offered = features.filter(([, it]) => !isRefused(it)).map(([name]) => name)
  const missing = features.filter(([, it]) => isRefused(it)).map(([name]) => name)
  return { state: missing.length === 0 ? 'ok' : 'warning', facts: { offered, missing } }
}

const onAbort = (signal: AbortSignal, work: () => void): void => {
  if (signal.aborted) work()
  else signal.addEventListener('abort', work, { once: true })
}
const cancelled = (): AppError => new AppError('cancelled', 'the test was cancelled')
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN')
const socketError = (error: Error, facts: Facts): AppError => {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return new AppError('refused', 'nothing listens there', facts)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new AppError('dns', 'host name not found', facts)
  if (code === 'ETIMEDOUT') return new AppError('timeout', 'no answer from the address', facts)
  return new AppError('offline', error.message, { ...facts, reason: code })
}
