import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { certificatePem, keyPem } from '../../support/loopback-certificate'

/** A platform behind https of its own making: its certificate is nobody's known, and it may ask for the client's. */
export class TlsFront {
  readonly url: string
  private readonly server: Server

  private constructor(server: Server) {
    this.server = server
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  static start(platformUrl: string, { asksForClient }: { asksForClient: boolean }): Promise<TlsFront> {
    const { hostname, port } = new URL(platformUrl)
    const server = createServer(
      { cert: certificatePem, key: keyPem, ...(asksForClient ? { ca: certificatePem, requestCert: true, rejectUnauthorized: true } : {}) },
      (asked, answer) => {
        const onward = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
          answer.writeHead(got.statusCode ?? 502, got.headers)
          got.pipe(answer)
        })
        onward.on('error', () => answer.destroy())
        asked.pipe(onward)
      },
    )
    return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(new TlsFront(server))))
  }
  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}
