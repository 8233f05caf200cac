import type { Random } from './random'

/** The platform writes local time without a zone; its local zone is UTC+3 all the year. */
export const ZONE_MS = 3 * 3_600_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

const local = (moment: number) => new Date(moment + ZONE_MS).toISOString()

/** `2021-09-07T00:02:47.836539`: the microseconds are made up, as a database would have had them. */
export function stamp(moment: number, random: Random): string {
  return local(moment).slice(0, 23) + String(random.int(0, 999)).padStart(3, '0')
}

export const naiveSeconds = (moment: number) => local(moment).slice(0, 19)
export const naiveMinutes = (moment: number) => `${local(moment).slice(0, 16)}:00`
export const hourOf = (moment: number) => Math.floor(moment / HOUR_MS)
/** Midnight in the platform's own zone on or before the moment. */
export const midnight = (moment: number) => Math.floor((moment + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/

function offsetMs(zone: string | undefined): number {
  if (zone === undefined) return ZONE_MS
  if (zone === 'Z') return 0
  const digits = zone.replace(':', '')
  return (digits.startsWith('-') ? -1 : 1) * (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))) * 60_000
}

/** Reads what the API takes; a time without a zone is the platform's own. `undefined` = not a date and time. */
export function parseNaive(text: string, dateAlone = false): number | undefined {
  const match = SHAPE.exec(text)
  if (match === null || (!dateAlone && match[4] === undefined)) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Date.parse rolls 31 February over to March, so the day is compared with what was written.
  if (Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day)) return undefined
  return utc - offsetMs(zone)
}
