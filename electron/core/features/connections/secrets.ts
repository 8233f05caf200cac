import { z } from 'zod'
import { AppError } from '@shared/errors'
import type { Ask } from '../workspace'
import type { Secrets } from './sync-handle'

/** The demo's token opens nothing real: it is kept without asking the system's store, so that trying it asks nothing. */
const DEMO = 'demo:'
const SecretsJson = z.object({ token: z.string(), clientKeyPem: z.string().nullable() })

export const wrapSecrets = async (ask: Ask, secrets: Secrets, demo: boolean): Promise<string> => {
  const plain = JSON.stringify(secrets)
  if (demo) return DEMO + Buffer.from(plain).toString('base64')
  return (await ask('wrapSecret', { plain })).wrapped
}

/** @throws AppError `storage` (reason `secrets`): the system's store cannot give the secret back. */
export const unwrapSecrets = async (ask: Ask, wrapped: string): Promise<Secrets> => {
  try {
    const plain = wrapped.startsWith(DEMO)
      ? Buffer.from(wrapped.slice(DEMO.length), 'base64').toString()
      : (await ask('unwrapSecret', { wrapped })).plain
    return SecretsJson.parse(JSON.parse(plain))
  } catch (error) {
    throw new AppError('storage', 'the secret of this connection cannot be read', { reason: 'secrets' }, { cause: error })
  }
}
