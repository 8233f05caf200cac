import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A loopback socket that can be closed for real and opened again on the same port. */
export interface Listener {
  port(): number
  isUp(): boolean
  up(): Promise<void>
  down(): Promise<void>
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}

/** `fallback`: take any free port when the wanted one is taken. */
export async function openListener(handler: RequestListener, wanted: number, fallback: boolean): Promise<Listener> {
  let server: Server | undefined
  const start = async (at: number): Promise<number> => {
    const fresh = createServer({ keepAliveTimeout: 15_000 }, handler)
    const bound = await listen(fresh, at)
    server = fresh
    return bound
  }
  const port = await start(wanted).catch((error: NodeJS.ErrnoException) => {
    if (fallback && wanted !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return start(0)
    throw error
  })
  return {
    port: () => port,
    isUp: () => server !== undefined,
    up: async () => {
      if (server === undefined) await start(port)
    },
    down: async () => {
      const open = server
      server = undefined
      if (open !== undefined) await shut(open)
    },
  }
}
