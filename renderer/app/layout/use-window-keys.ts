import { overlays } from '@renderer/app/overlays'
import { goKeys } from '@renderer/app/screens'
import { onBeforeUnmount } from 'vue'
import { useRouter } from 'vue-router'

const GO_WITHIN = 1200

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Keys that work in the whole window: by place on the keyboard, so that they are the same in every layout. */
export const useWindowKeys = (): void => {
  const router = useRouter()
  let wentAt = 0

  const keydown = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.code === 'KeyK') overlays.palette = !overlays.palette
    else if (event.key === 'F1' || (mod && event.code === 'Slash') || (event.key === '?' && !typing(event.target)))
      overlays.shortcuts = !overlays.shortcuts
    else if (mod && event.code === 'Comma') void router.push('/settings')
    else if (mod || event.altKey || typing(event.target)) return
    else if (event.code === 'KeyG') wentAt = event.timeStamp
    else if (goKeys[event.code] && event.timeStamp - wentAt < GO_WITHIN) void router.push(goKeys[event.code] ?? '/')
    else return
    if (event.code !== 'KeyG') event.preventDefault()
  }
  addEventListener('keydown', keydown)
  onBeforeUnmount(() => removeEventListener('keydown', keydown))
}
