import type { NaiveTime } from '../../naive-time'
import { ApiError } from './errors'
import { text, type Language, type TextKey } from './texts'

/** Checks a request's fields one by one and answers all complaints at once, as the framework does. */
export interface Input {
  string(field: string, options?: { max?: number; optional?: boolean }): string
  /** One of the values; undefined when it was complained about. */
  choice<T extends string>(field: string, values: readonly T[]): T | undefined
  /** A whole number from 0 on; NaN when it was complained about. */
  integer(field: string): number
  /** null and absent are both "none". */
  datetime(field: string, time: NaiveTime): number | null
  complain(field: string, key: TextKey, detail?: string): void
  /** Throws the complaints, if there are any. */
  check(): void
}

export function inputOf(body: unknown, language: Language): Input {
  const source = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
  const complaints: Record<string, string[]> = {}
  const complain = (field: string, key: TextKey, detail?: string) => {
    complaints[field] = [text(language, key, detail)]
  }
  const string: Input['string'] = (field, { max = 255, optional = false } = {}) => {
    const value = source[field]
    if (value === undefined && optional) return ''
    if (value === undefined) complain(field, 'required')
    else if (value === null) complain(field, 'notNull')
    else if (typeof value !== 'string') complain(field, 'notString')
    else if (value.trim() === '') complain(field, 'blank')
    else if ([...value].length > max) complain(field, 'tooLong', String(max))
    return typeof value === 'string' ? value : ''
  }
  const datetime: Input['datetime'] = (field, time) => {
    const value = source[field] ?? null
    if (value === null) return null
    const moment = typeof value === 'string' ? time.parse(value) : undefined
    if (moment === undefined) complain(field, 'datetime')
    return moment ?? null
  }
  const integer: Input['integer'] = (field) => {
    const value = source[field]
    if (value === undefined) complain(field, 'required')
    else if (value === null) complain(field, 'notNull')
    else if (typeof value !== 'number' || !Number.isInteger(value)) complain(field, 'notInteger')
    else if (value < 0) complain(field, 'tooSmall', '0')
    return typeof value === 'number' ? value : Number.NaN
  }
  return {
    string,
    integer,
    datetime,
    choice: (field, values) => {
      const value = source[field]
      const found = values.find((one) => one === value)
      if (value === undefined) complain(field, 'required')
      else if (value === null) complain(field, 'notNull')
      else if (found === undefined) complain(field, 'choice', typeof value === 'string' ? value : JSON.stringify(value))
      return found
    },
    complain,
    check: () => {
      if (Object.keys(complaints).length > 0) throw new ApiError(400, complaints)
    },
  }
}
