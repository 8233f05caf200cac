import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { findConnection, listConnections } from '../../store/local/connections'
import { syncProblems } from '../../store/read/sync-status'
import type { LiveConnections } from '../connections/live'
import type { ConnectionRunner } from '../connections/runner'
import type { Workspace } from '../workspace'

export interface SyncFeature {
  workspace: Workspace
  live: LiveConnections
  runner: ConnectionRunner
}

export const syncHandlers = ({ workspace: { cache, local }, live, runner }: SyncFeature): Handlers<'sync'> => ({
  status: () => listConnections(local).map((connection) => runner.status(connection)),
  now: async ({ connectionId }) => {
    const wanted = connectionId === null ? listConnections(local) : [findConnection(local, connectionId)]
    for (const connection of wanted) {
      if (!connection) throw new AppError('not-found', 'no such connection')
      // One that could not start (a secret, a demo that is down) gets another try.
      if (!live.find(connection.id)) await runner.wake(connection.id)
      live.find(connection.id)?.sync.now()
    }
    return {}
  },
  cancel: ({ connectionId }) => {
    live.find(connectionId)?.sync.cancel()
    return {}
  },
  problems: ({ connectionId }) => syncProblems(cache, connectionId),
})
