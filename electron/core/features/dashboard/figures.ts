import { limitTypes, usageShare, usageState, type LimitType, type UsageState } from '@shared/domain/limits'
import { useOf, type LimitRow } from '../../store/read/limits'
import type { DiskUsageRow, UsageRow } from '../../store/read/usage'

const at = <T extends { hypervisorId: string }>(rows: readonly T[], hypervisorId: string | null): T[] =>
  rows.filter((row) => hypervisorId === null || row.hypervisorId === hypervisorId)

export const sumUse = (usage: readonly UsageRow[], type: LimitType, hypervisorId: string | null): number =>
  at(usage, hypervisorId).reduce((sum, row) => sum + useOf(row, type), 0)

/**
 * The partner's limit of a type. Over several hypervisors it is their sum, and only if each one that is in use has one:
 * a sum with a hole in it would look like a limit where there is none.
 */
export const partnerLimit = (
  { usage, limits }: { usage: readonly UsageRow[]; limits: readonly LimitRow[] },
  type: LimitType,
  hypervisorId: string | null,
): number | null => {
  const own = at(limits, hypervisorId).filter((limit) => limit.type === type)
  if (own.length === 0) return null
  const limited = new Set(own.map((limit) => limit.hypervisorId))
  const uncovered = at(usage, hypervisorId).some((row) => useOf(row, type) > 0 && !limited.has(row.hypervisorId))
  return uncovered ? null : own.reduce((sum, limit) => sum + limit.value, 0)
}

export interface UseOfLimit {
  type: LimitType
  use: number
  limit: number | null
  state: UsageState | null
}

export const useOfLimit = (
  from: { usage: readonly UsageRow[]; limits: readonly LimitRow[] },
  type: LimitType,
  hypervisorId: string | null,
): UseOfLimit => {
  const use = sumUse(from.usage, type, hypervisorId)
  const limit = partnerLimit(from, type, hypervisorId)
  return { type, use, limit, state: limit === null ? null : usageState(use, limit) }
}

/** The tightest first; types without a limit stand last, in the guide's order. Volume has a place of its own beside the disks. */
export const rankedLimits = (
  from: { usage: readonly UsageRow[]; limits: readonly LimitRow[] },
  hypervisorId: string | null,
): UseOfLimit[] =>
  limitTypes
    .filter((type) => type !== 'volume')
    .map((type) => useOfLimit(from, type, hypervisorId))
    .sort((a, b) => pressure(b) - pressure(a))

const pressure = ({ use, limit }: UseOfLimit): number => (limit === null ? -1 : usageShare(use, limit))

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
