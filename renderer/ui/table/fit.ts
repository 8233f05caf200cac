import type { TableColumn, TableLayout } from './types'

export const CHECK_WIDTH = 40
export const MENU_WIDTH = 40
export const SIDE_PADDING = 8
export const MIN_WIDTH = 56

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

/** Which columns stand in the room there is: those of the highest rank leave first, rank 0 never. */
export const fitting = <C extends Sized>(columns: readonly C[], layout: TableLayout, room: number): C[] => {
  const wanted = ordered(columns, layout).filter((column) => column.rank === 0 || !layout.hidden.includes(column.key))
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
