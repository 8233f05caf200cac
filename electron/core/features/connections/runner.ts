import type { ConnectionSecrets } from '@shared/domain/connections/connection'
import { AppError } from '@shared/errors'
import type { SyncStatus } from '@shared/ipc/sync'
import { findConnection, setConnectionProbe, setConnectionState, type StoredConnection } from '../../store/local/connections'
import { connectionStatus } from '../../store/read/sync-status'
import type { PreferencesService } from '../preferences/service'
import type { Workspace } from '../workspace'
import type { LiveConnections } from './live'
import { unwrapSecrets } from './secrets'
import type { CreateAdapter, CreateSync, SyncEvents } from './sync-handle'

export interface RunnerOptions {
  workspace: Workspace
  live: LiveConnections
  preferences: PreferencesService
  createAdapter: CreateAdapter
  createSync: CreateSync
  /** For this run only; null = as in the preferences. */
  syncIntervalSeconds: number | null
  /** Brings a demo connection's platform up at the address that it had. */
  wakeDemo: (connection: StoredConnection) => Promise<void>
  listeners: Pick<SyncEvents, 'onStatus'> & {
    onListsComplete(connectionId: string, at: number): void
    onChanged(connectionId: string, datasets: Parameters<SyncEvents['onChanged']>[0]): void
    onUnauthorized(connectionId: string): void
    onCapabilityDoubt(connectionId: string): void
  }
}
export interface ConnectionRunner {
  /** Reads the secrets, makes the adapter and starts the sync. A failure is kept and shown in the status. */
  wake(id: string): Promise<void>
  begin(connection: StoredConnection, secrets: ConnectionSecrets): void
  end(id: string): Promise<void>
  endAll(): Promise<void>
  setIntervalSeconds(seconds: number): void
  /** Asks again what the deployment offers, if that was long ago: a day, or ten minutes where an answer gave reason to doubt it. */
  probeAgain(id: string, doubted?: boolean): void
  /** The token is not accepted any more: everything stops until a new one is given; what waits in the outbox stays. */
  reject(id: string): void
  status(connection: StoredConnection): SyncStatus
}

