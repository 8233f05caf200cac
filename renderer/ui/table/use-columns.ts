import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { CHECK_WIDTH, fitting, gridOf, MENU_WIDTH, MIN_WIDTH, SIDE_PADDING, widthOf, widthSum } from './fit'
import type { TableColumn, TableLayout } from './types'

export interface ColumnOptions<Row> {
  columns: () => readonly TableColumn<Row>[]
  width: () => number
  check: () => boolean
  menu: () => boolean
}

/** Which columns stand, how wide they are, and changing a width with the mouse or the keyboard. */
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
    const width = handle.parentElement?.getBoundingClientRect().width ?? widthOf(column, layout.value)
    handle.setPointerCapture(event.pointerId)
    const moved = (to: PointerEvent): void => {
      drag.value = { key: column.key, width: Math.max(MIN_WIDTH, Math.round(width + to.clientX - began)) }
    }
    const ended = (): void => {
      handle.removeEventListener('pointermove', moved)
      if (drag.value) setWidth(column.key, drag.value.width)
      drag.value = null
    }
    handle.addEventListener('pointermove', moved)
    handle.addEventListener('pointerup', ended, { once: true })
    handle.addEventListener('pointercancel', ended, { once: true })
  }
  /** Alt and an arrow on a head changes its width by 16 px. */
  const keyWidth = (column: TableColumn<Row>, event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    const now = (event.currentTarget as HTMLElement).parentElement?.getBoundingClientRect().width ?? widthOf(column, layout.value)
    setWidth(column.key, now + (event.key === 'ArrowRight' ? 16 : -16))
  }
  return { shown, grid, content, startDrag, keyWidth }
}
