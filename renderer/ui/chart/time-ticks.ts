import type { Format } from '../format'

const DAY = 86_400_000

/** The words under a point of time: hours within two days, days within three months, months with their year beyond. */
export const tickWords = (at: number, span: number, f: Format, offset?: number): string => {
  if (span <= 2 * DAY) return f.time(at, offset)
  return span <= 100 * DAY ? f.dateWords(at, offset) : f.dateShort(at, offset)
}
/** The same point in full, for the pointer and the screen reader. */
export const pointWords = (at: number, span: number, f: Format, offset?: number): string =>
  span <= 40 * DAY ? `${f.dateWords(at, offset)}, ${f.time(at, offset)}` : f.dateShort(at, offset)

/** A round top of the axis that leaves room above the highest value. */
const niceTop = (value: number): number => {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * 1.04) ?? 10
  return step * power
}

/** A limit more than three times above all use would flatten the line: it is left to the words beside the chart. */
export const topOf = (points: readonly { value: number | null }[], limit: number | null): number => {
  const highest = points.reduce((top, point) => Math.max(top, point.value ?? 0), 0)
  return niceTop(limit !== null && limit <= highest * 3 ? Math.max(highest, limit) : highest)
}
