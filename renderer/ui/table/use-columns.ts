import { computed, nextTick, ref, type ComputedRef, type Ref } from 'vue'
import { CHECK_WIDTH, fitting, gridOf, MAX_FITTED, MENU_WIDTH, MIN_WIDTH, moved, SIDE_PADDING, widthOf, widthSum } from './fit'
import type { TableColumn, TableLayout } from './types'

export interface ColumnOptions<Row> {
  columns: () => readonly TableColumn<Row>[]
  width: () => number
  check: () => boolean
  menu: () => boolean
  /** The widest that a column holds among the rows that are loaded. */
  widest: (column: TableColumn<Row>) => number
  /** Says to a screen reader what a key did. */
  said: (column: TableColumn<Row>, what: { width: number } | { place: number; of: number }) => void
}

const headOf = (event: Event): Element | null => (event.target as Element).closest('[role=columnheader]')

/** Which columns stand, how wide they are and in what order; changed with the mouse or the keyboard. */
export const useColumns = <Row>(layout: Ref<TableLayout>, options: ColumnOptions<Row>) => {
  const drag = ref<{ key: string; width: number } | null>(null)
  const parts = computed(() => ({ check: options.check(), menu: options.menu() }))
  const live = computed<TableLayout>(() =>
    drag.value ? { ...layout.value, widths: { ...layout.value.widths, [drag.value.key]: drag.value.width } } : layout.value,
  )
  const room = computed(
    () => options.width() - 2 * SIDE_PADDING - (parts.value.check ? CHECK_WIDTH : 0) - (parts.value.menu ? MENU_WIDTH : 0),
  )
  const shown: ComputedRef<TableColumn<Row>[]> = computed(() => fitting(options.columns(), live.value, room.value))
  const grid = computed(() => gridOf(shown.value, live.value, parts.value))
  const content = computed(() => widthSum(shown.value, live.value, parts.value))

  const setWidth = (key: string, width: number): void => {
    layout.value = { ...layout.value, widths: { ...layout.value.widths, [key]: Math.max(MIN_WIDTH, Math.round(width)) } }
  }
  const startDrag = (column: TableColumn<Row>, event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement
    const began = event.clientX
    const width = headOf(event)?.getBoundingClientRect().width ?? widthOf(column, layout.value)
    handle.setPointerCapture(event.pointerId)
    const follow = (to: PointerEvent): void => {
      drag.value = { key: column.key, width: Math.max(MIN_WIDTH, Math.round(width + to.clientX - began)) }
    }
    const ended = (): void => {
      handle.removeEventListener('pointermove', follow)
      if (drag.value) setWidth(column.key, drag.value.width)
      drag.value = null
    }
    handle.addEventListener('pointermove', follow)
    handle.addEventListener('pointerup', ended, { once: true })
    handle.addEventListener('pointercancel', ended, { once: true })
  }
  /** As wide as the widest that is loaded. */
  const fitWidth = (column: TableColumn<Row>): void => setWidth(column.key, Math.min(MAX_FITTED, options.widest(column)))
  const move = (key: string, to: string): void => void (layout.value = moved(options.columns(), { layout: layout.value, key, to }))

  /** The layout is the caller's: it has changed a tick later. */
  const sayNext = (say: () => void): void => void nextTick(say)
  const moveBy = (column: TableColumn<Row>, by: number): void => {
    const at = shown.value.findIndex(({ key }) => key === column.key)
    const to = shown.value[at + by]
    if (to) move(column.key, to.key)
    sayNext(() => options.said(column, { place: shown.value.findIndex(({ key }) => key === column.key) + 1, of: shown.value.length }))
  }
  const widen = (column: TableColumn<Row>, event: KeyboardEvent, by: number): void => {
    setWidth(column.key, (headOf(event)?.getBoundingClientRect().width ?? widthOf(column, layout.value)) + by)
    sayNext(() => options.said(column, { width: widthOf(column, layout.value) }))
  }
  /** On a head: Alt and an arrow moves its column, with Shift too it changes the width; Alt+Enter fits it. */
  const key = (column: TableColumn<Row>, event: KeyboardEvent): boolean => {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    const fits = event.key === 'Enter'
    if (!event.altKey || (way === 0 && !fits)) return false
    event.preventDefault()
    // The window goes back and forth by the same keys.
    event.stopPropagation()
    if (fits) {
      fitWidth(column)
      sayNext(() => options.said(column, { width: widthOf(column, layout.value) }))
    } else if (event.shiftKey) widen(column, event, 16 * way)
    else moveBy(column, way)
    return true
  }
  return { shown, grid, content, startDrag, fitWidth, move, key }
}
