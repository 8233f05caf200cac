export interface DateNames {
  /** Beside a day: «19 нояб.», «5 июня», 19 Nov. */
  months: readonly string[]
  /** Every way in which people write a month out: «ноября», «ноябрь», November. */
  wholeMonths: readonly (readonly string[])[]
  /** From Sunday on: «вс», Sun. */
  weekdays: readonly string[]
}

const MONTHS = Array.from({ length: 12 }, (_, month) => Date.UTC(2025, month, 1))
/** The first of June 2025 was a Sunday. */
const WEEK = Array.from({ length: 7 }, (_, day) => Date.UTC(2025, 5, 1 + day))

/** Names of months and weekdays from the language data of the browser. */
export const dateNames = (language: 'ru' | 'en'): DateNames => {
  const part = (type: 'month' | 'weekday', options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    return (at: number): string => format.formatToParts(at).find((one) => one.type === type)?.value ?? ''
  }
  const short = part('month', { day: 'numeric', month: 'short' })
  const ofDay = part('month', { day: 'numeric', month: 'long' })
  const alone = part('month', { month: 'long' })
  return {
    // A short name is not cut: «5 июня», not «5 июн.».
    months: MONTHS.map((at) => (short(at).endsWith('.') && ofDay(at).length <= 5 ? ofDay(at) : short(at))),
    wholeMonths: MONTHS.map((at) => [ofDay(at).toLowerCase(), alone(at).toLowerCase()]),
    weekdays: WEEK.map(part('weekday', { weekday: 'short' })),
  }
}
