import { ref, type Ref } from 'vue'

export interface MouseOptions<Row> {
  box: Readonly<Ref<HTMLElement | null>>
  /** The id of a row's element. */
  elementId: (index: number) => string
  rowAt: (index: number) => Row | undefined
  active: Ref<number>
  selectable: () => boolean
  menu: () => boolean
  toggle: (index: number, row: Row) => void
  range: (index: number) => void
  show: (row: Row) => void
}

const indexOf = (event: Event): number => Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1)

/** The mouse of a table, heard once for all rows: choosing, showing, and the one menu of the row's end and the right click. */
export const useMouse = <Row>(options: MouseOptions<Row>) => {
  const hot = ref(-1)
  const menuRow = ref(-1)

  /** Opens the right-click menu at a row, for its button and for the keyboard. */
  const openMenu = (index: number): void => {
    const element = document.getElementById(options.elementId(index))
    if (!element) return
    const button = element.querySelector('[data-menu]')
    const rect = (button ?? element).getBoundingClientRect()
    const at = { clientX: rect.left + (button ? 0 : 48), clientY: rect.bottom }
    // A made event tells the row in `detail`: the pointer may be anywhere.
    options.box.value?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, detail: index + 1, ...at }))
  }
  const contextMenu = (event: MouseEvent): void => {
    const pointed = event.isTrusted ? indexOf(event) : event.detail - 1
    menuRow.value = pointed < 0 ? options.active.value : pointed
    if (options.menu() && options.rowAt(menuRow.value) !== undefined) options.active.value = menuRow.value
    else event.preventDefault()
  }
  const choose = (event: MouseEvent, index: number, row: Row): void => {
    const box = (event.target as HTMLElement).closest('.tc-check')?.querySelector('input')
    if (!event.shiftKey) return options.toggle(index, row)
    options.range(index)
    // The box has changed itself already; a range only ever chooses.
    if (box) box.checked = true
  }
  const click = (event: MouseEvent): void => {
    const index = indexOf(event)
    const row = options.rowAt(index)
    const target = event.target as HTMLElement
    if (row === undefined) return
    options.active.value = index
    if (target.closest('[data-menu]')) return openMenu(index)
    if (target.closest('a, button')) return
    options.box.value?.focus({ preventScroll: true })
    const asked = target.closest('.tc-check') !== null || event.ctrlKey || event.metaKey || event.shiftKey
    if (!asked) options.show(row)
    else if (options.selectable()) choose(event, index, row)
  }
  return { hot, menuRow, openMenu, contextMenu, click, over: (event: MouseEvent) => void (hot.value = indexOf(event)) }
}
