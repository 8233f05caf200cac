import { join } from 'node:path'
import type { ConnectionDraft } from '@shared/domain/connections/connection'
import { usualZones } from '@shared/domain/time'
import { definitionOf, DEMO_PLATFORM, draftOf } from '../../platforms/registry'
import { setConnectionSettings, type StoredConnection } from '../../store/local/connections'
import type { Workspace } from '../workspace'

const stateFile = (dataFolder: string): string => join(dataFolder, 'demo', `${DEMO_PLATFORM}.db`)
const names = { ru: 'Демо РУСТЭК-ЕСУ', en: 'RUSTACK demo' } as const

/** Starts the demo platform, and says how a person would connect to it. */
export const startDemoPlatform = async (
  { ask }: Workspace,
  { dataFolder, language }: { dataFolder: string; language: 'ru' | 'en' },
): Promise<ConnectionDraft> => {
  const { url, token } = await ask('startDemo', { stateFile: stateFile(dataFolder), port: null })
  return draftOf({ name: names[language], address: url, token, proxyUrl: '' })
}

/** A demo connection lives at the port that it had; where that is taken, its address follows the platform. Its times are UTC; once they were not. */
export const wakeDemoAt =
  ({ local, ask }: Workspace, dataFolder: string) =>
  async (connection: StoredConnection): Promise<void> => {
    const platform = definitionOf(connection.settings.platform)
    const { url } = await ask('startDemo', {
      stateFile: stateFile(dataFolder),
      port: Number(new URL(platform.address(connection.settings)).port),
    })
    setConnectionSettings(local, connection.id, platform.withZone(platform.movedTo(connection.settings, url), usualZones.utcOffsetMinutes))
  }

/** Ends the demo platform; nothing of its cloud stays. */
export const endDemoPlatform = async (
  { ask }: Workspace,
  { dataFolder, dropState }: { dataFolder: string; dropState: (stateFile: string) => Promise<void> },
): Promise<void> => {
  await ask('stopDemo', {})
  await dropState(stateFile(dataFolder))
}
