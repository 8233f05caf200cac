import type { Language } from '../format'

export interface Day {
  year: number
  /** 0…11. */
  month: number
  day: number
}
const EN = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const RU = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']

const real = (year: number, month: number, day: number): Day | null => {
  const date = new Date(year, month, day)
  const same = date.getFullYear() === year && date.getMonth() === month && date.getDate() === day
  return same && year >= 2000 && year <= 2200 ? { year, month, day } : null
}
const fullYear = (text: string | undefined, now: Date): number => {
  if (!text) return now.getFullYear()
  return text.length <= 2 ? 2000 + Number(text) : Number(text)
}

/** A day as people type it: 20.11.2025, 20.11, 20/11/25, 2025-11-20, 20 Nov 2025, 20 ноября. Null: no such day. */
export const parseDay = (text: string, now: Date): Day | null => {
  const typed = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return real(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
  const points = /^(\d{1,2})[./\s](\d{1,2})(?:[./\s](\d{2}|\d{4}))?\.?$/.exec(typed)
  if (points) return real(fullYear(points[3], now), Number(points[2]) - 1, Number(points[1]))
  const words = /^(\d{1,2})[\s.]+([a-zа-я]{2,})\.?(?:[\s.,]+(\d{2}|\d{4}))?$/.exec(typed)
  if (!words) return null
  const name = words[2] ?? ''
  const month = [EN, RU].map((months) => months.findIndex((start) => name.startsWith(start))).find((at) => at >= 0) ?? -1
  return month < 0 ? null : real(fullYear(words[3], now), month, Number(words[1]))
}

/** Minutes since midnight from 9, 930, 9:30, 09.30. Null: no such time. */
export const parseMinutes = (text: string): number | null => {
  const match = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)]
  return hours > 23 || minutes > 59 ? null : hours * 60 + minutes
}

const two = (n: number): string => String(n).padStart(2, '0')
export const dayText = ({ year, month, day }: Day, language: Language): string => {
  const name = EN[month] ?? ''
  return language === 'ru' ? `${two(day)}.${two(month + 1)}.${year}` : `${day} ${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`
}
export const minutesText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
export const dayOf = (at: number): Day => {
  const date = new Date(at)
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
}
export const minutesOf = (at: number): number => new Date(at).getHours() * 60 + new Date(at).getMinutes()
export const momentOf = ({ year, month, day }: Day, minutes: number): number =>
  new Date(year, month, day, Math.floor(minutes / 60), minutes % 60).getTime()

/** Six weeks from the Monday on or before the first of the month. */
export const monthDays = (year: number, month: number): Day[] => {
  const lead = (new Date(year, month, 1).getDay() + 6) % 7
  return Array.from({ length: 42 }, (_, i) => dayOf(new Date(year, month, 1 - lead + i, 12).getTime()))
}
export const sameDay = (a: Day | null, b: Day | null): boolean =>
  a !== null && b !== null && a.year === b.year && a.month === b.month && a.day === b.day
