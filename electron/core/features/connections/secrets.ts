import { ConnectionSecrets, type PlatformId } from '@shared/domain/connections/connection'
import { AppError } from '@shared/errors'
import type { Ask } from '../workspace'

/** The demo's token opens nothing real: it is kept without asking the system's store, so that trying it asks nothing. */
const DEMO = 'demo:'

export const wrapSecrets = async (ask: Ask, secrets: ConnectionSecrets, demo: boolean): Promise<string> => {
  const plain = JSON.stringify(secrets)
  if (demo) return DEMO + Buffer.from(plain).toString('base64')
  return (await ask('wrapSecret', { plain })).wrapped
}

/** @throws AppError `storage` (reason `secrets`): the system's store cannot give the secret back. */
export const unwrapSecrets = async (ask: Ask, platform: PlatformId, wrapped: string): Promise<ConnectionSecrets> => {
  try {
    const plain = wrapped.startsWith(DEMO)
      ? Buffer.from(wrapped.slice(DEMO.length), 'base64').toString()
      : (await ask('unwrapSecret', { wrapped })).plain
    // Those of an older version do not say whose they are.
    return ConnectionSecrets.parse({ platform, ...(JSON.parse(plain) as object) })
  } catch (error) {
    throw new AppError('storage', 'the secret of this connection cannot be read', { reason: 'secrets' }, { cause: error })
  }
}
