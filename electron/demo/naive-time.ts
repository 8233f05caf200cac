import type { Random } from './random'

/** Billing days begin at midnight in UTC+3, whatever zone the times are written in. */
export const BILLING_ZONE_MS = 3 * 3_600_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export const hourOf = (moment: number) => Math.floor(moment / HOUR_MS)
/** Start of the billing day that the moment lies in. */
export const midnight = (moment: number) => Math.floor((moment + BILLING_ZONE_MS) / DAY_MS) * DAY_MS - BILLING_ZONE_MS

/** The platform writes times without a zone: only a deployment's own settings say which one it means. */
export interface NaiveTime {
  /** `2021-09-07T00:02:47.836539`: the microseconds are made up, as a database would have had them. */
  stamp(moment: number, random: Random): string
  seconds(moment: number): string
  /** To the minute, the seconds being zero. */
  minutes(moment: number): string
  /** Reads what the API takes; a time without a zone is the platform's own. `undefined` = not a date and time. */
  parse(text: string, dateAlone?: boolean): number | undefined
}

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/
const OFFSET = /^([+-])(\d\d):?(\d\d)$/

/** Minutes east of UTC: `Z`, `180`, `-60` or `+03:00`. `undefined` = not a zone. */
export function zoneMinutes(text: string): number | undefined {
  if (text === 'Z') return 0
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? []
  const value = sign === undefined ? (/^[+-]?\d{1,3}$/.test(text) ? Number(text) : NaN) : Number(hours) * 60 + Number(minutes)
  const offset = sign === '-' ? -value : value
  return Math.abs(offset) <= 14 * 60 ? offset : undefined
}

function parsed(text: string, dateAlone: boolean, own: number): number | undefined {
  const match = SHAPE.exec(text)
  if (match === null || (!dateAlone && match[4] === undefined)) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Date.parse rolls 31 February over to March, so the day is compared with what was written.
  if (Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day)) return undefined
  const offset = zone === undefined ? own : zoneMinutes(zone)
  return offset === undefined ? undefined : utc - offset * 60_000
}

export function naiveTime(minutesEast: number): NaiveTime {
  const local = (moment: number) => new Date(moment + minutesEast * 60_000).toISOString()
  return {
    stamp: (moment, random) => local(moment).slice(0, 23) + String(random.int(0, 999)).padStart(3, '0'),
    seconds: (moment) => local(moment).slice(0, 19),
    minutes: (moment) => `${local(moment).slice(0, 16)}:00`,
    parse: (text, dateAlone = false) => parsed(text, dateAlone, minutesEast),
  }
}
