import { AppError } from '@shared/errors'
import type { EntityOf } from '@shared/domain/entities'
import type { Transport } from '../http'
import type { LimitWrites } from '../port'
import { limitPaths } from './api'
import type { RustackProfile } from './profile'

export interface LimitWriting {
  transport: Transport
  profile: RustackProfile
  /** The client's limits, whole. */
  read: (clientId: string, signal: AbortSignal) => Promise<{ rows: EntityOf['limits'][]; at: number }>
}

/** INFERRED: one request a limit, by the child collection of its client. Nobody has published them. */
export const createLimitWrites = ({ transport, profile, read }: LimitWriting): LimitWrites => {
  const paths = limitPaths(profile)
  const names = profile.fields.limit
  /** The first code of a type: a profile may know several. */
  const codeOf = (type: string): string => {
    const code = Object.keys(profile.limitTypes).find((one) => profile.limitTypes[one] === type)
    if (code === undefined) throw new AppError('not-offered', `the profile has no code for limits of ${type}`)
    return code
  }
  return {
    ofClient: read,
    write: async (clientId, { id, hypervisorId, type, value }, signal) => {
      if (id === null && value === null) return
      if (id === null) {
        const body = { [names.hypervisor]: hypervisorId, [names.type]: codeOf(type), [names.value]: value }
        await transport.send({ method: 'POST', path: paths.ofClient(clientId), body, signal })
        return
      }
      const path = paths.one(clientId, id)
      if (value === null) await transport.send({ method: 'DELETE', path, signal })
      else await transport.send({ method: 'PUT', path, body: { [names.value]: value }, signal })
    },
  }
}
