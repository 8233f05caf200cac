import { hash } from 'node:crypto'
import { AppError } from '@shared/errors'
import { isRaw } from '../row-reader'

/** One answer to a request for a page, read no further than its envelope. */
export interface ListAnswer {
  items: unknown[]
  total: number | null
  /** The page size that the answer names. */
  limit: number | null
  /** A plain array: the whole list, whatever page was asked for. */
  bare: boolean
  /** Server time. */
  at: number
}

const count = (value: unknown, least: number): number | null =>
  Number.isSafeInteger(value) && (value as number) >= least ? (value as number) : null

/** @returns null when it is no list. A total or limit that makes no sense is as good as none. */
export const listAnswer = (json: unknown, at: number): ListAnswer | null => {
  if (Array.isArray(json)) return { items: json, total: json.length, limit: null, bare: true, at }
  if (!isRaw(json) || !Array.isArray(json['items'])) return null
  return { items: json['items'], total: count(json['total'], 0), limit: count(json['limit'], 1), bare: false, at }
}

export interface RawPage {
  items: unknown[]
  total: number | null
  next: string | null
  at: number
}

/** Where a walk stands. Rows count, not page numbers: the size of a page may change under way. */
interface Position {
  /** The page to ask for, from 1. */
  page: number
  /** Rows of the list before the wanted one. */
  start: number
  /** Rows of a page, as last seen; 0 = not seen yet. */
  size: number
  /** As last answered; 0 = never. */
  limit: number
  /** As last answered; -1 = never. */
  total: number
  /** The sizes did not add up on the way: only an empty page, or none, is the end. */
  uncertain: boolean
  /** Of the last page's ids: a platform that repeats itself is known by it. */
  print: string
}

const FIRST: Position = { page: 1, start: 0, size: 0, limit: 0, total: -1, uncertain: false, print: '' }
const CURSOR = /^p:(\d+):(\d+):(\d+):(\d+):(-?\d+):([01]):([\w+/]*)$/

/** One of another version begins anew. */
const positionOf = (cursor: string | null): Position => {
  const match = CURSOR.exec(cursor ?? '')
  if (!match) return FIRST
  const [page = 1, start = 0, size = 0, limit = 0, total = -1, uncertain = 0] = match.slice(1, 7).map(Number)
  return { page, start, size, limit, total, uncertain: uncertain === 1, print: match[7] ?? '' }
}
const cursorOf = ({ page, start, size, limit, total, uncertain, print }: Position): string =>
  ['p', page, start, size, limit, total, Number(uncertain), print].join(':')

/** A page size that changes with every answer is no list to walk. */
const MOST_TURNS = 5

type Ask = (page: number) => Promise<ListAnswer | { past: number }>

/**
 * One page of any list. `ask` gives null for a page past the end. When pages have grown meanwhile, the page asked for
 * begins after rows that were not seen yet: then the right one is asked for at once.
 */
export const readPage = async (cursor: string | null, ask: Ask): Promise<RawPage> => {
  let position = positionOf(cursor)
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const answer = await ask(position.page)
    if ('past' in answer || answer.items.length === 0) {
      const grown = await grownPages(position, ask)
      if (grown === null) return 'past' in answer ? { items: [], total: null, next: null, at: answer.past } : pageOf(position, answer, 1)
      position = grown
      continue
    }
    const size = sizeOf(position, answer)
    if (!isElsewhere(position, answer, size)) return pageOf(position, answer, size)
    position = { ...position, page: Math.floor(position.start / size) + 1, size, limit: answer.limit ?? 0 }
  }
  throw new AppError('bad-answer', 'the size of a page keeps changing')
}

/** A list that ends elsewhere than its total says may have had its pages grown: the first one tells. null: it has ended. */
const grownPages = async (position: Position, ask: Ask): Promise<Position | null> => {
  if (position.page === 1 || position.start === position.total) return null
  const first = await ask(1)
  if ('past' in first || first.bare) return null
  const size = sizeOf(FIRST, first)
  if (size <= position.size) return null
  // The page before may have been the rest of a larger one already, and so not the rows that it was taken for.
  const start = Math.max(0, position.start - position.size)
  return { ...position, start, page: Math.floor(start / size) + 1, size, limit: first.limit ?? 0 }
}

