import { createUserActivity } from '../../electron/core/user-activity'
import { systemClock, type Clock } from '../../electron/core/clock'
import { createTransport, type TransportSettings } from '../../electron/core/platforms/http'
import type { Capabilities, PageSize, PlatformAdapter } from '../../electron/core/platforms/port/core'
import { createRustackAdapter, type RustackAdapter } from '../../electron/core/platforms/rustack/adapter'
import { rustackErrors } from '../../electron/core/platforms/rustack/errors'
import { defaultProfile } from '../../electron/core/platforms/rustack/profile'
import type { Store } from '../../electron/core/store/connection'
import { createConnectionSync, type ConnectionSync, type SyncEvents } from '../../electron/core/sync/connection-sync'

export const never = new AbortController().signal

export const settingsFor = (baseUrl: string, more: Partial<TransportSettings> = {}): TransportSettings => ({
  ...{ baseUrl, caPem: null, clientCertPem: null, clientKeyPem: null, proxyUrl: '' },
  ...more,
})
/** As the platform's own definition asks. */
export const headersFor = (token: string, language = 'ru-ru') => ({ Authorization: `Bearer ${token}`, 'Accept-Language': language })

export const rustackAdapter = (
  { url, token }: { url: string; token: string },
  more: {
    settings?: Partial<TransportSettings> & { utcOffsetMinutes?: number }
    pageSize?: PageSize
    profile?: ReturnType<typeof defaultProfile>
    clock?: Pick<Clock, 'now'>
  } = {},
): RustackAdapter => {
  const settings = settingsFor(url, more.settings)
  const clock = more.clock ?? systemClock
  const transport = createTransport({
    ...{ settings, clock, headers: headersFor(token), errors: rustackErrors },
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
  const { utcOffsetMinutes = 0 } = more.settings ?? {}
  const { pageSize = null, profile = defaultProfile() } = more
  return createRustackAdapter({ transport, settings: { utcOffsetMinutes }, pageSize, profile, clock })
}

interface SyncSetup {
  store: Store
  adapter: PlatformAdapter
  capabilities: Capabilities
  clock?: Clock
  random?: () => number
  intervalMs?: number
  connectionId?: string
  events?: Partial<SyncEvents>
}
export const syncOf = ({ store, adapter, capabilities, ...more }: SyncSetup): ConnectionSync => {
  const ignored: SyncEvents = {
    onStatus: () => undefined,
    onChanged: () => undefined,
    onListsComplete: () => undefined,
    onUnauthorized: () => undefined,
    onCapabilityDoubt: () => undefined,
  }
  return createConnectionSync({
    ...{ store, adapter, capabilities },
    connectionId: more.connectionId ?? 'c1',
    clock: more.clock ?? systemClock,
    random: more.random ?? Math.random,
    newId: () => crypto.randomUUID(),
    intervalMs: more.intervalMs ?? 300_000,
    activity: createUserActivity(more.clock ?? systemClock),
    events: { ...ignored, ...more.events },
  })
}

/** Waits until a condition holds; says what it waited for when it never does. */
export const until = async (what: string, holds: () => boolean, timeoutMs = 15_000): Promise<void> => {
  const end = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
