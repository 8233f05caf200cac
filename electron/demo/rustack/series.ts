import { BILLING_ZONE_MS, DAY_MS, HOUR_MS, hourOf, midnight } from '../naive-time'
import { FIELD, FIELDS, type Figures } from './usage'

/** Figures per hour or day out of the changes: each point is what was ordered at its end, the amount what it was charged. */
export type Detail = 'hour' | 'day'

export interface Point {
  /** Start of the bucket. */
  readonly time: number
  readonly figures: Figures
  /** Rubles. */
  readonly amount: number
}

/** How far back the platform answers, in buckets. */
export const KEPT: Readonly<Record<Detail, number>> = { hour: 31 * 24, day: 365 }
const ZONE_HOURS = BILLING_ZONE_MS / HOUR_MS

export const bucketStart = (moment: number, detail: Detail) => (detail === 'hour' ? hourOf(moment) * HOUR_MS : midnight(moment))
export const windowStart = (now: number, detail: Detail) =>
  bucketStart(now, detail) - (KEPT[detail] - 1) * (detail === 'hour' ? HOUR_MS : DAY_MS)

function addUp(sums: Figures, change: Figures | undefined): void {
  if (change !== undefined) for (let at = 0; at < FIELDS; at++) sums[at]! += change[at]!
}

function sumBefore(hours: ReadonlyMap<number, Figures>, first: number): Figures {
  const sums = new Float64Array(FIELDS)
  for (const [hour, change] of hours) if (hour < first) addUp(sums, change)
  return sums
}

const endsBucket = (hour: number, detail: Detail) => detail === 'hour' || (hour + ZONE_HOURS) % 24 === 23
/** A rate of 1/10000 ruble per day, for an hour, in rubles. */
const hourly = (rate: number) => rate / 240_000

/** The whole window up to now; the last bucket is the running one. */
export function seriesOf(hours: ReadonlyMap<number, Figures>, detail: Detail, now: number): Point[] {
  const first = hourOf(windowStart(now, detail))
  const last = hourOf(now)
  const sums = sumBefore(hours, first)
  const points: Point[] = []
  let amount = 0
  for (let hour = first; hour <= last; hour++) {
    // Charged at the hour's beginning, for what was ordered when the one before ended.
    amount += hourly(sums[FIELD.rate]!)
    addUp(sums, hours.get(hour))
    if (!endsBucket(hour, detail) && hour !== last) continue
    points.push({ time: bucketStart(hour * HOUR_MS, detail), figures: sums.slice(), amount: Math.round(amount * 100) / 100 })
    amount = 0
  }
  return points
}
