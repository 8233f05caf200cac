const NAIVE = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * Reads a platform's timestamp. One without a zone is taken in the connection's zone.
 * @returns milliseconds since the epoch, or null when the text is no date that exists.
 */
export const parsePlatformTime = (text: string, utcOffsetMinutes: number): number | null => {
  const match = NAIVE.exec(text)
  if (!match) return null
  const [, y, mo, d, h, mi, s = '0', frac = '', zone] = match
  const parts = [Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s), Number(frac.padEnd(3, '0').slice(0, 3))] as const
  const asUtc = Date.UTC(...parts)
  const back = new Date(asUtc)
  if (back.getUTCMonth() !== parts[1] || back.getUTCDate() !== parts[2] || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return null
  return asUtc - zoneMinutes(zone, utcOffsetMinutes) * 60_000
}

const zoneMinutes = (zone: string | undefined, fallback: number): number => {
  if (zone === undefined) return fallback
  if (zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
}

/** Writes a moment as the platform's naive timestamp, to the second. */
export const formatPlatformTime = (at: number, utcOffsetMinutes: number): string =>
  new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 19)

/** Where a person has not said otherwise: times are most probably UTC, and billing days end at midnight in Moscow. */
export const usualZones = { utcOffsetMinutes: 0, billingOffsetMinutes: 180 } as const

/** Zones that a person may choose, in minutes east of UTC. */
export const usualOffsets: readonly number[] = [0, 120, 180, 240, 300, 360, 420, 480, 540, 600, 660, 720]

/** Midnight, in the zone of the billing days, of the day that holds the moment. */
export const platformDayStart = (at: number, utcOffsetMinutes: number): number => {
  const shift = utcOffsetMinutes * 60_000
  return Math.floor((at + shift) / 86_400_000) * 86_400_000 - shift
}

/** Midnights of this computer's own days: a day is not always 24 hours long. */
export const localDayStart = (at: number, daysLater = 0): number => {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater).getTime()
}
/** The last millisecond of the day. */
export const localDayEnd = (at: number): number => localDayStart(at, 1) - 1
