import { createAdapter } from './platforms/registry'
import type { CoreOptions } from './core'
import { systemClock } from './clock'

/** The real adapters, behind the proxy that the system names. */
export const adapterFactory: CoreOptions['createAdapter'] =
  (_store, ask) =>
  ({ platform, settings, token }) =>
    createAdapter(platform, {
      settings,
      token,
      clock: systemClock,
      resolveProxy: async (url) => (await ask('resolveProxy', { url })).pac,
    })
