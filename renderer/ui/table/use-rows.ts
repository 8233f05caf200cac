import { computed, type ComputedRef } from 'vue'
import type { WindowSource } from './window-source'

export interface ShownRow<Row> {
  index: number
  /** The element that shows it: elements are handed on to the rows that come into view, in the order they stand in. */
  slot: number
  row: Row | undefined
  id: string
}

/** The rows in view with the elements that show them. */
export const useRows = <Row>(
  source: () => WindowSource<Row>,
  range: () => { first: number; last: number },
  rowKey: (row: Row) => string,
): ComputedRef<ShownRow<Row>[]> => {
  let held = new Map<number, number>()
  let made = 0

  const assign = (first: number, last: number): Map<number, number> => {
    const next = new Map<number, number>()
    const free = [...held].filter(([index]) => index < first || index >= last).map(([, slot]) => slot)
    for (let index = first; index < last; index++) next.set(index, held.get(index) ?? free.shift() ?? made++)
    return next
  }
  return computed(() => {
    const { first, last } = range()
    const from = source()
    void from.version.value
    held = assign(first, last)
    return [...held].map(([index, slot]) => {
      const row = from.rowAt(index)
      return { index, slot, row, id: row === undefined ? '' : rowKey(row) }
    })
  })
}
