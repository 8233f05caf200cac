import { ref } from 'vue'

/** Further than a click slips. */
const BEGINS = 5

/** Dragging a head to the place of another one: which moves, and over which it is held. A click stays a click. */
export const useHeadDrag = (drop: (key: string, to: string) => void) => {
  const dragged = ref<{ key: string; over: string } | null>(null)
  let ending = false
  const keyAt = ({ clientX, clientY }: PointerEvent): string | undefined =>
    document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-column]')?.dataset['column']

  const down = (key: string, event: PointerEvent): void => {
    if (event.button !== 0) return
    const began = event.clientX
    const follow = (to: PointerEvent): void => {
      if (!dragged.value && Math.abs(to.clientX - began) < BEGINS) return
      dragged.value = { key, over: keyAt(to) ?? dragged.value?.over ?? key }
    }
    const ended = (end: PointerEvent): void => {
      window.removeEventListener('pointermove', follow)
      window.removeEventListener('pointerup', ended)
      window.removeEventListener('pointercancel', ended)
      const held = dragged.value
      dragged.value = null
      if (!held) return
      ending = true
      setTimeout(() => (ending = false))
      if (end.type === 'pointerup' && held.over !== held.key) drop(held.key, held.over)
    }
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', ended)
    window.addEventListener('pointercancel', ended)
  }
  /** The click that ends a drag sorts nothing. */
  return { dragged, down, isEnding: () => ending }
}
