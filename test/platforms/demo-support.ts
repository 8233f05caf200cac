import { onTestFinished } from 'vitest'
import { startPlatform, type Platform, type PlatformOptions } from '../../electron/demo/platform'

/** A running demo platform and two plain HTTP clients of it; nothing of an adapter. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  json<T = Record<string, unknown>>(): T
}
export interface Request {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | null
}
export interface Demo {
  readonly platform: Platform
  api(path: string, request?: Request): Promise<Answer>
  control(path: string, body?: unknown, method?: string): Promise<Answer>
  all<T = Record<string, unknown>>(path: string): Promise<T[]>
  close(): Promise<void>
}
export interface Page<T = Record<string, unknown>> {
  readonly items: T[]
  readonly total: number
  readonly limit: number
}

export const EPOCH = Date.parse('2026-03-10T00:00:00+03:00')

async function call(url: string, { method = 'GET', body, headers = {} }: Request): Promise<Answer> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const response = await fetch(url, { method, headers: { ...type, ...headers }, ...sent })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T }
}

export async function startDemo(options: PlatformOptions = {}): Promise<Demo> {
  const platform = await startPlatform({ clients: 30, seed: 7, speed: 0, epoch: EPOCH, jobMs: 60, ...options })
  const api: Demo['api'] = (path, request = {}) => {
    const token = request.token === undefined ? platform.token : request.token
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
    return call(platform.url + path, { ...request, headers: { ...authorization, ...request.headers } })
  }
  const control: Demo['control'] = (path, body, method = body === undefined ? 'GET' : 'POST') =>
    call(platform.control.url + path, { method, body, headers: { 'x-control-secret': platform.control.secret } })
  const all: Demo['all'] = async <T>(path: string) => {
    const rows: T[] = []
    for (let page = 1; ; page++) {
      const { items, total } = (await api(`${path}${path.includes('?') ? '&' : '?'}page=${page}`)).json<Page<T>>()
      rows.push(...items)
      if (rows.length >= total) return rows
    }
  }
  let closed: Promise<void> | undefined
  return { platform, api, control, all, close: () => (closed ??= platform.close()) }
}

/** For one test: stopped when it ends. */
export async function ownDemo(options: PlatformOptions = {}): Promise<Demo> {
  const demo = await startDemo(options)
  onTestFinished(() => demo.close())
  return demo
}
