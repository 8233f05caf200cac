import type { LookupFunction } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import axios, { AxiosHeaders, isAxiosError } from 'axios'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { platformAddress } from './http-address'
import { createAgents, proxyFor, retireAgents, type Agents } from './http-agents'
import { bodyOf, type SentFile } from './http-body'
import { readJson, storeBody, type Answered, type Downloaded, type HttpAnswer } from './http-answer'
import { createRequestGate, type Turn } from './http-gate'
import { madeNoConnection, networkError, type ErrorDialect } from './http-errors'
import { secureContextOf } from './http-tls'

export type { HttpAnswer } from './http-answer'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** From the root of the deployment: `/v1/client`. */
  path: string
  query?: Record<string, string>
  /** JSON. */
  body?: unknown
  /** Sent as a form, with `files` in parts of their own. */
  form?: Readonly<Record<string, string>>
  files?: readonly SentFile[]
  signal: AbortSignal
  /** From its leaving on. */
  timeoutMs?: number
  /** A person waits for it, or belongs to a change of theirs: it goes before the others. What is no GET always does. */
  urgent?: boolean
}
export interface Transport {
  /** @throws AppError for everything but a 2xx with JSON (or without a body). */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** The answer's body as it comes, piece by piece: a file is never whole in memory. @throws AppError as `send` does */
  download(request: HttpRequest, into: Writable): Promise<Downloaded>
  close(): void
}
/** How a deployment is reached. */
export interface TransportSettings {
  baseUrl: string
  /** Own CA and client certificate, PEM. */
  caPem: string | null
  clientCertPem: string | null
  clientKeyPem: string | null
  /** null = the system's proxy; '' = none; else a URL. */
  proxyUrl: string | null
}
export interface TransportOptions {
  settings: TransportSettings
  /** Of every request: who asks, and in which language. A function where they change (a token that is renewed). */
  headers: Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>)
  errors: ErrorDialect
  clock: Pick<Clock, 'now'>
  /** The system's proxy for a URL, in PAC form. */
  resolveProxy: (url: string) => Promise<string>
  lookup?: LookupFunction
}

const TIMEOUT_MS = 30_000
const DOWNLOAD_TIMEOUT_MS = 600_000
/** Requests that one connection has under way at most, whoever asks. */
const MOST_AT_ONCE = 3
/** A change is marked as leaving a moment before it leaves; one that cannot leave soon is not sent. */
const CHANGE_PATIENCE_MS = 500
const LARGEST_ANSWER = 64_000_000
const LARGEST_FILE = 2_000_000_000

/**
 * The only way to a platform. One per connection: sockets, certificates and secrets are its own. A token leaves in a
 * header to one origin, redirects are not followed, and errors carry nothing of the request.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const address = platformAddress(options.settings.baseUrl)
  let agents: Promise<Agents> | null = null
  const connected = (): Promise<Agents> => {
    const made = (agents ??= agentsOf(options, address))
    // A system that could not name its proxy now may do so for the next request.
    made.catch(() => {
      if (agents === made) agents = null
    })
    return made
  }
  /** The next request connects anew; those that are under way keep their sockets to their end. */
  const letGo = (made: Agents): void => {
    retireAgents(made)
    void agents?.then((current) => {
      if (current === made) agents = null
    })
  }
  const asked = async <T>(request: HttpRequest, more: Pick<Exchange, 'accept' | 'responseType'>): Promise<Answered<T>> => {
    const made = await connected()
    return exchange<T>(request, { options, base: address.base, agents: made, ...more }).catch((thrown: unknown) => {
      const error = AppError.from(thrown)
      // The system's proxy may have changed with the network.
      if (options.settings.proxyUrl === null && !address.loopback && madeNoConnection(error)) letGo(made)
      throw error
    })
  }
  const gate = createRequestGate(MOST_AT_ONCE)
  return {
    send: (request) =>
      gate.run(
        async () => readJson(await asked<string>(request, { accept: 'application/json', responseType: 'text' }), options),
        turnOf(request),
      ),
    download: (request, into) =>
      gate.run(async () => {
        const wish = { timeoutMs: DOWNLOAD_TIMEOUT_MS, ...request }
        const answer = await asked<Readable>(wish, { accept: '*/*', responseType: 'stream' })
        return storeBody(answer, { ...options, into, signal: request.signal, host: address.origin.host })
      }, turnOf(request)),
    close: () => {
      void agents?.then(retireAgents, () => undefined)
      agents = null
    },
  }
}

const turnOf = ({ method, urgent = false, signal }: HttpRequest): Turn => {
  const reads = method === 'GET' || method === 'OPTIONS'
  return { urgent: urgent || !reads, signal, patienceMs: reads ? null : CHANGE_PATIENCE_MS }
}

const agentsOf = async (
  { settings, resolveProxy, lookup }: TransportOptions,
  address: ReturnType<typeof platformAddress>,
): Promise<Agents> => {
  if (address.origin.protocol === 'http:') return createAgents({ proxy: null, secureContext: null, lookup })
  return createAgents({ proxy: await proxyFor(settings, resolveProxy), secureContext: secureContextOf(settings), lookup })
}

interface Exchange {
  options: TransportOptions
  base: string
  agents: Agents
  accept: string
  responseType: 'text' | 'stream'
}
const exchange = async <T>(request: HttpRequest, { options, base, agents, accept, responseType }: Exchange): Promise<Answered<T>> => {
  const { data, type } = bodyOf({ json: request.body, ...request })
  const own = typeof options.headers === 'function' ? await options.headers() : options.headers
  const deadline = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
  try {
    const {
      status,
      headers,
      data: body,
    } = await axios.request<T>({
      adapter: 'http',
      method: request.method,
      url: `${base}${request.path}`,
      ...(request.query ? { params: request.query } : {}),
      ...(data === undefined ? {} : { data }),
      headers: { Accept: accept, 'User-Agent': 'partner-console', ...(type === undefined ? {} : { 'Content-Type': type }), ...own },
      httpAgent: agents.http,
      httpsAgent: agents.https,
      proxy: false,
      maxRedirects: 0,
      maxContentLength: responseType === 'stream' ? LARGEST_FILE : LARGEST_ANSWER,
      responseType,
      transformResponse: [(body: unknown) => body],
      validateStatus: () => true,
      signal: AbortSignal.any([request.signal, deadline]),
    })
    return { status, body, header: (name) => headerIn(headers as AxiosHeaders, name) }
  } catch (error) {
    const host = new URL(base).host
    if (deadline.aborted && !request.signal.aborted) throw networkError({ code: 'ETIMEDOUT', host })
    throw networkError({ code: request.signal.aborted ? 'ERR_CANCELED' : codeOf(error), host })
  }
}

const headerIn = (headers: AxiosHeaders, name: string): string | null => {
  const value = AxiosHeaders.from(headers).get(name)
  return typeof value === 'string' ? value : null
}

/** The library's code, or Node's. */
const codeOf = (error: unknown): string => {
  if (isAxiosError(error) && error.code !== undefined) return error.code
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}
