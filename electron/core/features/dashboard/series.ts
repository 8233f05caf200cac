import type { Series } from '@shared/ipc/dashboard'
import type { AsOf } from '@shared/ipc/rows'
import { firstHypervisorSampleAt, firstSampleAt, sampledFigures } from '../../store/local/samples'
import { firstStatisticAt, statistics } from '../../store/read/statistics'
import type { Workspace } from '../workspace'
import { DAY_MS } from './history'

export type Period = 'hour' | 'day' | 'week' | 'month' | { from: number; to: number }
interface Known {
  at: number
  cpu: number | null
  ramGb: number | null
}
export interface SeriesInput {
  connectionId: string
  /** The platform's statistics have no figures by hypervisor: of one, only our own samples tell. */
  hypervisorId: string | null
  period: Period
  /** Buckets of hours and days lie in the platform's own day. */
  utcOffsetMinutes: number
  statistics: AsOf
  now: number
  /** What the tiles show now, and as of when; null = nothing is known yet. */
  current: Known | null
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const MAX_POINTS = 2000
const LENGTHS = { hour: HOUR, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS }
/** Up to here hours are worth their place; a longer window is told by days. */
const HOURLY_UP_TO = 14 * DAY_MS

/**
 * CPU and RAM over a window in equal buckets. A bucket that nobody knows is a gap, the line ends where knowledge ends,
 * and its last point is what the tiles show.
 */
export const series = (workspace: Workspace, input: SeriesInput): Series => {
  const { from, to } = windowOf(input)
  const { source, base, known, origin, historySince } = sourceOf(workspace, input, { from, to })
  const last = input.current !== null && input.current.at >= from && input.current.at <= to ? input.current : null
  const step = stepFor(to - from, base)
  return {
    from,
    to,
    source,
    historySince,
    statistics: input.statistics,
    step,
    points: [...bucketed(known, { from, to, step, origin: origin ?? known[0]?.at ?? 0, last }), ...lastPoint(last)],
  }
}

const windowOf = ({ period, now }: SeriesInput): { from: number; to: number } => {
  if (typeof period === 'string') return { from: now - LENGTHS[period], to: now }
  return { from: Math.min(period.from, period.to), to: Math.max(period.from, period.to) }
}

const sourceOf = (workspace: Workspace, input: SeriesInput, window: { from: number; to: number }) => {
  const { cache } = workspace
  const { connectionId, hypervisorId, period } = input
  const resolution = window.to - window.from <= HOURLY_UP_TO ? ('hour' as const) : ('day' as const)
  const platform = hypervisorId === null ? statistics(cache, { connectionId, resolution, ...window }) : []
  if (period === 'hour' || platform.length === 0) {
    const base = period === 'hour' ? MINUTE : resolution === 'hour' ? HOUR : DAY_MS
    // A platform's midnight: every later day and hour begins a whole number of them after it.
    const origin = base === MINUTE ? null : DAY_MS - input.utcOffsetMinutes * 60_000
    const step = stepFor(window.to - window.from, base)
    const samples: Known[] = sampledFigures(workspace.local, connectionId, { ...window, step, origin, hypervisorId })
    // Within the hour the platform's hourly points are true, but few: ours stand between them.
    const both = period === 'hour' ? [...platform, ...samples].sort((a, b) => a.at - b.at) : samples
    const own = samples.length > 0 || platform.length === 0
    const historySince = own ? ownSince(workspace, input) : firstStatisticAt(cache, connectionId, resolution)
    return { source: own ? ('own' as const) : ('platform' as const), base, known: both, origin, historySince }
  }
  const base = resolution === 'hour' ? HOUR : DAY_MS
  return {
    source: 'platform' as const,
    base,
    known: platform,
    origin: null,
    historySince: firstStatisticAt(cache, connectionId, resolution),
  }
}

const ownSince = ({ local }: Workspace, { connectionId, hypervisorId }: SeriesInput): number | null =>
  hypervisorId === null ? firstSampleAt(local, connectionId) : firstHypervisorSampleAt(local, connectionId)

/** The smallest whole multiple of the source's own step that keeps within the points a chart can use. */
const stepFor = (length: number, base: number): number => base * Math.max(1, Math.ceil(length / base / (MAX_POINTS - 2)))

interface Buckets {
  from: number
  to: number
  step: number
  /** A moment at which a bucket begins. */
  origin: number
  /** The current figures, which end the line. */
  last: Known | null
}
/** A gauge: of several values in one bucket, the last one stands. Buckets of our samples lie in the platform's own days, others where the source's own points do. */
const bucketed = (known: readonly Known[], { from, to, step, origin: begin, last }: Buckets): Series['points'] => {
  const origin = begin % step
  const bucketOf = (at: number): number => Math.floor((at - origin) / step)
  const buckets = new Map<number, Known>()
  for (const point of known)
    if (point.at >= from && point.at <= to && (last === null || point.at < last.at)) buckets.set(bucketOf(point.at), point)
  // Alone, the figure of now stands at the end of a gap, not at its beginning.
  if (buckets.size === 0) return last === null || last.at === from ? [] : [{ at: from, cpu: null, ramGb: null }]
  const first = bucketOf(from)
  const end = last === null ? Math.max(...buckets.keys()) : bucketOf(last.at - 1)
  return Array.from({ length: end - first + 1 }, (_, index) => {
    const point = buckets.get(first + index)
    return { at: point?.at ?? Math.max(from, (first + index) * step + origin), cpu: point?.cpu ?? null, ramGb: point?.ramGb ?? null }
  })
}

const lastPoint = (last: Known | null): Series['points'] => (last === null ? [] : [{ at: last.at, cpu: last.cpu, ramGb: last.ramGb }])
