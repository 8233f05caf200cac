import type { TimePoint } from '@renderer/ui/chart/use-time-chart'
import type { Output } from '@shared/ipc/contract'

export type SeriesData = Output<'dashboard', 'series'>
export type Measure = 'cpu' | 'ramGb'

export const pointsOf = (series: SeriesData, key: Measure): TimePoint[] =>
  series.points.map((point) => ({ at: point.at, value: point[key] }))

/** The value of a moment, or of the last one that is known: what stands beside the chart, equal to its end. */
export const valueAt = (points: readonly TimePoint[], hover: number | null): { at: number; value: number | null } | null => {
  const point = hover === null ? points.findLast((one) => one.value !== null) : points[hover]
  return point ?? null
}
export const hasValues = (series: SeriesData): boolean => series.points.some((point) => point.cpu !== null || point.ramGb !== null)

/** Since when there is anything to see: own samples begin when the console did. */
export const historyWords = (series: SeriesData, now: number): 'platform' | 'now' | 'since' => {
  if (series.source === 'platform') return 'platform'
  return series.historySince === null || now - series.historySince < 3_600_000 ? 'now' : 'since'
}
