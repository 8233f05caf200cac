import type { FileColumn } from '@shared/ipc/list'
import type { Cell } from './csv'

export type Language = 'ru' | 'en'

/** A row's value in a file: a number stays one, money in major units, a moment as this computer's clock shows it. */
export const cellOf = (row: Record<string, unknown>, { field, as, words }: FileColumn, language: Language): Cell => {
  const value = field.split('.').reduce<unknown>((at, part) => (isRecord(at) && Object.hasOwn(at, part) ? at[part] : null), row)
  if (value === null || value === undefined) return null
  switch (as) {
    case 'money':
      // Whole minor units: exact to the last kopeck.
      return isRecord(value) && typeof value['minor'] === 'number' ? value['minor'] / 100 : null
    case 'currency':
      return isRecord(value) && typeof value['currency'] === 'string' ? value['currency'] : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'day':
    case 'moment':
      return typeof value === 'number' ? momentText(value, as, language) : null
    case 'text':
      return wordFor(textOf(value), words, (code, key) => code === key)
    case 'code':
      return wordFor(textOf(value), words, (code, key) => code.toLowerCase().startsWith(key))
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
/** A code of a kind that nobody named stays as it is. */
const wordFor = (code: string, words: FileColumn['words'], means: (code: string, key: string) => boolean): string =>
  Object.entries(words ?? {}).find(([key]) => means(code, key))?.[1] ?? code

const two = (part: number): string => String(part).padStart(2, '0')
export const momentText = (at: number, as: 'day' | 'moment', language: Language): string => {
  const there = new Date(at)
  const [year, month, day] = [String(there.getFullYear()).padStart(4, '0'), two(there.getMonth() + 1), two(there.getDate())]
  const date = language === 'ru' ? `${day}.${month}.${year}` : `${year}-${month}-${day}`
  return as === 'day' ? date : `${date} ${two(there.getHours())}:${two(there.getMinutes())}`
}
