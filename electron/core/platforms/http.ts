import type { LookupFunction } from 'node:net'
import axios, { AxiosHeaders, isAxiosError, type AxiosResponse } from 'axios'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { platformAddress } from './http-address'
import { createAgents, proxyFor, retireAgents, type Agents } from './http-agents'
import { madeNoConnection, networkError, statusError, type ErrorDialect } from './http-errors'
import { secureContextOf } from './http-tls'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** From the root of the deployment: `/v1/client`. */
  path: string
  query?: Record<string, string>
  body?: unknown
  signal: AbortSignal
  timeoutMs?: number
}
export interface HttpAnswer {
  status: number
  /** null for an answer without a body. */
  json: unknown
  /** Server time (Date header), UTC ms; our clock, and `dated` false, where there is none. */
  at: number
  dated: boolean
  header(name: string): string | null
}
export interface Transport {
  /** @throws AppError for everything but a 2xx with JSON (or without a body). */
  send(request: HttpRequest): Promise<HttpAnswer>
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
const LARGEST_ANSWER = 64_000_000

/**
 * The only door to a platform. One per connection: sockets, certificates and secrets are its own. A token leaves in a
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
  return {
    send: async (request) => {
      const made = await connected()
      const answer = await exchange(request, { options, base: address.base, agents: made }).catch((thrown: unknown) => {
        const error = AppError.from(thrown)
        // The system's proxy may have changed with the network.
        if (options.settings.proxyUrl === null && !address.loopback && madeNoConnection(error)) letGo(made)
        throw error
      })
      return read(answer, options)
    },
    close: () => {
      void agents?.then(retireAgents, () => undefined)
      agents = null
    },
  }
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
}
const exchange = async (request: HttpRequest, { options, base, agents }: Exchange): Promise<AxiosResponse<string>> => {
  const own = typeof options.headers === 'function' ? await options.headers() : options.headers
  const deadline = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
  try {
    return await axios.request<string>({
      adapter: 'http',
      method: request.method,
      url: `${base}${request.path}`,
      ...(request.query ? { params: request.query } : {}),
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      headers: { ...usualHeaders(request), ...own },
      httpAgent: agents.http,
      httpsAgent: agents.https,
      proxy: false,
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER,
      responseType: 'text',
      transformResponse: [(text: string) => text],
      validateStatus: () => true,
      signal: AbortSignal.any([request.signal, deadline]),
    })
  } catch (error) {
    const host = new URL(base).host
    if (deadline.aborted && !request.signal.aborted) throw networkError({ code: 'ETIMEDOUT', host })
    throw networkError({ code: request.signal.aborted ? 'ERR_CANCELED' : codeOf(error), host })
  }
}

const usualHeaders = ({ body }: HttpRequest): Record<string, string> => ({
  Accept: 'application/json',
  'User-Agent': 'partner-console',
  ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
})

const codeOf = (error: unknown): string => {
  if (isAxiosError(error) && error.code !== undefined) return error.code
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}

const read = (response: AxiosResponse<string>, { clock, errors }: TransportOptions): HttpAnswer => {
  const header = (name: string): string | null => {
    const value = AxiosHeaders.from(response.headers as AxiosHeaders).get(name)
    return typeof value === 'string' ? value : null
  }
  const { status } = response
  const parsed = parse(response.data)
  const date = Date.parse(header('date') ?? '')
  const dated = Number.isFinite(date)
  if (status < 200 || status >= 300)
    throw statusError({
      ...{ status, body: parsed.ok ? parsed.json : null, retryAfter: header('retry-after') },
      ...{ at: dated ? date : null, clock, dialect: errors },
    })
  if (!parsed.ok) throw new AppError('bad-answer', 'the answer is no JSON', { status })
  return { status, json: parsed.json, at: dated ? date : clock.now(), dated, header }
}

const parse = (text: unknown): { ok: true; json: unknown } | { ok: false } => {
  if (typeof text !== 'string' || text === '') return { ok: true, json: null }
  try {
    return { ok: true, json: JSON.parse(text) as unknown }
  } catch {
    return { ok: false }
  }
}
