import { api } from '@renderer/api/client'
import type { StoreChoice, StoreChoices, WorkspaceState } from '@shared/ipc/shell'
import { onMounted, ref, shallowRef } from 'vue'

/** What there is to go on with where the data file is damaged or gone, and the person's decision. */
export const useStoreChoices = (became: (state: WorkspaceState) => void) => {
  const choices = shallowRef<StoreChoices | null>(null)
  const busy = ref(true)
  const failed = ref(false)
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    busy.value = true
    failed.value = false
    try {
      await work()
    } catch {
      failed.value = true
    } finally {
      busy.value = false
    }
  }
  const look = (): Promise<void> => attempt(async () => void (choices.value = await api.shell.storeChoices({})))
  onMounted(look)
  return {
    choices,
    busy,
    failed,
    look,
    take: (choice: StoreChoice) =>
      attempt(async () => {
        const { state } = await api.shell.takeStoreChoice({ choice })
        became(state)
        // What was chosen does not open either: then there is less to choose from.
        if (state === 'store-damaged' || state === 'store-missing') choices.value = await api.shell.storeChoices({})
      }),
  }
}
