import type { UnreadReason } from './port/reads'

const DEEPEST = 40
/** Letters of one field as JSON, and of all of them. */
const LONGEST_FIELD = 20_000
const LONGEST = 60_000

/** The fields that the console has no name for, as they came; what is too deep or too large to keep is told and left out. */
export const boundedExtra = (
  raw: Readonly<Record<string, unknown>>,
  skip: ReadonlySet<string>,
  tell: (field: string, why: UnreadReason) => unknown,
): Record<string, unknown> => {
  let room = LONGEST
  const fits = ([field, value]: [string, unknown]): boolean => {
    if (skip.has(field)) return false
    const size = sizeOf(value, 0)
    if (size === null || size > Math.min(LONGEST_FIELD, room)) {
      tell(field, size === null ? 'too-deep' : 'too-long')
      return false
    }
    room -= size
    return true
  }
  // A field may be called __proto__: assigning it would set something else.
  return Object.fromEntries(Object.entries(raw).filter(fits))
}

/** Roughly its letters as JSON; null when it is nested deeper than anything is written. */
const sizeOf = (value: unknown, depth: number): number | null => {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  if (depth >= DEEPEST) return null
  let size = 2
  for (const [key, inner] of Object.entries(value)) {
    const more = sizeOf(inner, depth + 1)
    if (more === null) return null
    size += more + (Array.isArray(value) ? 1 : key.length + 4)
    if (size > LONGEST) return size
  }
  return size
}

/** A row as it may be kept for a person to look at. */
export const keepable = (raw: unknown): unknown => (sizeOf(raw, 0) === null ? 'too deep to be kept' : raw)
