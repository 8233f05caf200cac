import { MOST_CHOSEN, MOST_COPIED } from '@shared/domain/selection'
import { harmless } from '@shared/domain/spreadsheet-text'
import type { Ref } from 'vue'
import { countOf, everything, isChosen, nothing, withRow, withRows, type Selection } from './selection'
import type { TableColumn } from './types'
import type { WindowSource } from './window-source'

/** Rows enough to fill the clipboard. */
const COPY_ROWS = 2000
/** The most rows that a range chooses one by one: all of them cross in one message when something is done with them. */
export const RANGE_MAX = MOST_CHOSEN

export interface Copied {
  text: string
  rows: number
  of: number
}
export interface SelectionOptions<Row> {
  source: () => WindowSource<Row>
  rowKey: (row: Row) => string
  /** How many rows there are to choose from, heads of lines left out. */
  count: () => number
  isRow: (row: Row) => boolean
  columns: () => readonly TableColumn<Row>[]
  /** A range was longer than can be chosen: so many of so many were. */
  cut: (rows: number, of: number) => void
}

/** Choosing rows one by one, by range and all at once; and what is copied of them. */
export const useSelection = <Row>(selection: Ref<Selection>, options: SelectionOptions<Row>) => {
  const remembered = new Map<string, Row>()
  let anchor: number | null = null
  const total = (): number => options.source().total.value

  const toggle = (index: number, row: Row, force?: boolean): void => {
    const id = options.rowKey(row)
    anchor = index
    remembered.set(id, row)
    selection.value = withRow(selection.value, id, force ?? !isChosen(selection.value, id))
  }
  /** From the row chosen last to this one, rows that are not loaded included. */
  const range = async (index: number): Promise<void> => {
    const from = anchor ?? index
    const [first, last] = [Math.min(from, index), Math.max(from, index)]
    const length = last - first + 1
    if (length === total()) {
      selection.value = everything
      return
    }
    const lines = await options.source().fetchRange(first, last, RANGE_MAX)
    const rows = lines.filter(options.isRow)
    for (const row of rows) remembered.set(options.rowKey(row), row)
    selection.value = withRows(selection.value, rows.map(options.rowKey), true)
    if (lines.length < length) options.cut(rows.length, length)
  }
  const all = (): void => {
    selection.value = countOf(selection.value, options.count()) === options.count() ? nothing : everything
  }
  const clear = (): void => {
    anchor = null
    remembered.clear()
    selection.value = nothing
  }
  const chosenRows = async (): Promise<Row[]> => {
    if (selection.value.mode === 'some') return [...selection.value.ids].flatMap((id) => remembered.get(id) ?? [])
    const rows = await options.source().fetchRange(0, total() - 1, COPY_ROWS)
    return rows.filter((row) => options.isRow(row) && isChosen(selection.value, options.rowKey(row)))
  }
  const cellText = ({ text, copy }: TableColumn<Row>, row: Row): string =>
    (copy ? copy(row) : harmless(text(row))).replace(/[\t\n\r]+/g, ' ')
  /**
   * Lines with tabs, as spreadsheets take them, the chosen rows under the names of their columns: whole rows only, as many
   * as the clipboard may bring.
   */
  const copy = async (fallback: Row | undefined): Promise<Copied> => {
    const chosen = countOf(selection.value, options.count()) > 0
    const rows = chosen ? await chosenRows() : fallback === undefined ? [] : [fallback]
    const columns = options.columns()
    const lines: string[] = chosen ? [columns.map((column) => column.label).join('\t')] : []
    let size = lines.join('').length
    let copied = 0
    for (const row of rows) {
      const line = columns.map((column) => cellText(column, row)).join('\t')
      if (size + line.length + 1 > MOST_COPIED) break
      size += line.length + 1
      lines.push(line)
      copied++
    }
    return { text: lines.join('\n'), rows: copied, of: Math.max(rows.length, countOf(selection.value, options.count())) }
  }
  return { toggle, range, all, clear, copy, remember: (row: Row) => remembered.set(options.rowKey(row), row) }
}
