import { defaultPreferences, type Preferences } from '@shared/ipc/preferences'
import type { ConnectionRow } from '@shared/ipc/connections'
import { datasets } from '@shared/domain/datasets'
import type { SyncStatus } from '@shared/ipc/sync'
import type { EventName } from '@shared/ipc/channels'
import type { EventPayload } from '@shared/ipc/events'
import { CONNECTION, NOW } from './clients'

export interface FakeState {
  size: number
  offline: boolean
  first: boolean
  empty: boolean
  failing: boolean
  rejected: boolean
  bare: boolean
  preferences: Preferences
  connections: ConnectionRow[]
  emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => () => void
}

const connection = (id: string, name: string, color: string, more: Partial<ConnectionRow> = {}): ConnectionRow => ({
  id,
  platform: 'rustack',
  name,
  profile: 'standard',
  address: `https://cp.${id}.ru`,
  utcOffsetMinutes: 180,
  billingOffsetMinutes: 180,
  color,
  demo: false,
  accountLogin: 'i.sokolova@sever-cloud.ru',
  accountName: 'Ирина Соколова',
  state: 'active',
  ...more,
})

/** The address presets a state: `?theme=dark&lang=en&size=1000000&offline&first&empty&error&rejected&none&bare`. */
export const makeState = (asked: URLSearchParams): FakeState => {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const theme = asked.get('theme')
  return {
    size: Number(asked.get('size') ?? 300),
    offline: asked.has('offline'),
    first: asked.has('first'),
    empty: asked.has('empty'),
    failing: asked.has('error'),
    rejected: asked.has('rejected'),
    bare: asked.has('bare'),
    preferences: {
      ...defaultPreferences,
      language: asked.get('lang') === 'en' ? 'en' : 'ru',
      theme: theme === 'dark' || theme === 'light' ? theme : 'system',
      density: asked.get('density') === 'compact' ? 'compact' : 'comfortable',
      menuFolded: asked.has('fold'),
      recoveryCodeOffered: true,
      connectionId: asked.has('none') ? null : CONNECTION,
    },
    connections: asked.has('none')
      ? []
      : [
          connection(CONNECTION, 'Северный ЦОД', '#7a63d8', asked.has('rejected') ? { state: 'token-rejected' } : {}),
          connection('conn-volga', 'Волга Телеком', '#2c8a9c'),
          connection('conn-demo', 'Демо', '#d7931a', { demo: true, address: 'http://127.0.0.1:4100' }),
        ],
    emit: (event, payload) => listeners.get(event)?.forEach((listener) => (listener as (payload: unknown) => void)(payload)),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
  }
}

const known = new Set(['clients', 'projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports', 'storage_profiles', 'accounts'])
const minutesOld: Record<string, number> = { notes: 33, limits: 160, statistics: 15, tariff_plans: 5 }
const rowsOf = (size: number): Record<string, number> => ({
  partners: 3,
  clients: size,
  contracts: size + 4,
  tariff_plans: 6,
  projects: Math.round(size * 3.1),
  vdcs: Math.round(size * 3.4),
  servers: Math.round(size * 15.6),
  disks: Math.round(size * 19.8),
  networks: Math.round(size * 4.2),
  routers: size,
  ports: Math.round(size * 9),
  storage_profiles: 9,
  accounts: Math.round(size * 2.7),
  notes: Math.round(size * 1.4),
  limits: size * 6,
  statistics: 365,
})

export const syncOf = (state: FakeState, connectionId: string): SyncStatus => {
  const answeredAt = NOW - (state.offline ? 16 * 60_000 : 20_000)
  const rows = rowsOf(state.empty ? 0 : state.size)
  return {
    connectionId,
    online: !state.offline,
    offlineSince: state.offline ? NOW - 15 * 60_000 : null,
    lastAnswerAt: answeredAt,
    nextTryAt: NOW + (state.offline ? 24_000 : 240_000),
    intervalMs: 300_000,
    phase: state.first ? 'running' : state.rejected ? 'stopped' : 'idle',
    first: state.first,
    error: state.rejected
      ? { code: 'unauthorized', message: '401', retryable: false, details: {} }
      : state.failing
        ? { code: 'platform-error', message: '502', retryable: true, details: {} }
        : null,
    asOf: state.first ? null : answeredAt,
    complete: !state.first && !state.failing,
    datasets: datasets.map((dataset, i) => {
      const missing = state.bare && !known.has(dataset)
      const running = state.first && dataset === 'servers'
      const waits = state.first && i > 6
      return {
        dataset,
        certainty: known.has(dataset) ? 'known' : 'inferred',
        offered: !missing,
        error: missing
          ? { code: 'not-offered', message: '404', retryable: false, details: { status: 404 } }
          : state.failing && dataset === 'limits'
            ? { code: 'platform-error', message: '502', retryable: true, details: {} }
            : null,
        asOf: missing || running || waits ? null : answeredAt - (minutesOld[dataset] ?? 0) * 60_000,
        complete: !(running || waits || (state.failing && dataset === 'limits')),
        rows: missing || waits ? 0 : running ? 1830 : (rows[dataset] ?? 0),
        unreadable: dataset === 'disks' && state.failing ? 3 : 0,
        running,
        done: running ? 1830 : 0,
        total: running ? 4700 : null,
        ...{ endsAt: null, nextAt: null, suspect: 0 },
      }
    }),
  }
}
