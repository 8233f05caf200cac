import type { Money } from '@shared/domain/money'
import { dateNames, type DateNames } from './date-names'

export type Language = 'ru' | 'en'

const NB = '\u00a0'
const MINUS = '\u2212'
const SIGNS: Record<string, string> = { RUB: '₽', USD: '$', EUR: '€', KZT: '₸' }
const POINT: Record<Language, string> = { ru: ',', en: '.' }
const THOUSANDS: Record<Language, string> = { ru: NB, en: ',' }
const two = (n: number): string => String(n).padStart(2, '0')

const WORDS = {
  ru: {
    yesterday: 'вчера',
    tomorrow: 'завтра',
    today: 'сегодня',
    ago: (s: string) => `${s} назад`,
    in: (s: string) => `через ${s}`,
    now: 'сейчас',
    day: 'дн.',
    h: 'ч',
    min: 'мин',
    s: 'с',
    kb: 'КБ',
    mb: 'МБ',
    gb: 'ГБ',
    tb: 'ТБ',
  },
  en: {
    yesterday: 'yesterday',
    tomorrow: 'tomorrow',
    today: 'today',
    ago: (s: string) => `${s} ago`,
    in: (s: string) => `in ${s}`,
    now: 'now',
    day: 'd',
    h: 'h',
    min: 'min',
    s: 's',
    kb: 'KB',
    mb: 'MB',
    gb: 'GB',
    tb: 'TB',
  },
} satisfies Record<Language, unknown>

export interface MoneyParts {
  sign: string
  whole: string
  frac: string
}

/**
 * Numbers, money and moments in the words of one language. Moments are UTC ms and shown in this computer's zone, or in a
 * platform's where its offset is given (billing days).
 */