/** Rows of a page: as the answer says, unless it brings more than it says; else as many as before, unless there are more. */
const sizeOf = (position: Position, { items, limit }: ListAnswer): number => {
  const changed = limit !== null && limit !== position.limit
  return Math.max(1, items.length, changed || position.size === 0 ? (limit ?? 0) : position.size)
}

/** Rows would be skipped, or (where the answer fills the smaller size that it names) all of them were seen. */
const isElsewhere = ({ page, start, size: before }: Position, { items, limit, bare }: ListAnswer, size: number): boolean => {
  if (bare || items.length === 0 || before === 0) return false
  return (page - 1) * size > start || (limit === size && items.length === size && page * size <= start)
}

const pageOf = (position: Position, answer: ListAnswer, size: number): RawPage => {
  const { items, total, at } = answer
  const end = (position.page - 1) * size + items.length
  const isShort = items.length < size && total !== null && end < total
  const uncertain = position.uncertain || isShort || (position.size !== 0 && size !== position.size)
  const print = printOf(items)
  const known = { limit: answer.limit ?? 0, total: total ?? position.total }
  const next = { page: position.page + 1, start: position.page * size, size, ...known, uncertain, print }
  return { items, total, next: isLast(position, answer, next) ? null : cursorOf(next), at }
}

/** A full page deserves one more request, whatever the total says. */
const isLast = ({ start, print: before }: Position, { items, total, limit, bare }: ListAnswer, next: Position): boolean => {
  if (items.length === 0 || bare) return true
  // Past its own total a platform that knows no pages, or has no more, sends the same rows again.
  if (total !== null && start >= total && next.print === before) return true
  if (items.length >= next.size || next.uncertain) return false
  return total !== null || limit !== null
}

const printOf = (items: readonly unknown[]): string =>
  hash('sha1', JSON.stringify(items.map((item) => (isRaw(item) ? item['id'] : null))), 'base64').slice(0, 12)

/** Pages of one owner's list: a guard against one that never ends. */
const MOST_PAGES = 1_000
const READINGS = 4

export interface WholeList {
  items: unknown[]
  at: number
}

/**
 * A short list to its end, in one piece or not at all: an absence is only proved by a list that was seen whole. It is when
 * as many rows came as its one total says, or when two readings in a row saw the same rows.
 * @throws AppError `bad-answer`, which passes, when it keeps changing or ends before its total.
 */
export const readWhole = async (get: (cursor: string | null) => Promise<RawPage>): Promise<WholeList> => {
  let before: string | null = null
  for (let reading = 0; reading < READINGS; reading++) {
    const { first, rows, totals, pages, at } = await readOnce(get)
    const [total = null] = totals
    // One answer is of one moment, whatever ids its rows have.
    if (pages === 1 && (total === null || total === first.length)) return { items: first, at }
    const items = [...rows.values()]
    if (totals.size === 1 && rows.size === total) return { items, at }
    const ids = [...rows.keys()].sort().join('\n')
    if (ids === before && rows.size >= Math.max(0, ...totals)) return { items, at }
    before = ids
  }
  throw new AppError('bad-answer', 'the list changed during every reading', { reason: 'drifted' })
}

const readOnce = async (get: (cursor: string | null) => Promise<RawPage>) => {
  const rows = new Map<string, unknown>()
  const totals = new Set<number>()
  let first: unknown[] | null = null
  let at = Infinity
  let cursor: string | null = null
  for (let pages = 1; pages <= MOST_PAGES; pages++) {
    const page = await get(cursor)
    const known = rows.size
    first ??= page.items
    for (const item of page.items) rows.set(keyOf(item), item)
    if (page.total !== null) totals.add(page.total)
    at = Math.min(at, page.at)
    if (page.next === null) return { first, rows, totals, pages, at }
    if (rows.size === known && pages > MOST_REPEATS) break
    cursor = page.next
  }
  throw new AppError('bad-answer', 'the list does not end', { reason: 'endless' })
}
/** Pages that may bring nothing new at a list's begin: rows that moved, never more. */
const MOST_REPEATS = 3

const keyOf = (item: unknown): string => {
  const id = isRaw(item) ? item['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : JSON.stringify(item)
}
