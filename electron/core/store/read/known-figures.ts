import type { Dataset } from '@shared/domain/datasets'
import type { LimitType } from '@shared/domain/limits'
import { get, sql, statement, trusted, type Db } from '../sql'

/** Of what could not be read: one element of a list inside a row («objects.2»). */
export const PART_OF_LIST = `field GLOB '*.[0-9]*'`

const OWN_LIST: Record<LimitType, Dataset> = {
  ...{ servers: 'servers', cpu: 'servers', ram: 'servers', disks: 'disks', volume: 'disks' },
  ...{ ip: 'ports', networks: 'networks', routers: 'routers' },
}

/** The lists that a figure over everything, by hypervisor, is counted from. */
export const totalStandsOn = (type: LimitType): Dataset[] => [OWN_LIST[type], 'vdcs']

/** The lists that the same figure of one client is counted from: server → VDC → project → client. */
export const clientStandsOn = (type: LimitType): Dataset[] => [...totalStandsOn(type), 'projects', 'clients']

/** Which figures of clients there is anything to compute from; before that they are unknown, never 0. */
export type KnownFigures = Record<LimitType | 'unmanaged' | 'limits', boolean>

export const knownFigures = (cache: Db, connectionId: string): KnownFigures => {
  const counted = new Set(
    statement(cache, '/* column */ SELECT dataset FROM dataset_state WHERE connection_id = ? AND counted_as_of IS NOT NULL')
      .pluck()
      .all(connectionId) as string[],
  )
  const known = (type: LimitType): boolean => clientStandsOn(type).every((dataset) => counted.has(dataset))
  const [servers, disks] = [known('servers'), known('disks')]
  return {
    ...{
      servers,
      cpu: servers,
      ram: servers,
      disks,
      volume: disks,
      ip: known('ip'),
      networks: known('networks'),
      routers: known('routers'),
    },
    unmanaged: counted.has('accounts') && !someAccessUnsaid(cache, connectionId),
    limits: counted.has('limits'),
  }
}

/**
 * Connections in which somebody may administer a client unseen: an account that can sign in and whose access the platform
 * did not say, or one that could not be read, whole or in a part of its access.
 */
const accessUnsaid = sql`SELECT connection_id FROM account WHERE objects = 'null' AND coalesce(active, 1) = 1 AND coalesce(blocked, 0) = 0
  UNION ALL SELECT connection_id FROM unreadable WHERE dataset = 'accounts' AND (field IS NULL OR ${trusted(PART_OF_LIST)})`
const someAccessUnsaid = (cache: Db, connectionId: string): boolean =>
  get(cache, sql`SELECT 1 FROM (${accessUnsaid}) WHERE connection_id = ${connectionId} LIMIT 1`) !== undefined

/** Connections in which it is known whether a client has an administrator, as a condition on `c`: the same rule as `knownFigures`. */
export const unmanagedKnown = sql`c.connection_id IN (SELECT connection_id FROM dataset_state WHERE dataset = 'accounts' AND counted_as_of IS NOT NULL)
  AND c.connection_id NOT IN (${accessUnsaid})`
