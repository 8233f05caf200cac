import { AppError } from '@shared/errors'
import type { PlatformAdapter } from '../../platforms/port/core'
import type { SyncHandle } from './sync-handle'

/** A connection that runs: its adapter holds the token, its sync keeps the cache. */
export interface LiveConnection {
  id: string
  adapter: PlatformAdapter
  sync: SyncHandle
}

/** The connections that run now. One that waits for its secrets, or has none that work, is not among them. */
export interface LiveConnections {
  find(id: string): LiveConnection | undefined
  all(): LiveConnection[]
  put(connection: LiveConnection): void
  take(id: string): LiveConnection | undefined
  online(id: string): boolean
  /** @throws AppError `needs-connection`: for work that is never queued. */
  require(id: string): LiveConnection
}

export const createLiveConnections = (): LiveConnections => {
  const running = new Map<string, LiveConnection>()
  const online = (id: string): boolean => running.get(id)?.sync.online() ?? false
  return {
    find: (id) => running.get(id),
    all: () => [...running.values()],
    put: (connection) => void running.set(connection.id, connection),
    take: (id) => {
      const found = running.get(id)
      running.delete(id)
      return found
    },
    online,
    require: (id) => {
      const found = running.get(id)
      if (!found || !online(id)) throw new AppError('needs-connection', 'the platform is not reachable now')
      return found
    },
  }
}
