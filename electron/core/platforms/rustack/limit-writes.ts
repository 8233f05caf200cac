import { AppError } from '@shared/errors'
import type { Transport } from '../http'
import type { LimitWrites } from '../port/writes'
import { limitPaths, type Lists } from './api'
import { inferredMappers } from './map-inferred'
import type { RustackProfile } from './profile'
import { readOwned } from './rows'

export interface LimitWriting {
  transport: Transport
  profile: RustackProfile
  lists: Lists
  zone: number
}

/** INFERRED: one request a limit, by the child collection of its client. Nobody has published them. */
export const createLimitWrites = ({ transport, lists, profile, zone }: LimitWriting): LimitWrites => {
  const paths = limitPaths(profile)
  const names = profile.fields.limit
  const { limit: mapperOf } = inferredMappers(profile)
  /** The first code of a type: a profile may know several. */
  const codeOf = (type: string): string => {
    const code = Object.keys(profile.limitTypes).find((one) => profile.limitTypes[one] === type)
    if (code === undefined) throw new AppError('not-offered', `the profile has no code for limits of ${type}`)
    return code
  }
  return {
    ofClient: async (clientId, signal) => {
      const list = { dataset: 'limits' as const, path: paths.ofClient(clientId), query: {}, signal, urgent: true }
      const { items, at } = await readOwned(list, { lists, zone, mapper: mapperOf('client', clientId) })
      return { rows: items, at }
    },
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
