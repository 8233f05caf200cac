import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  /** Requests for this path so far, this one included. */
  count: number
}
export interface Answer {
  status?: number
  json?: unknown
  date?: string
}
/** What a path answers; null: 404. */
export type Script = Record<string, (asked: Asked) => Answer | null>

export interface ScriptedDeployment {
  url: string
  token: string
  script: Script
  /** `GET /v1/client?page=1` and the like, in their order. */
  asked: string[]
  close(): Promise<void>
}

/** A deployment that answers as a test says, over real HTTP. */
export const scriptedDeployment = async (script: Script): Promise<ScriptedDeployment> => {
  const counts = new Map<string, number>()
  const deployment: ScriptedDeployment = { url: '', token: 'a'.repeat(40), script, asked: [], close: () => closing(server) }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://deployment')
    const count = (counts.get(url.pathname) ?? 0) + 1
    counts.set(url.pathname, count)
    deployment.asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const known = deployment.script[url.pathname]
    const answer = known?.({ method: request.method ?? '', path: url.pathname, query: url.searchParams, count }) ?? null
    const { status = 200, json, date } = answer ?? { status: 404, json: { detail: 'Not found.' } }
    if (date !== undefined) response.setHeader('date', date)
    response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  deployment.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return deployment
}

const closing = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => {
      resolve()
    })
  })

/** A page of rows as the published clients see it. */
export const pageOf = (rows: readonly unknown[], query: URLSearchParams, size = 10): Answer | null => {
  const page = Number(query.get('page') ?? '1')
  const items = rows.slice((page - 1) * size, page * size)
  if (items.length === 0 && page > 1) return null
  return { json: { items, total: rows.length, limit: size } }
}