export const makeFormat = (language: () => Language) => {
  const names: Partial<Record<Language, DateNames>> = {}
  const namesNow = (): DateNames => (names[language()] ??= dateNames(language()))
  const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, THOUSANDS[language()])
  const at = (ms: number, offset?: number): Date =>
    new Date(offset === undefined ? ms - new Date(ms).getTimezoneOffset() * 60_000 : ms + offset * 60_000)

  /** 12345.6 → «12 345,6», a real minus; `frac` fixes the decimals, otherwise up to two where they are. */
  const num = (n: number, frac?: number): string => {
    const text = frac === undefined ? String(Number(Math.abs(n).toFixed(2))) : Math.abs(n).toFixed(frac)
    const [whole = '0', rest] = text.split('.')
    return (n < 0 ? MINUS : '') + grouped(whole) + (rest ? POINT[language()] + rest : '')
  }
  /** As a spreadsheet takes a number: no groups, a plain minus. */
  const plain = (n: number): string => String(n).replace('.', POINT[language()])
  /** With its sign, for differences: «+9», «−1,8», «0». */
  const signed = (n: number, frac?: number): string => (n > 0 ? '+' : '') + num(n, frac)
  const moneyParts = (m: Money): MoneyParts => {
    const abs = Math.abs(m.minor)
    const sign = SIGNS[m.currency] ?? m.currency
    return {
      sign: m.minor < 0 ? MINUS : '',
      whole: grouped(String(Math.floor(abs / 100))),
      frac: `${POINT[language()]}${two(abs % 100)}${NB}${sign}`,
    }
  }
  const money = (m: Money): string => {
    const parts = moneyParts(m)
    return parts.sign + parts.whole + parts.frac
  }
  /** A price with seven decimals, split where only zeros follow: they are there, but quiet. */
  const priceParts = (price: string): { main: string; zeros: string } => {
    const [whole = '0', rest = ''] = price.split('.')
    const seven = `${rest}0000000`.slice(0, 7)
    const kept = seven.replace(/0+$/, '').padEnd(2, '0')
    return { main: grouped(whole) + POINT[language()] + kept, zeros: seven.slice(kept.length) }
  }
  const pct = (part: number, whole: number): string =>
    `${whole === 0 ? '—' : num(Math.round((part / whole) * 100))}${language() === 'ru' ? NB : ''}%`
  /** 1 900 ГБ → «1,9 ТБ» only where asked: `volume` keeps GB below 10 TB. */
  const volume = (gb: number): string =>
    gb >= 10_240 ? `${num(gb / 1024, 1)}${NB}${WORDS[language()].tb}` : `${num(gb)}${NB}${WORDS[language()].gb}`
  const bytes = (count: number): string => {
    const { kb, mb } = WORDS[language()]
    if (count >= 1_073_741_824) return volume(count / 1_073_741_824)
    return count >= 1_048_576 ? `${num(count / 1_048_576, 1)}${NB}${mb}` : `${num(Math.max(1, Math.round(count / 1024)))}${NB}${kb}`
  }

  const time = (ms: number, offset?: number): string => {
    const d = at(ms, offset)
    return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
  }
  /** 28.10.2022 in Russian, 28 Oct 2022 in English: no order of day and month to guess. */
  const dateShort = (ms: number, offset?: number): string => {
    const d = at(ms, offset)
    if (language() === 'en') return `${d.getUTCDate()}${NB}${namesNow().months[d.getUTCMonth()] ?? ''}${NB}${d.getUTCFullYear()}`
    return `${two(d.getUTCDate())}.${two(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`
  }
  const dateWords = (ms: number, offset?: number): string => {
    const d = at(ms, offset)
    return `${d.getUTCDate()}${NB}${namesNow().months[d.getUTCMonth()] ?? ''}`
  }
  const dayWords = (ms: number, offset?: number): string =>
    `${namesNow().weekdays[at(ms, offset).getUTCDay()] ?? ''}, ${dateWords(ms, offset)}`
  const dayNumber = (ms: number, offset?: number): number => Math.floor(at(ms, offset).getTime() / 86_400_000)

  /** «14:45» today, «вчера, 14:45», «17 нояб., 14:45», with the year where it is another one. */
  const moment = (ms: number, now: number, offset?: number): string => {
    const days = dayNumber(ms, offset) - dayNumber(now, offset)
    const words = WORDS[language()]
    if (days === 0) return time(ms, offset)
    if (days === -1) return `${words.yesterday}, ${time(ms, offset)}`
    if (days === 1) return `${words.tomorrow}, ${time(ms, offset)}`
    return stamp(ms, now, offset)
  }
  /** As `moment`, but a day is always a date: for «на 14:45», «с 20 нояб., 22:45», where «вчера» would not fit. */
  const stamp = (ms: number, now: number, offset?: number): string => {
    if (dayNumber(ms, offset) === dayNumber(now, offset)) return time(ms, offset)
    const sameYear = at(ms, offset).getUTCFullYear() === at(now, offset).getUTCFullYear()
    return `${sameYear ? dateWords(ms, offset) : dateShort(ms, offset)}, ${time(ms, offset)}`
  }
  /** A length of time in its two largest units: «19 ч 13 мин», «2 дн.», «24 с». */
  const span = (ms: number): string => {
    const w = WORDS[language()]
    const seconds = Math.max(0, Math.round(Math.abs(ms) / 1000))
    if (seconds < 60) return `${seconds}${NB}${w.s}`
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return `${minutes}${NB}${w.min}`
    const hours = Math.floor(minutes / 60)
    if (hours < 24) return `${hours}${NB}${w.h}${minutes % 60 ? `${NB}${minutes % 60}${NB}${w.min}` : ''}`
    return `${Math.floor(hours / 24)}${NB}${w.day}`
  }
  /** «2 дн. назад», «через 43 мин», «сейчас». */
  const relative = (ms: number, now: number): string => {
    const w = WORDS[language()]
    if (Math.abs(ms - now) < 30_000) return w.now
    return ms < now ? w.ago(span(now - ms)) : w.in(span(ms - now))
  }
  /** UTC+3, UTC+5:30, UTC. */
  const zone = (minutes: number): string => {
    if (minutes === 0) return 'UTC'
    const abs = Math.abs(minutes)
    return `UTC${minutes < 0 ? MINUS : '+'}${Math.floor(abs / 60)}${abs % 60 ? `:${two(abs % 60)}` : ''}`
  }
  return {
    num,
    plain,
    signed,
    money,
    moneyParts,
    priceParts,
    pct,
    volume,
    bytes,
    time,
    dateShort,
    dateWords,
    dayWords,
    dayNumber,
    moment,
    stamp,
    span,
    relative,
    zone,
  }
}
export type Format = ReturnType<typeof makeFormat>
