import type { BulkChoice } from '@shared/ipc/bulk-limits'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** Whose limits are to be changed, as it was chosen somewhere else in the window. */
export interface ChosenClients {
  choice: BulkChoice
  /** The view or the conditions in words; '' = none were put. */
  from: string
  /** They were named one by one. */
  hand: boolean
  /** Left out by hand. */
  but: number
  /** Chosen rows of other connections: they are not changed with these. */
  others: number
}

/** Hands clients, or a template, from the screens where they are chosen to the screen that changes many limits. */
export const useBulkChoice = defineStore('bulk-choice', () => {
  const clients = shallowRef<ChosenClients | null>(null)
  /** A template to begin with: taken over as the first rule. */
  const templateId = ref<string | null>(null)
  return {
    clients,
    templateId,
    choose: (next: ChosenClients): void => void (clients.value = next),
    begin: (template: string): void => void (templateId.value = template),
  }
})
