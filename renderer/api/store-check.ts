import { onMounted, onUnmounted, ref, type Ref } from 'vue'
import { api, on } from './client'

/** What is over in a moment is not told: a line that comes and goes moves the page for nothing. */
const TOLD_AFTER_MS = 1000

/** How far the data file has been read through, 0…1, while it accepts nothing yet; null = there is nothing to tell. */
export const useStoreCheck = (): Ref<number | null> => {
  const told = ref<number | null>(null)
  let share: number | null = null
  let waited = false
  const show = (): void => void (told.value = waited ? share : null)
  const stop = on('storeCheck', (now) => {
    share = now.share
    show()
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(() => {
    timer = setTimeout(() => {
      waited = true
      void api.store.check({}).then((now) => {
        share = now.share
        show()
      })
    }, TOLD_AFTER_MS)
  })
  onUnmounted(() => {
    clearTimeout(timer)
    stop()
  })
  return told
}
