import { usageState, type LimitType } from '@shared/domain/limits'
import type { AsOf, LimitUse } from '@shared/ipc/rows'
import { all, get, sql, type Db } from '../sql'
import { isLimitType } from './client-query'
import { unknown } from './sync-status'
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

/** When the partners' own limits were read. The limits of clients are read for hours after them and do not count here. */
export const partnerLimitsAsOf = (cache: Db, connectionId: string): AsOf => {
  const row = get<{ at: number | null; partners: number; read: number; failed: number }>(
    cache,
    sql`SELECT min(o.as_of) AS at, count(*) AS partners, count(o.as_of) AS read, count(o.error) AS failed FROM partner p
      LEFT JOIN owner_state o ON o.connection_id = p.connection_id AND o.dataset = 'limits' AND o.owner_id = p.id
      WHERE p.connection_id = ${connectionId}`,
  )
  if (!row || row.partners === 0 || row.read < row.partners) return unknown('limits')
  return { at: row.at, complete: row.failed === 0, missing: null, without: 0 }
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
