import type { ConnectionDraft, PlatformId } from '@shared/domain/connections/connection'
import type { AdapterInput, PlatformDefinition } from './port/definition'
import type { PlatformAdapter } from './port/core'
import { rustack } from './rustack/connection'

/** Every platform that the console can speak to. The rest of the core knows them by their definition and capabilities only. */
const platforms: { [P in PlatformId]: PlatformDefinition<P> } = { rustack }

export const definitionOf = <P extends PlatformId>(platform: P): PlatformDefinition<P> => platforms[platform]

export const createAdapter = <P extends PlatformId>(input: AdapterInput<P>): PlatformAdapter =>
  definitionOf(input.settings.platform).create(input)

/** What the command line and the demo connect to: a deployment by its address. */
export const draftOf = (named: Parameters<PlatformDefinition<PlatformId>['draftOf']>[0]): ConnectionDraft => rustack.draftOf(named)
/** Of the demo's own state, by its platform. */
export const DEMO_PLATFORM: PlatformId = 'rustack'
