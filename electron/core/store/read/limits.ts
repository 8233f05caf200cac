import { usageState, type LimitType } from '@shared/domain/limits'
import type { AsOf, LimitUse } from '@shared/ipc/rows'
import { all, sql, type Db } from '../sql'
import { isLimitType } from './client-query'
import { asOfAll, asOfOwner, missingOf, unknown } from './sync-status'
import type { UsageRow } from './usage'

export interface LimitRow {
  hypervisorId: string
  hypervisorName: string
  type: string | null
  typeCode: string
  value: number
}

export interface LimitOwner {
  connectionId: string
  owner: 'client' | 'partner'
  /** null: all owners of the kind (a connection's partners together). */
  ownerId: string | null
}
export const limitsOf = (cache: Db, { connectionId, owner, ownerId }: LimitOwner): LimitRow[] => {
  const one = ownerId === null ? sql`` : sql`AND owner_id = ${ownerId}`
  return all(
    cache,
    sql`SELECT hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, type, type_code AS typeCode, value FROM client_limit
      WHERE connection_id = ${connectionId} AND owner = ${owner} ${one} ORDER BY hypervisor_name, type_code`,
  )
}

/** One client's limits; null = they were never read. */
export const knownLimits = (
  cache: Db,
  connectionId: string,
  clientId: string,
): { hypervisor: { id: string }; type: string | null; value: number }[] | null => {
  if (asOfOwner(cache, { connectionId, dataset: 'limits', ownerId: clientId }).at === null) return null
  return limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId }).map(({ hypervisorId, type, value }) => ({
    hypervisor: { id: hypervisorId },
    type,
    value,
  }))
}

export interface PartnerLimitRow extends LimitRow {
  ownerId: string
}
export interface PartnerLimits {
  partners: { id: string; name: string }[]
  limits: PartnerLimitRow[]
  /** Partners whose limits were read. */
  read: number
  /** `at` is null until the limits of all partners were read: unknown is not none. */
  asOf: AsOf
}

/** The partners' own limits, and whether all of them are known. The limits of clients are read for hours after them and do not count here. */
export const partnerLimits = (cache: Db, connectionId: string): PartnerLimits => {
  const partnersRead = all<PartnerReading>(
    cache,
    sql`SELECT p.id, p.name, o.as_of AS at, o.error, ifnull(o.unread, 0) AS unread FROM partner p
      LEFT JOIN owner_state o ON o.connection_id = p.connection_id AND o.dataset = 'limits' AND o.owner_id = p.id
      WHERE p.connection_id = ${connectionId} ORDER BY p.name, p.id`,
  )
  const limits = all<PartnerLimitRow>(
    cache,
    sql`SELECT owner_id AS ownerId, hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, type, type_code AS typeCode, value
      FROM client_limit WHERE connection_id = ${connectionId} AND owner = 'partner' ORDER BY hypervisor_name, type_code`,
  )
  const partners = partnersRead.map(({ id, name }) => ({ id, name }))
  return {
    partners,
    limits,
    ...readOf(partnersRead, { list: asOfAll(cache, connectionId, ['partners']), walk: asOfAll(cache, connectionId, ['limits']) }),
  }
}

interface PartnerReading {
  id: string
  name: string
  at: number | null
  error: string | null
  unread: number
}
/** Limits are asked for by partner. */
const nobodyToAsk: AsOf = { at: null, complete: false, missing: { dataset: 'limits', why: 'not-offered', text: null }, without: 0 }

/** Where limits are one collection, its own walk stands for each partner's. */
const readOf = (
  partnersRead: readonly PartnerReading[],
  { list, walk }: { list: AsOf; walk: AsOf },
): Pick<PartnerLimits, 'read' | 'asOf'> => {
  if (partnersRead.length === 0) return { read: 0, asOf: list.at === null ? list : nobodyToAsk }
  const collected = partnersRead.every(({ at, error }) => at === null && error === null) && walk.at !== null
  const read = collected ? partnersRead.length : partnersRead.filter(({ at }) => at !== null).length
  if (collected) return { read, asOf: walk }
  const broken = partnersRead.find(({ at, error }) => at === null && error !== null) ?? partnersRead.find(({ error }) => error !== null)
  const missing = broken ? missingOf({ dataset: 'limits', error: broken.error, offered: 1 }) : null
  if (read < partnersRead.length)
    return { read, asOf: { ...unknown('limits'), missing: missing ?? walk.missing ?? unknown('limits').missing } }
  const at = partnersRead.reduce((oldest, one) => Math.min(oldest, one.at ?? oldest), Number.POSITIVE_INFINITY)
  const without = partnersRead.reduce((sum, { unread }) => sum + unread, 0)
  // A limit that came and could not be read is not one that is not set.
  const unclear = missing ?? (without > 0 ? { dataset: 'limits' as const, why: 'failing' as const, text: null } : null)
  return { read, asOf: { at, complete: unclear === null, missing: unclear, without } }
}

const figures: Record<LimitType, keyof Pick<UsageRow, 'servers' | 'disks' | 'volumeGb' | 'ip' | 'networks' | 'routers' | 'ramGb' | 'cpu'>> =
  {
    servers: 'servers',
    disks: 'disks',
    volume: 'volumeGb',
    ip: 'ip',
    networks: 'networks',
    routers: 'routers',
    ram: 'ramGb',
    cpu: 'cpu',
  }
export const useOf = (usage: UsageRow | undefined, type: LimitType): number => usage?.[figures[type]] ?? 0

/** Each limit with what is used of it at its hypervisor. A type that the console does not know is shown as it came, uncounted. */
export const withUse = (limits: readonly LimitRow[], usage: readonly UsageRow[]): LimitUse[] =>
  limits.map((limit) => {
    const type = isLimitType(limit.type) ? limit.type : null
    const use =
      type === null
        ? null
        : useOf(
            usage.find((it) => it.hypervisorId === limit.hypervisorId),
            type,
          )
    return {
      hypervisorId: limit.hypervisorId,
      hypervisorName: limit.hypervisorName,
      type,
      typeCode: limit.typeCode,
      limit: limit.value,
      use,
      state: use === null ? null : usageState(use, limit.value),
    }
  })
