import type { LimitCells } from '@shared/domain/limit-cells'
import { defineStore } from 'pinia'
import { reactive } from 'vue'

/** What was typed into a client's table of limits and not saved: kept in memory until it is saved or thrown away. */
export const useLimitDrafts = defineStore('limit-drafts', () => {
  const drafts = reactive(new Map<string, LimitCells>())
  return {
    get: (key: string): LimitCells => drafts.get(key) ?? {},
    keep: (key: string, draft: LimitCells): void => void (Object.keys(draft).length === 0 ? drafts.delete(key) : drafts.set(key, draft)),
  }
})
