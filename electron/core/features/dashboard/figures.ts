import { limitTypes, usageShare, usageState, type LimitType, type UsageState } from '@shared/domain/limits'
import type { LimitPart } from '@shared/ipc/dashboard'
import { useOf, type PartnerLimits } from '../../store/read/limits'
import type { DiskUsageRow, PartnerUsageRow, UsageRow } from '../../store/read/usage'

const at = <T extends { hypervisorId: string }>(rows: readonly T[], hypervisorId: string | null): readonly T[] =>
  hypervisorId === null ? rows : rows.filter((row) => row.hypervisorId === hypervisorId)

export const sumUse = (usage: readonly UsageRow[], type: LimitType, hypervisorId: string | null): number =>
  at(usage, hypervisorId).reduce((sum, row) => sum + useOf(row, type), 0)

export interface Compared {
  /** Everything in use, one row a hypervisor. */
  usage: readonly UsageRow[]
  partners: Pick<PartnerLimits, 'limits' | 'partners'>
  /** Use by partner and hypervisor; asked for only where there are several partners. */
  byPartner: () => readonly PartnerUsageRow[]
}

/** Each limit of a type with the use of its own hypervisor and partner, the tightest first. Sums over hypervisors are compared with nothing. */
export const limitParts = (from: Compared, type: LimitType, hypervisorId: string | null): LimitPart[] => {
  const { partners } = from.partners
  const parts = partners.length > 1 ? partsOfSeveral(from, type) : partsOfOne(from, type)
  return at(parts, hypervisorId).toSorted((a, b) => pressure(b) - pressure(a) || a.hypervisorName.localeCompare(b.hypervisorName))
}

interface Place {
  hypervisorId: string
  hypervisorName: string
}
const partOf = (
  { hypervisorId, hypervisorName }: Place,
  of: { partnerName: string | null; use: number; limit: number | null; atLeast: boolean },
): LimitPart => ({ hypervisorId, hypervisorName, ...of, state: stateOf(of) })

/** What is known for certain: use that may be more can only be told to be over. */
const stateOf = ({ use, limit, atLeast }: { use: number; limit: number | null; atLeast: boolean }): UsageState | null => {
  if (limit === null) return null
  const state = usageState(use, limit)
  return atLeast && state !== 'over' ? null : state
}

const partsOfOne = ({ usage, partners }: Compared, type: LimitType): LimitPart[] => {
  const limits = partners.limits.filter((limit) => limit.type === type)
  return placesOf(usage, limits, type).map((place) =>
    partOf(place, { partnerName: null, use: useAt(usage, place, type), limit: limitAt(limits, place), atLeast: false }),
  )
}

const partsOfSeveral = ({ partners: { partners, limits }, byPartner }: Compared, type: LimitType): LimitPart[] => {
  const rows = byPartner()
  const known = new Set(partners.map(({ id }) => id))
  const nobodys = rows.filter(({ partnerId }) => partnerId === null || !known.has(partnerId))
  const found = partners.flatMap(({ id, name }) => {
    const usage = rows.filter(({ partnerId }) => partnerId === id)
    const own = limits.filter((limit) => limit.ownerId === id && limit.type === type)
    return placesOf(usage, own, type).map((place) =>
      partOf(place, {
        partnerName: name,
        use: useAt(usage, place, type),
        limit: limitAt(own, place),
        atLeast: useAt(nobodys, place, type) > 0,
      }),
    )
  })
  const places = new Set(found.map(({ hypervisorId }) => hypervisorId))
  const alone = placesOf(nobodys, [], type).filter(({ hypervisorId }) => !places.has(hypervisorId))
  return [
    ...found,
    ...alone.map((place) => partOf(place, { partnerName: null, use: useAt(nobodys, place, type), limit: null, atLeast: false })),
  ]
}

/** Every hypervisor where something of the type is used or limited. */
const placesOf = (usage: readonly UsageRow[], limits: readonly Place[], type: LimitType): Place[] => {
  const places = new Map<string, Place>()
  for (const row of [...limits, ...usage.filter((one) => useOf(one, type) > 0)])
    if (!places.has(row.hypervisorId)) places.set(row.hypervisorId, row)
  return [...places.values()]
}
const useAt = (usage: readonly UsageRow[], { hypervisorId }: Place, type: LimitType): number => sumUse(usage, type, hypervisorId)
/** Were there two of one type, the tighter one binds. */
const limitAt = (limits: readonly (Place & { value: number })[], { hypervisorId }: Place): number | null => {
  const values = limits.filter((limit) => limit.hypervisorId === hypervisorId).map(({ value }) => value)
  return values.length === 0 ? null : Math.min(...values)
}

const rank: Record<UsageState, number> = { over: 3, reached: 2, near: 1, ok: 0 }
/** The state first, then the share used; without a limit last. */
export const pressure = ({ use, limit, state }: Pick<LimitPart, 'use' | 'limit' | 'state'>): number => {
  if (limit === null) return -2
  if (state === null) return -1
  return rank[state] * 10 + Math.min(usageShare(use, limit), 9)
}

/** Volume has a place of its own, beside the disks. */
export const tileTypes: readonly LimitType[] = limitTypes.filter((type) => type !== 'volume')

/** Ordered volume by billing class, largest first. */
export const diskClasses = (
  disks: readonly DiskUsageRow[],
  hypervisorId: string | null,
): { billingClassId: string; name: string; useGb: number }[] =>
  [...Map.groupBy(at(disks, hypervisorId), (disk) => disk.billingClassId)]
    .map(([billingClassId, rows]) => ({
      billingClassId,
      name: rows[0]?.name ?? billingClassId,
      useGb: rows.reduce((sum, row) => sum + row.volumeGb, 0),
    }))
    .sort((a, b) => b.useGb - a.useGb)
