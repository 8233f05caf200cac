import { platformDayStart } from '@shared/domain/time'
import type { Money } from '@shared/domain/money'
import { atHypervisor, samplesBetween } from '../../store/local/samples'
import { statistics, type StatRow } from '../../store/read/statistics'
import type { Workspace } from '../workspace'

export const DAY_MS = 86_400_000
const SPARK_DAYS = 30
/** How far from a month ago a point may lie and still be called "a month ago". */
const TOLERANCE_MS = 2 * DAY_MS

/** One day of history: from the platform's statistics, or from our own samples where it has none. null = nobody knows. */
export type DayPoint = Pick<StatRow, 'at' | 'clients' | 'servers' | 'cpu' | 'ramGb' | 'volumeGb' | 'chargedMinor' | 'currency'> & {
  diskGb: Record<string, number> | null
}

export interface HistoryKey {
  connectionId: string
  /** Of one hypervisor only our own samples tell. */
  hypervisorId: string | null
  utcOffsetMinutes: number
  now: number
}

/** The last month by days, the platform's own first; days that nobody knows are absent. */
export const monthOfDays = (workspace: Workspace, key: HistoryKey): DayPoint[] => {
  const { connectionId, hypervisorId, utcOffsetMinutes, now } = key
  const window = { from: platformDayStart(now, utcOffsetMinutes) - (SPARK_DAYS + 2) * DAY_MS, to: now }
  const known = hypervisorId === null ? statistics(workspace.cache, { connectionId, resolution: 'day', ...window }) : []
  return known.length > 0 ? known : sampledDays(workspace, { ...key, window })
}

/** Our own samples, of each day the last one. */
const sampledDays = (
  { local }: Workspace,
  { connectionId, hypervisorId, utcOffsetMinutes, window }: HistoryKey & { window: { from: number; to: number } },
): DayPoint[] => {
  const days = new Map<number, DayPoint>()
  for (const sample of samplesBetween(local, connectionId, window)) {
    const figures = hypervisorId === null ? sample : atHypervisor(sample, hypervisorId)
    if (figures === null) continue
    const { servers, cpu, ramGb, volumeGb, diskGb } = figures
    const at = platformDayStart(sample.at, utcOffsetMinutes)
    days.set(at, { at, clients: sample.clients, servers, cpu, ramGb, volumeGb, diskGb, chargedMinor: null, currency: null })
  }
  return [...days.values()]
}

export type Figure = (point: DayPoint) => number | null

/** Now against a month ago; null when nobody knows what was then. */
export const deltaOverMonth = (
  days: readonly DayPoint[],
  figure: Figure,
  { current, now }: { current: number; now: number },
): number | null => {
  const wanted = now - SPARK_DAYS * DAY_MS
  const known = days.filter((day) => figure(day) !== null && Math.abs(day.at - wanted) <= TOLERANCE_MS)
  const nearest = known.sort((a, b) => Math.abs(a.at - wanted) - Math.abs(b.at - wanted))[0]
  const before = nearest && figure(nearest)
  return before === null || before === undefined ? null : round(current - before)
}

/** The last days' values with the current one at the end: a spark ends where its figure stands. */
export const spark = (days: readonly DayPoint[], figure: Figure, current: number): number[] => [
  ...days.flatMap((day) => figure(day) ?? []).slice(-(SPARK_DAYS - 1)),
  current,
]

/** Gigabytes may be fractions: sums of them must not grow a tail of digits. */
export const round = (value: number): number => Math.round(value * 1000) / 1000

export interface Charged {
  amount: Money
  since: number
  compared: { days: number; now: Money; before: Money } | null
  spark: number[]
}

/**
 * Charged since the first of the month, in the platform's days. Only days that are over are compared with the same days of
 * the month before, and only they are drawn: today's part of a day beside whole ones would look like a fall.
 */
export const chargedThisMonth = (
  { cache }: Workspace,
  { connectionId, utcOffsetMinutes, now }: Omit<HistoryKey, 'hypervisorId'>,
): Charged | null => {
  const since = monthStart(now, utcOffsetMinutes)
  const before = monthStart(since - DAY_MS, utcOffsetMinutes)
  const days = statistics(cache, { connectionId, resolution: 'day', from: Math.min(before, now - SPARK_DAYS * DAY_MS), to: now }).filter(
    (day) => day.chargedMinor !== null && day.currency !== null,
  )
  const month = days.filter((day) => day.at >= since)
  const currency = month[0]?.currency ?? days.at(-1)?.currency
  if (currency === null || currency === undefined || days.some((day) => day.currency !== currency)) return null
  const sum = (points: readonly StatRow[]): Money => ({
    minor: points.reduce((total, day) => total + (day.chargedMinor ?? 0), 0),
    currency,
  })
  const today = platformDayStart(now, utcOffsetMinutes)
  const over = month.filter((day) => day.at < today)
  const same = days.filter((day) => day.at >= before && day.at < Math.min(before + over.length * DAY_MS, since))
  const whole = over.length > 0 && over.length * DAY_MS === today - since && same.length === over.length
  return {
    amount: sum(month),
    since,
    compared: whole ? { days: over.length, now: sum(over), before: sum(same) } : null,
    spark: days
      .filter((day) => day.at < today)
      .slice(-SPARK_DAYS)
      .map((day) => day.chargedMinor ?? 0),
  }
}

export const monthStart = (at: number, utcOffsetMinutes: number): number => {
  const there = new Date(at + utcOffsetMinutes * 60_000)
  return Date.UTC(there.getUTCFullYear(), there.getUTCMonth(), 1) - utcOffsetMinutes * 60_000
}
