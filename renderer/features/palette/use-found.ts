import { api } from '@renderer/api/client'
import type { FoundRow } from '@shared/ipc/search'
import { ref, shallowRef, watch, type Ref } from 'vue'

/** What the store finds for the typed text; an answer to older text is dropped. */
export const useFound = (typed: Ref<string>) => {
  const rows = shallowRef<FoundRow[]>([])
  const totalClients = ref(0)
  /** The text that the rows answer: what is shown never mixes two questions. */
  const answered = ref('')
  let turn = 0
  const find = async (text: string): Promise<void> => {
    const mine = ++turn
    const answer = text === '' ? { rows: [], totalClients: 0 } : await api.search.find({ text, connectionId: null, limit: 40 })
    if (mine !== turn) return
    rows.value = answer.rows
    totalClients.value = answer.totalClients
    answered.value = text
  }
  watch(typed, (text) => void find(text.trim()), { immediate: true })
  return { rows, totalClients, answered }
}
