import { localDayStart } from '@shared/domain/time'
import type { Money } from '@shared/domain/money'
import type { DayHead } from '@shared/ipc/list'

export interface Days {
  /** Row numbers, and before those of a day the number of its head as −1, −2… */
  lines: readonly number[]
  heads: readonly DayHead[]
}

/** Puts a head before the rows of each day. The rows stand in the order of their moments; those without one come last. */
export const withDays = (
  rowids: readonly number[],
  momentOf: (rowid: number) => number | null,
  sumOf: (rowids: readonly number[]) => Money[] | null,
): Days => {
  const lines: number[] = []
  const heads: DayHead[] = []
  let start = 0
  const close = (end: number): void => {
    const head = heads.at(-1)
    if (!head) return
    const own = rowids.slice(start, end)
    head.count = own.length
    head.sums = sumOf(own)
    lines.push(-heads.length, ...own)
    start = end
  }
  /** Within these bounds a moment is of the day that stands open: midnights are asked for once a day, not once a row. */
  let bounds: { from: number; to: number } | null = null
  rowids.forEach((rowid, place) => {
    const at = momentOf(rowid)
    const open = heads.length > 0 && (at === null ? bounds === null : bounds !== null && at >= bounds.from && at < bounds.to)
    if (open) return
    close(place)
    bounds = at === null ? null : { from: localDayStart(at), to: localDayStart(at, 1) }
    heads.push({ connectionId: '', id: `day ${String(bounds?.from ?? 'none')}`, day: bounds?.from ?? null, count: 0, sums: [] })
  })
  close(rowids.length)
  return { lines, heads }
}
