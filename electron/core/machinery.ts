import { randomUUID } from 'node:crypto'
import { systemClock } from './clock'
import type { CoreOptions } from './core'
import { createAdapter } from './platforms/registry'
import { createConnectionSync } from './sync/connection-sync'

/** The real adapters, behind the proxy that the system names. */
export const adapterFactory: CoreOptions['createAdapter'] =
  (_store, ask) =>
  ({ platform, settings, pageSize, token }) =>
    createAdapter(platform, {
      settings,
      pageSize,
      token,
      clock: systemClock,
      resolveProxy: async (url) => (await ask('resolveProxy', { url })).pac,
    })

/** The real sync, by the machine's own clock. */
export const syncFactory: CoreOptions['createSync'] =
  (store, attention) =>
  ({ connectionId, adapter, capabilities, intervalMs, events }) =>
    createConnectionSync({
      store,
      adapter,
      connectionId,
      capabilities,
      intervalMs,
      attention,
      events,
      clock: systemClock,
      random: Math.random,
      newId: () => randomUUID(),
    })
