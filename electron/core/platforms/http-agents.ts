import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { platformAddress } from './http-address'

/** At most this many requests of one connection are on their way; the sockets stay open for the next. */
const SOCKETS = 3
const alive = { keepAlive: true, maxSockets: SOCKETS, scheduling: 'fifo' } as const

/** The first proxy of a PAC answer ("PROXY host:port; DIRECT"); null = none. */
export const proxyOfPac = (pac: string): string | null => {
  const first = pac.split(';')[0]?.trim() ?? ''
  const match = /^(PROXY|HTTP|HTTPS)\s+(\S+)$/i.exec(first)
  if (!match) return null
  return `${match[1]?.toUpperCase() === 'HTTPS' ? 'https' : 'http'}://${match[2] ?? ''}`
}

/** The proxy that a deployment is asked through; null = straight. One set by hand wins over the system's ('' = none); this computer never has one. */
export const proxyFor = async (
  { baseUrl, proxyUrl }: { baseUrl: string; proxyUrl: string | null },
  resolveProxy: (url: string) => Promise<string>,
): Promise<string | null> => {
  const { base, loopback } = platformAddress(baseUrl)
  if (proxyUrl === '' || loopback) return null
  return proxyUrl ?? proxyOfPac(await resolveProxy(base))
}

/** The same for where a connection test knocks. */
export const proxyThrough = (
  { host, port, secure, proxyUrl }: { host: string; port: number; secure: boolean; proxyUrl: string | null },
  resolveProxy: (url: string) => Promise<string>,
): Promise<string | null> => {
  const name = host.includes(':') ? `[${host}]` : host
  return proxyFor({ baseUrl: `${secure ? 'https' : 'http'}://${name}:${String(port)}`, proxyUrl }, resolveProxy)
}

/** The tunnel's far end is checked like any other: the library itself would use these settings for the proxy only. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #farEnd: object
  constructor(proxy: string, farEnd: object) {
    super(proxy, farEnd)
    this.#farEnd = farEnd
  }
  override connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>): ReturnType<HttpsProxyAgent<string>['connect']> {
    return super.connect(request, { ...options, ...this.#farEnd })
  }
}

export interface Agents {
  http: HttpAgent
  https: HttpsAgent | TunnelAgent
}

export interface AgentOptions {
  proxy: string | null
  secureContext: SecureContext | null
  /** How a name becomes an address; the system's way where it is not given. */
  lookup?: LookupFunction | undefined
}
export const createAgents = ({ proxy, secureContext, lookup }: AgentOptions): Agents => {
  const plain = { ...alive, ...(lookup === undefined ? {} : { lookup }) }
  // Said outright: an environment variable could switch the check off otherwise.
  const secure = { ...plain, rejectUnauthorized: true, ...(secureContext === null ? {} : { secureContext }) }
  return {
    http: new HttpAgent(plain),
    https: proxy === null ? new HttpsAgent(secure) : new TunnelAgent(proxy, secure),
  }
}

/** Closes the idle sockets now and each other one when its request has ended: a note may be on its way over it. */
export const retireAgents = ({ http, https }: Agents): void => {
  for (const agent of [http, https]) {
    Object.assign(agent, { keepAlive: false })
    for (const idle of Object.values(agent.freeSockets).flat()) idle?.destroy()
  }
}
