import { cutText } from './cut-text'

/** More letters of one text than any screen shows; three such texts of a row still fit into one message. */
const MOST_LETTERS = 8000

export const cutLong = (text: string): string => cutText(text, MOST_LETTERS)

/** A row whose texts are cut to what can be shown: one hostile or broken row never makes a whole list unreadable. */
export const cutTexts = <T>(row: T): T => cutDeep(row, 6) as T

const cutDeep = (value: unknown, levels: number): unknown => {
  if (typeof value === 'string') return cutLong(value)
  if (typeof value !== 'object' || value === null || levels === 0) return value
  if (Array.isArray(value)) return value.map((one) => cutDeep(one, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cutDeep(one, levels - 1)]))
}