export const createRunner = (options: RunnerOptions): ConnectionRunner => {
  const { workspace, live, preferences } = options
  const failures = new Map<string, AppError>()
  const probing = new Set<string>()
  const triedAt = new Map<string, number>()
  const timers = new Map<string, () => void>()
  const intervalMs = (): number => (options.syncIntervalSeconds ?? preferences.get().syncIntervalSeconds) * 1000

  const tell = (status: SyncStatus): void => {
    workspace.emit('sync', status)
    options.listeners.onStatus(status)
  }
  const begin = (connection: StoredConnection, secrets: ConnectionSecrets): void => {
    const { id, settings, language, capabilities } = connection
    if (capabilities === null) throw new AppError('internal', 'a connection without a probe')
    const { pageSize } = capabilities
    const adapter = options.createAdapter({ connectionId: id, settings, secrets, language, pageSize })
    const sync = options.createSync({ connectionId: id, adapter, capabilities, intervalMs: intervalMs(), events: eventsOf(id, options) })
    failures.delete(id)
    live.put({ id, adapter, sync })
    sync.start()
    probeDaily(id)
  }
  const end = async (id: string): Promise<void> => {
    timers.get(id)?.()
    timers.delete(id)
    triedAt.delete(id)
    const running = live.take(id)
    await running?.sync.stop()
    running?.adapter.close()
  }
  const probeAgain = async (id: string, doubted: boolean): Promise<void> => {
    const running = live.find(id)
    const connection = findConnection(workspace.local, id)
    if (
      !running ||
      !connection ||
      probing.has(id) ||
      workspace.clock.now() - Math.max(connection.probedAt, triedAt.get(id) ?? 0) < (doubted ? DOUBT_AGE_MS : PROBE_AGE_MS)
    )
      return
    triedAt.set(id, workspace.clock.now())
    probing.add(id)
    try {
      const probe = await running.adapter.probe(AbortSignal.timeout(PROBE_TIMEOUT_MS))
      if (live.find(id) !== running || probe.account.id !== connection.accountId) return
      setConnectionProbe(workspace.local, { id, at: workspace.clock.now(), capabilities: probe.capabilities, account: probe.account })
      running.sync.setCapabilities(probe.capabilities)
      workspace.emit('changed', { connectionId: id, datasets: [], ids: null })
    } finally {
      probing.delete(id)
    }
  }
  const probeDaily = (id: string): void => {
    timers.set(
      id,
      workspace.clock.after(PROBE_CHECK_MS, () => {
        void probeAgain(id, false).catch(() => undefined)
        probeDaily(id)
      }),
    )
  }
  return {
    begin,
    end,
    probeAgain: (id, doubted = false) => {
      // A probe that fails changes nothing: what was offered yesterday is still the best that is known.
      void probeAgain(id, doubted).catch(() => undefined)
    },
    endAll: async () => {
      await Promise.all(live.all().map((connection) => end(connection.id)))
    },
    wake: async (id) => {
      const connection = findConnection(workspace.local, id)
      if (!connection || connection.secrets === null || connection.state === 'token-rejected' || live.find(id)) return
      try {
        if (connection.demo) await options.wakeDemo(connection)
        const secrets = await unwrapSecrets(workspace.ask, connection.settings.platform, connection.secrets)
        const fresh = findConnection(workspace.local, id)
        // Forgotten, or started by another hand, while the secret was being asked for.
        if (fresh && !live.find(id)) begin(fresh, secrets)
      } catch (error) {
        failures.set(id, AppError.from(error))
        tell(connectionStatus(workspace.cache, { ...statusInput(connection), error: AppError.from(error).toData() }))
      }
    },
    reject: (id) => {
      setConnectionState(workspace.local, id, 'token-rejected')
      // Not awaited: it may be the sync itself that tells of the 401.
      void end(id)
      const connection = findConnection(workspace.local, id)
      if (connection) tell(connectionStatus(workspace.cache, { ...statusInput(connection), error: null }))
      workspace.emit('changed', { connectionId: id, datasets: [], ids: null })
    },
    setIntervalSeconds: (seconds) => {
      if (options.syncIntervalSeconds !== null) return
      for (const { sync } of live.all()) sync.setIntervalMs(seconds * 1000)
    },
    status: (connection) =>
      live.find(connection.id)?.sync.status() ??
      connectionStatus(workspace.cache, { ...statusInput(connection), error: failures.get(connection.id)?.toData() ?? null }),
  }
}

/** A deployment is upgraded now and then: what it offers is asked again daily, and as soon as it answers after a while. */
export const PROBE_AGE_MS = 24 * 3_600_000
const DOUBT_AGE_MS = 600_000
const PROBE_CHECK_MS = 3_600_000
const PROBE_TIMEOUT_MS = 60_000

const statusInput = ({ id, state, capabilities }: StoredConnection) => ({
  connectionId: id,
  stopped: state === 'token-rejected',
  capabilities,
})

const eventsOf = (id: string, { workspace, listeners }: RunnerOptions): SyncEvents => ({
  onStatus: (status) => {
    workspace.emit('sync', status)
    listeners.onStatus(status)
  },
  onChanged: (datasets, ids) => {
    const few = ids !== null && ids.length <= 200 ? ids : null
    workspace.emit('changed', { connectionId: id, datasets, ids: few })
    listeners.onChanged(id, datasets)
  },
  onListsComplete: (at) => {
    listeners.onListsComplete(id, at)
  },
  onUnauthorized: () => {
    listeners.onUnauthorized(id)
  },
  onCapabilityDoubt: () => {
    listeners.onCapabilityDoubt(id)
  },
})
