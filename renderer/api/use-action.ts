import { ApiError } from './client'
import { ref, shallowRef } from 'vue'

/** One call of a dialog: busy while it runs; its error stays beside the field. */
export const useAction = () => {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const run = async (action: () => Promise<unknown>): Promise<boolean> => {
    busy.value = true
    error.value = null
    try {
      await action()
      return true
    } catch (thrown) {
      error.value = ApiError.from(thrown)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run }
}
