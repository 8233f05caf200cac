import type { TableColumn, TableLayout } from './types'

export const CHECK_WIDTH = 40
export const MENU_WIDTH = 40
export const SIDE_PADDING = 8
export const MIN_WIDTH = 56
/** The widest that a column is made by itself: a long text is read elsewhere. */
export const MAX_FITTED = 640

type Sized = Pick<TableColumn<never>, 'key' | 'width' | 'rank' | 'grow'>

export const widthOf = (column: Sized, layout: TableLayout): number => layout.widths[column.key] ?? column.width

/** The person's order first; what is new since then keeps its own place at the end. */
export const ordered = <C extends Sized>(columns: readonly C[], layout: TableLayout): C[] => {
  const place = (column: C): number => {
    const at = layout.order.indexOf(column.key)
    return at < 0 ? layout.order.length + columns.indexOf(column) : at
  }
  const first = columns.filter((column) => column.rank === 0)
  return [...first, ...columns.filter((column) => column.rank !== 0).sort((a, b) => place(a) - place(b))]
}

/** The order with this column at the place of that one; the first columns keep theirs. */
export const moved = (columns: readonly Sized[], { layout, key, to }: { layout: TableLayout; key: string; to: string }): TableLayout => {
  const order = ordered(columns, layout).map((column) => column.key)
  const fixed = (name: string): boolean => columns.some((column) => column.key === name && column.rank === 0)
  const [from, place] = [order.indexOf(key), order.indexOf(to)]
  if (from < 0 || place < 0 || from === place || fixed(key) || fixed(to)) return layout
  order.splice(place, 0, ...order.splice(from, 1))
  return { ...layout, order }
}

/** Which columns stand in the room there is: those of the highest rank leave first, rank 0 never; none where the table scrolls. */
export const fitting = <C extends Sized>(columns: readonly C[], layout: TableLayout, room: number): C[] => {
  const wanted = ordered(columns, layout).filter((column) => column.rank === 0 || !layout.hidden.includes(column.key))
  if (layout.scroll) return wanted
  let used = 0
  const kept = new Set<string>()
  for (const column of [...wanted].sort((a, b) => a.rank - b.rank)) {
    used += widthOf(column, layout)
    if (column.rank > 0 && used > room) break
    kept.add(column.key)
  }
  return wanted.filter((column) => kept.has(column.key))
}

/** The grid of every row. A width that a person set stays; the others share the spare room. */
export const gridOf = (columns: readonly Sized[], layout: TableLayout, parts: { check: boolean; menu: boolean }): string => {
  const tracks = columns.map((column) => {
    const own = layout.widths[column.key]
    return own === undefined ? `minmax(${column.width}px, ${column.grow ?? 0.5}fr)` : `${own}px`
  })
  if (!columns.some((column) => layout.widths[column.key] === undefined)) tracks.push('minmax(0, 1fr)')
  return [...(parts.check ? [`${CHECK_WIDTH}px`] : []), ...tracks, ...(parts.menu ? [`${MENU_WIDTH}px`] : [])].join(' ')
}
export const widthSum = (columns: readonly Sized[], layout: TableLayout, parts: { check: boolean; menu: boolean }): number =>
  columns.reduce((sum, column) => sum + widthOf(column, layout), 0) +
  (parts.check ? CHECK_WIDTH : 0) +
  (parts.menu ? MENU_WIDTH : 0) +
  2 * SIDE_PADDING
