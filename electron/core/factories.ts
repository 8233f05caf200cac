import { randomUUID } from 'node:crypto'
import type { Clock } from './clock'
import type { CoreOptions } from './core'
import { createAdapter } from './platforms/registry'
import { createConnectionSync } from './sync/connection-sync'

/** The real adapters, behind the proxy that the system names. */
export const adaptersBy =
  (clock: Clock): CoreOptions['createAdapter'] =>
  (_store, ask) =>
  ({ settings, secrets, language, pageSize }) =>
    createAdapter({
      settings,
      secrets,
      language,
      pageSize,
      clock,
      resolveProxy: async (url) => (await ask('resolveProxy', { url })).pac,
    })

/** The real sync. */
export const syncsBy =
  (clock: Clock): CoreOptions['createSync'] =>
  (store, activity) =>
  ({ connectionId, adapter, capabilities, intervalMs, events }) =>
    createConnectionSync({
      store,
      adapter,
      connectionId,
      capabilities,
      intervalMs,
      activity,
      events,
      clock,
      random: Math.random,
      newId: () => randomUUID(),
    })
