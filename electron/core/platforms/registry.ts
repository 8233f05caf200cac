import type { Clock } from '../clock'
import { createTransport } from './http'
import type { ConnectionSettings, PageSize, PlatformAdapter } from './port/core'
import { createRustackAdapter } from './rustack/adapter'
import { defaultProfile } from './rustack/profile'

export type PlatformId = 'rustack'

export interface AdapterInput {
  settings: ConnectionSettings
  /** As the last probe found it. */
  pageSize: PageSize | null
  token: string
  clock: Pick<Clock, 'now'>
  /** The system's proxy for a URL, in PAC form ("DIRECT", "PROXY host:port"). */
  resolveProxy: (url: string) => Promise<string>
}
export type PlatformFactory = (input: AdapterInput) => PlatformAdapter

/** Every platform that the console can speak to. The rest of the core knows adapters by their capabilities only. */
export const platforms = {
  rustack: ({ settings, pageSize, ...input }) =>
    createRustackAdapter({
      ...{ settings, pageSize, clock: input.clock },
      transport: createTransport({ settings, ...input }),
      profile: defaultProfile(),
    }),
} satisfies Record<PlatformId, PlatformFactory>

export const createAdapter = (platform: PlatformId, input: AdapterInput): PlatformAdapter => platforms[platform](input)
