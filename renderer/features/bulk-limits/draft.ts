import { everything, type Selection } from '@renderer/ui/table/selection'
import { defineStore } from 'pinia'
import { reactive, ref, shallowRef } from 'vue'
import type { RuleDraft } from './rule-draft'

/** The rules and the rows that were left out, kept while the window is open: nobody types them twice. */
export const useBulkDraft = defineStore('bulk-draft', () => {
  const rules = reactive<RuleDraft[]>([])
  const left = shallowRef<Selection>(everything)
  /** The clients that the rows were left out of. */
  const of = ref('')
  let keys = 0
  const add = (more: Partial<RuleDraft> = {}): void => {
    const last = rules.at(-1)
    const same = last ? { hypervisorId: last.hypervisorId, type: last.type } : {}
    const plain = { act: 'raise', hypervisorId: '', type: 'ram', number: '', unit: 'count', step: '', templateId: '' } as const
    rules.push({ ...plain, ...same, ...more, key: ++keys })
  }
  return {
    rules,
    left,
    of,
    add,
    remove: (key: number): void => {
      const at = rules.findIndex((rule) => rule.key === key)
      if (at >= 0) rules.splice(at, 1)
    },
    clear: (): void => {
      rules.splice(0)
      left.value = everything
    },
  }
})
