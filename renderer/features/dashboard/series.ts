import type { TimePoint } from '@renderer/ui/chart/use-time-chart'
import type { Translate } from '@renderer/locales'
import type { Output } from '@shared/ipc/contract'
import { tenths } from './amount'

export type SeriesData = Output<'dashboard', 'series'>
export type Measure = 'cpu' | 'ramGb'

export const pointsOf = (series: SeriesData, key: Measure): TimePoint[] =>
  series.points.map((point) => ({ at: point.at, value: point[key] === null ? null : tenths(point[key]) }))

/** The value of a moment, or of the last one that is known: what stands beside the chart, equal to its end. */
export const valueAt = (points: readonly TimePoint[], hover: number | null): { at: number; value: number | null } | null => {
  const point = hover === null ? points.findLast((one) => one.value !== null) : points[hover]
  return point ?? null
}
export const hasValues = (series: SeriesData): boolean => series.points.some((point) => point.cpu !== null || point.ramGb !== null)

interface Told {
  t: Translate
  /** A moment's day in the platform's own zone. */
  day: (at: number) => string
  now: number
  hypervisor: string | null
}
const JUST_BEGUN = 3_600_000

/** Where the points come from, and why not from the platform: that it has no statistics is said only where it offers none. */
export const historyWords = (series: SeriesData, { t, day, now, hypervisor }: Told): string => {
  if (series.source === 'platform') return t('dashboard.history.platform')
  const since = series.historySince
  const begins = since === null || now - since < JUST_BEGUN
  if (hypervisor !== null)
    return begins
      ? t('dashboard.history.hypervisorNow', { name: hypervisor })
      : t('dashboard.history.hypervisorSince', { name: hypervisor, date: day(since) })
  const own = begins ? t('dashboard.history.now') : t('dashboard.history.since', { date: day(since) })
  const { at, missing } = series.statistics
  const why = at === null ? (missing?.why ?? 'not-read') : 'none'
  return `${t(`dashboard.history.${why}`)} ${own}`
}
