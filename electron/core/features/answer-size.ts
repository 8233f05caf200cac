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

/** What a platform may write has no end; what one row of a list shows of it has. */
export const cutText = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)

/** Leaves room for the rest of an answer below the largest message that may cross (256 KB). */
const MOST_BYTES = 200 * 1024

/**
 * The first rows that fit into one message. What is left out is never silent: the answer's `total` counts every row, and
 * the screen says how many of them it shows.
 */
export const boundedRows = <T>(rows: readonly T[], mostBytes: number = MOST_BYTES): T[] => {
  const kept: T[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1
    if (bytes > mostBytes && kept.length > 0) break
    kept.push(row)
  }
  return kept
}
