import { defineStore } from 'pinia'
import { reactive } from 'vue'

export interface Draft {
  text: string
  /** Whether an alert is wanted, and when; null while its date is not complete. */
  alertOn: boolean
  alertAt: number | null
  /** The note's name until the program has answered: asking again under it makes no second note. */
  requestId: string
}
export const emptyDraft = (): Draft => ({ text: '', alertOn: false, alertAt: null, requestId: crypto.randomUUID() })

/** What was typed and not sent: kept in memory, per client and note, until it is sent or thrown away. Never on disk in plain text. */
export const useNoteDrafts = defineStore('note-drafts', () => {
  const drafts = reactive(new Map<string, Draft>())
  return {
    get: (key: string): Draft | null => drafts.get(key) ?? null,
    keep: (key: string, draft: Draft): void => void drafts.set(key, { ...draft }),
    drop: (key: string): void => void drafts.delete(key),
  }
})
export const draftKey = (connectionId: string, clientId: string, noteUid: string | null): string =>
  `${connectionId}/${clientId}/${noteUid ?? 'new'}`
