import { definitionOf } from '../../platforms/registry'
import { findConnection, type StoredConnection } from '../../store/local/connections'
import type { Workspace } from '../workspace'
import type { LiveConnections } from './live'

export interface RevivalOptions {
  workspace: Pick<Workspace, 'local' | 'clock' | 'log'>
  live: LiveConnections
  /** Starts the demo's process where it is dead; its address may be another one afterwards. */
  wakeDemo: (connection: StoredConnection) => Promise<void>
  /** Ends the connection and begins it anew, at the address that it has now. */
  restart: (id: string) => Promise<void>
}

const PAUSE_MS = 10_000

/** The demo's own process may die; nobody but the console can start it again, so a demo that is silent is looked after. */
export const createDemoRevival = ({ workspace, live, wakeDemo, restart }: RevivalOptions) => {
  const { local, clock, log } = workspace
  const busy = new Set<string>()

  const revive = async (connection: StoredConnection): Promise<void> => {
    const { id } = connection
    const addressOf = ({ settings }: StoredConnection): string => definitionOf(settings.platform).address(settings)
    try {
      await wakeDemo(connection)
      // At the same address the ping finds it again.
      const now = findConnection(local, id)
      if (live.find(id) && now && addressOf(now) !== addressOf(connection)) await restart(id)
    } catch (error) {
      log('the demo could not be started again', error)
    }
  }
  const look = (id: string): void => {
    const connection = findConnection(local, id)
    if (busy.has(id) || connection?.demo !== true || !live.find(id) || live.online(id)) return
    busy.add(id)
    void revive(connection).then(() => {
      clock.after(PAUSE_MS, () => {
        busy.delete(id)
        look(id)
      })
    })
  }
  return look
}
