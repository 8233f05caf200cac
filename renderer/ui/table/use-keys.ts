import type { Ref } from 'vue'

export interface KeyOptions {
  total: () => number
  pageRows: () => number
  reveal: (index: number) => void
  /** The row under the keyboard changed; `extend` chooses on the way. */
  moved: (index: number, extend: boolean) => void
  enter: (index: number) => void
  space: (index: number) => void
  menu: (index: number) => void
  all: () => void
  copy: (index: number) => void
  escape: () => void
}

/** The keyboard of a table: one stop for Tab, arrows walk the rows. */
export const useKeys = (active: Ref<number>, options: KeyOptions) => {
  const go = (index: number, extend: boolean): void => {
    if (options.total() === 0) return
    active.value = Math.max(0, Math.min(options.total() - 1, index))
    options.reveal(active.value)
    options.moved(active.value, extend)
  }
  const moves: Record<string, () => number> = {
    ArrowDown: () => active.value + 1,
    ArrowUp: () => active.value - 1,
    PageDown: () => active.value + options.pageRows(),
    PageUp: () => active.value - options.pageRows(),
    Home: () => 0,
    End: () => options.total() - 1,
  }
  const acts: Record<string, (index: number) => void> = {
    Enter: options.enter,
    ' ': options.space,
    ContextMenu: options.menu,
    Escape: options.escape,
  }
  const chord = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.shiftKey && event.key === 'F10') return () => options.menu(active.value)
    if (!event.ctrlKey && !event.metaKey) return undefined
    if (event.code === 'KeyA') return options.all
    if (event.code === 'KeyC' && !getSelection()?.toString()) return () => options.copy(active.value)
    return undefined
  }
  const keydown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    const act = chord(event)
    const move = moves[event.key]
    const plain = acts[event.key]
    if (act) act()
    else if (event.ctrlKey || event.metaKey || event.altKey) return
    else if (move) go(move(), event.shiftKey)
    else if (plain && active.value >= 0) plain(active.value)
    else if (event.key === 'Escape') options.escape()
    else return
    event.preventDefault()
  }
  return { keydown, go }
}
