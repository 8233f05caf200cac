import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/** A company's proxy: it opens tunnels, and remembers to where. Whatever the name, its network is this computer. */
export class ProxyFront {
  readonly url: string
  readonly asked: string[] = []
  private readonly server: Server
  private readonly sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('connect', (request, client: Socket) => {
      const target = request.url ?? ''
      this.asked.push(target)
      const onward = connect(Number(target.slice(target.lastIndexOf(':') + 1)), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        onward.pipe(client).pipe(onward)
      })
      for (const socket of [client, onward]) {
        this.sockets.add(socket)
        socket.on('error', () => socket.destroy())
      }
    })
  }
  static start(): Promise<ProxyFront> {
    const server = createServer((_request, response) => response.writeHead(405).end())
    return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(new ProxyFront(server))))
  }
  stop(): void {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
  }
}
