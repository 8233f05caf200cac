import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface EndpointFile {
  url: string
  secret: string
  /** Chromium's debugger, where one was asked for. */
  cdp: string | null
  pid: number
}

const fileIn = (folder: string): string => join(folder, 'standin-endpoint.json')

export const readEndpoint = (folder: string): EndpointFile | null =>
  existsSync(fileIn(folder)) ? (JSON.parse(readFileSync(fileIn(folder), 'utf8')) as EndpointFile) : null

export type Action = (input: Record<string, unknown>) => unknown

/** Hands for tests: a loopback server that takes clicks and answers, for those who know the secret in the data folder. */
export class Endpoint {
  private readonly secret = randomBytes(24).toString('hex')
  private readonly actions: Record<string, Action>
  private server: Server | null = null
  private file: string | null = null

  constructor(actions: Record<string, Action>) {
    this.actions = actions
  }
  async open(folder: string, cdp: () => Promise<string | null>): Promise<void> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      )
    })
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve))
    this.server.unref()
    const { port } = this.server.address() as AddressInfo
    mkdirSync(folder, { recursive: true })
    const content: EndpointFile = { url: `http://127.0.0.1:${port}`, secret: this.secret, cdp: await cdp(), pid: process.pid }
    this.file = fileIn(folder)
    writeFileSync(`${this.file}.new`, JSON.stringify(content), { mode: 0o600 })
    renameSync(`${this.file}.new`, this.file)
  }
  close(): void {
    if (this.file !== null) rmSync(this.file, { force: true })
    this.server?.close()
    this.server?.closeAllConnections()
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.headers.origin !== undefined || !this.knowsSecret(request))
      return { status: 403, body: { error: 'the secret is in standin-endpoint.json' } }
    const name = (request.url ?? '/').slice(1)
    if (request.method !== 'POST' || !Object.hasOwn(this.actions, name))
      return { status: 404, body: { error: 'no such action', actions: Object.keys(this.actions) } }
    try {
      const text = await readBody(request)
      const input = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      return { status: 200, body: (await this.actions[name]?.(input)) ?? {} }
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } }
    }
  }
  private knowsSecret(request: IncomingMessage): boolean {
    const given = Buffer.from(String(request.headers['x-standin-secret'] ?? ''))
    const wanted = Buffer.from(this.secret)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
