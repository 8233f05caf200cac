/** One column. `rank` says what stays when the table is narrow: 0 never leaves, the largest leaves first. */
export interface TableColumn<Row> {
  key: string
  label: string
  /** Shorter head, where the label is too long for the column; the label stays the accessible name. */
  short?: string
  width: number
  rank: number
  end?: boolean
  /** May be sorted by; `desc` when the first click should sort downwards. */
  sort?: boolean | 'desc'
  /** Share of the spare room; 0 keeps the width. */
  grow?: number
  /** Plain text of a cell: shown where there is no slot, and copied. */
  text: (row: Row) => string
  /** What is copied where the text is no number to a spreadsheet. */
  copy?: (row: Row) => string
}
/** A line that is no row: it stands before rows that belong together, over the columns up to the first of its figures. */
export interface LineHead<Row> {
  is: (row: Row) => boolean
  label: (row: Row) => string
  /** Plain text under a column, by its key. */
  figures: Readonly<Record<string, (row: Row) => string>>
}
export interface TableSort {
  by: string
  desc: boolean
}
/** One thing a list may be sorted by, also where no column shows it; `desc` when it should first go downwards. */
export interface SortField {
  by: string
  label: string
  desc?: boolean
}
/** What a person did to the columns: kept by the caller. */
export interface TableLayout {
  hidden: string[]
  order: string[]
  widths: Record<string, number>
  /** Columns that do not fit stay, and the table scrolls sideways. */
  scroll?: boolean | undefined
}
export const noLayout: TableLayout = { hidden: [], order: [], widths: {} }

export interface RowAction {
  label: string
  icon: string
  run: () => void
  danger?: boolean
  keys?: string[]
  /** Why it is off, in words: shown under the label. */
  reason?: string
}
/** Groups of actions for a row: the same for the menu at its end and for the right click. */
export type RowMenu<Row> = (row: Row) => RowAction[][]
