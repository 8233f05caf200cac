import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const breakages = ['500', '403', '404', 'garbage', 'hang'] as const
export type Breakage = (typeof breakages)[number]

const answers: Record<Exclude<Breakage, 'hang'>, { status: number; type: string; body: string }> = {
  '500': { status: 500, type: 'text/html', body: '<h1>Server Error (500)</h1>' },
  '403': { status: 403, type: 'application/json', body: '{"detail":"Недостаточно прав."}' },
  '404': { status: 404, type: 'application/json', body: '{"detail":"Not found."}' },
  garbage: { status: 200, type: 'application/json', body: '{"items":[{"id":' },
}

/** Stands before a platform and breaks what it is told to, for ever. */
export class BreakingFront {
  readonly url: string
  /** A path (`/v1/disk`, with whatever is below it) and what becomes of it. */
  broken: { path: string; as: Breakage } | null = null
  /** How often what is broken was asked for. */
  refused = 0
  private readonly server: Server
  private inFlight = 0

  private constructor(server: Server) {
    this.server = server
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  }
  static async start(platformUrl: string): Promise<BreakingFront> {
    const { hostname, port } = new URL(platformUrl)
    let front: BreakingFront | null = null
    const server = createServer((asked, answer) => front?.take(asked, answer, { hostname, port }))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return (front = new BreakingFront(server))
  }
  /** Resolves when nothing but what hangs has been under way for some moments. */
  async quiet(): Promise<void> {
    for (let still = 0; still < 3; still = this.inFlight === 0 ? still + 1 : 0) await new Promise((resolve) => setTimeout(resolve, 4))
  }
  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private take(asked: IncomingMessage, answer: ServerResponse, to: { hostname: string; port: string }): void {
    const { pathname } = new URL(asked.url ?? '/', this.url)
    const { broken } = this
    if (broken && (pathname === broken.path || pathname.startsWith(`${broken.path}/`))) {
      this.refused++
      if (broken.as === 'hang') return
      const { status, type, body } = answers[broken.as]
      answer.writeHead(status, { 'content-type': type }).end(body)
      return
    }
    this.inFlight++
    answer.on('close', () => this.inFlight--)
    const onward = request({ ...to, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }
}
