import { api, ApiError } from '@renderer/api/client'
import type { WorkspaceAsks, WorkspaceState } from '@shared/ipc/shell'
import { computed, reactive, ref } from 'vue'

export type UnlockField = 'passphrase' | 'again' | 'code'
export type UnlockProblem = 'short' | 'differs' | 'wrong' | 'slip' | 'another' | 'failed'
export type UnlockForm = 'new-passphrase' | 'passphrase' | 'code'

/** What a person is asked for before the store opens, and what is wrong with what they gave. What was typed goes nowhere else. */
export const useUnlock = (start: WorkspaceState, became: (state: WorkspaceState) => void) => {
  const state = ref(start)
  const forgotten = ref(start === 'key-lost')
  const typed = reactive<Record<UnlockField, string>>({ passphrase: '', again: '', code: '' })
  const problem = ref<{ field: UnlockField; kind: UnlockProblem } | null>(null)
  const busy = ref(false)
  const form = computed<UnlockForm>(() => {
    if (state.value === 'new-passphrase') return 'new-passphrase'
    return forgotten.value ? 'code' : 'passphrase'
  })

  const took = (asks: WorkspaceAsks): void => {
    state.value = asks.state
    became(asks.state)
  }
  const attempt = async (field: UnlockField, work: () => Promise<WorkspaceAsks>): Promise<void> => {
    busy.value = true
    problem.value = null
    try {
      took(await work())
    } catch (thrown) {
      problem.value = { field, kind: kindOf(thrown) }
    } finally {
      busy.value = false
    }
  }
  const submit = async (): Promise<void> => {
    const { passphrase, again, code } = typed
    if (form.value === 'code') return attempt('code', () => api.shell.recover({ code }))
    if (form.value === 'passphrase') return attempt('passphrase', () => api.shell.unlock({ passphrase }))
    if (passphrase !== again) problem.value = { field: 'again', kind: 'differs' }
    else await attempt('passphrase', () => api.shell.setPassphrase({ passphrase }))
  }
  return {
    form,
    forgotten,
    typed,
    problem,
    busy,
    state,
    submit,
    startAnew: () => attempt(form.value === 'code' ? 'code' : 'passphrase', () => api.shell.startAnew({})),
    workTemporarily: () => attempt(form.value === 'code' ? 'code' : 'passphrase', () => api.shell.workTemporarily({})),
  }
}

const kindOf = (thrown: unknown): UnlockProblem => {
  const { code, details } = ApiError.from(thrown)
  const fields = (code === 'invalid-input' ? details['fields'] : null) as Record<string, unknown> | null
  const kind = fields?.['passphrase'] ?? fields?.['code']
  return kind === 'short' || kind === 'wrong' || kind === 'slip' || kind === 'another' ? kind : 'failed'
}
