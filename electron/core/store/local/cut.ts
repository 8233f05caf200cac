import type { Note } from '@shared/domain/entities'
import type { AppErrorData } from '@shared/errors'

const MOST_BYTES = 16 * 1024
const MOST_LETTERS = 1000
const MOST_ENTRIES = 20
const MOST_LEVELS = 4

const cutText = (text: string, most = MOST_LETTERS): string => (text.length > most ? `${text.slice(0, most)}…` : text)

const cutValue = (value: unknown, levels: number): unknown => {
  if (typeof value === 'string') return cutText(value)
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return null
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((one) => cutValue(one, levels - 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ENTRIES)
      .map(([key, one]) => [cutText(key, 100), cutValue(one, levels - 1)]),
  )
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** What is kept of a refusal: a platform may answer with pages of text, and nobody reads more than the first. */
export const cutError = (error: AppErrorData): AppErrorData => {
  if (bytes(error) <= MOST_BYTES && error.message.length <= MOST_LETTERS) return error
  const short = { ...error, message: cutText(error.message), details: cutValue(error.details, MOST_LEVELS) as Record<string, unknown> }
  return bytes(short) <= MOST_BYTES ? short : { ...short, details: { cut: true } }
}

/** An answer waits here only until the cache has it: fields that the console does not know come again with the next list. */
export const cutAnswer = (note: Note): Note => (bytes(note.extra) <= MOST_BYTES ? note : { ...note, extra: {} })
