import { CalendarDate, fromDate, getLocalTimeZone, Time, toCalendarDate, toCalendarDateTime } from '@internationalized/date'
import { dateNames } from '../date-names'
import type { Language } from '../format'

const NAMES = { ru: dateNames('ru'), en: dateNames('en') } as const satisfies Record<Language, unknown>

const real = (year: number, month: number, day: number): CalendarDate | null => {
  const date = new CalendarDate(year, month, day)
  // A day that does not exist was moved to the nearest one that does.
  const same = date.year === year && date.month === month && date.day === day
  return same && year >= 2000 && year <= 2200 ? date : null
}
const fullYear = (text: string | undefined, now: Date): number => {
  if (!text) return now.getFullYear()
  return text.length <= 2 ? 2000 + Number(text) : Number(text)
}
/** By the beginning of its name in either language; 0: none. */
const monthNamed = (typed: string): number => {
  if (typed.length < 3) return 0
  const at = Object.values(NAMES).map(({ wholeMonths }) => wholeMonths.findIndex((names) => names.some((name) => name.startsWith(typed))))
  return Math.max(...at) + 1
}

/** A day as people type it: 20.11.2025, 20.11, 20/11/25, 2025-11-20, 20 Nov 2025, 20 ноября. Null: no such day. */
export const parseDay = (text: string, now: Date): CalendarDate | null => {
  const typed = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const points = /^(\d{1,2})[./\s](\d{1,2})(?:[./\s](\d{2}|\d{4}))?\.?$/.exec(typed)
  if (points) return real(fullYear(points[3], now), Number(points[2]), Number(points[1]))
  const words = /^(\d{1,2})[\s.]+([a-zа-я]{2,})\.?(?:[\s.,]+(\d{2}|\d{4}))?$/.exec(typed)
  if (!words) return null
  const month = monthNamed(words[2] ?? '')
  return month === 0 ? null : real(fullYear(words[3], now), month, Number(words[1]))
}

/** Minutes since midnight from 9, 930, 9:30, 09.30. Null: no such time. */
export const parseMinutes = (text: string): number | null => {
  const match = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)]
  return hours > 23 || minutes > 59 ? null : hours * 60 + minutes
}

const two = (n: number): string => String(n).padStart(2, '0')
export const dayText = ({ year, month, day }: CalendarDate, language: Language): string =>
  language === 'ru' ? `${two(day)}.${two(month)}.${year}` : `${day} ${NAMES.en.months[month - 1] ?? ''} ${year}`
export const minutesText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
/** The day of this computer that a moment lies in. */
export const dayOf = (at: number): CalendarDate => toCalendarDate(fromDate(new Date(at), getLocalTimeZone()))
export const minutesOf = (at: number): number => new Date(at).getHours() * 60 + new Date(at).getMinutes()
export const momentOf = (day: CalendarDate, minutes: number): number =>
  toCalendarDateTime(day, new Time(Math.floor(minutes / 60), minutes % 60))
    .toDate(getLocalTimeZone())
    .getTime()
