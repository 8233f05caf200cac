import type { Clock } from '../clock'
import { createTransport } from './http'
import type { ConnectionSettings, PlatformAdapter } from './port'
import { createRustackAdapter } from './rustack/adapter'
import { defaultProfile } from './rustack/profile'

export type PlatformId = 'rustack'

export interface AdapterInput {
  settings: ConnectionSettings
  token: string
  clock: Pick<Clock, 'now'>
  /** The system's proxy for a URL, in PAC form ("DIRECT", "PROXY host:port"). */
  resolveProxy: (url: string) => Promise<string>
}
export type PlatformFactory = (input: AdapterInput) => PlatformAdapter

/** Every platform that the console can speak to. The rest of the core knows adapters by their capabilities only. */
export const platforms = {
  rustack: ({ settings, ...input }) =>
    createRustackAdapter({ transport: createTransport({ settings, ...input }), settings, profile: defaultProfile(), clock: input.clock }),
} satisfies Record<PlatformId, PlatformFactory>

export const createAdapter = (platform: PlatformId, input: AdapterInput): PlatformAdapter => platforms[platform](input)
