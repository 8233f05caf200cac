import { join } from 'node:path'
import { usualZones } from '@shared/domain/platform-time'
import type { ConnectionDraft } from '@shared/ipc/connections'
import { setConnectionBaseUrl, setConnectionZone, type StoredConnection } from '../../store/local/connections'
import type { Workspace } from '../workspace'

const stateFile = (dataFolder: string): string => join(dataFolder, 'demo', 'rustack.db')
const names = { ru: 'Демо РУСТЭК-ЕСУ', en: 'RUSTACK demo' } as const

/** Starts the demo platform, and says how a person would connect to it. */
export const startDemoPlatform = async (
  { ask }: Workspace,
  { dataFolder, language }: { dataFolder: string; language: 'ru' | 'en' },
): Promise<ConnectionDraft> => {
  const { url, token } = await ask('startDemo', { stateFile: stateFile(dataFolder), port: null })
  const extras = { caPem: null, clientCertPem: null, clientKeyPem: null, proxyUrl: '' }
  return { platform: 'rustack', name: names[language], baseUrl: url, token, ...usualZones, ...extras }
}

/** A demo connection lives at the port that it had; where that is taken, its address follows the platform. Its times are UTC; once they were not. */
export const wakeDemoAt =
  ({ local, ask }: Workspace, dataFolder: string) =>
  async (connection: StoredConnection): Promise<void> => {
    const { url } = await ask('startDemo', { stateFile: stateFile(dataFolder), port: Number(new URL(connection.baseUrl).port) })
    setConnectionZone(local, connection.id, usualZones.utcOffsetMinutes)
    if (url !== connection.baseUrl) setConnectionBaseUrl(local, connection.id, url.replace(/\/$/, ''))
  }

/** Ends the demo platform; nothing of its cloud stays. */
export const endDemoPlatform = async (
  { ask }: Workspace,
  { dataFolder, dropState }: { dataFolder: string; dropState: (stateFile: string) => Promise<void> },
): Promise<void> => {
  await ask('stopDemo', {})
  await dropState(stateFile(dataFolder))
}
