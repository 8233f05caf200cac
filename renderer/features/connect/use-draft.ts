import { ApiError } from '@renderer/api/client'
import { useText, type TextKey } from '@renderer/locales'
import type { ConnectionDraft } from '@shared/domain/connections/connection'
import { usualZones } from '@shared/domain/time'
import { computed, reactive, ref } from 'vue'

export type PemField = 'caPem' | 'clientCertPem' | 'clientKeyPem'
export type Field = keyof ConnectionDraft

/** What a person types to connect, and what is wrong with it, beside each field. */
export const useDraft = () => {
  const t = useText()
  const draft = reactive<ConnectionDraft>({
    platform: 'rustack',
    name: '',
    baseUrl: '',
    token: '',
    ...usualZones,
    caPem: null,
    clientCertPem: null,
    clientKeyPem: null,
    proxyUrl: null,
  })
  const files = reactive<Record<PemField, string | null>>({ caPem: null, clientCertPem: null, clientKeyPem: null })
  const problems = ref<Partial<Record<Field, string>>>({})
  /** What a test ran for: the connection is made only from what passed. */
  const stamp = computed(() => JSON.stringify(draft))
  const extras = computed(() => [draft.caPem, draft.clientCertPem, draft.clientKeyPem, draft.proxyUrl].filter(Boolean).length)
  const say = (field: Field): string | undefined => {
    const code = problems.value[field]
    return code === undefined ? undefined : t(`connect.problem.${code}` as TextKey)
  }
  const missing = (): boolean => {
    problems.value = {
      ...(draft.baseUrl.trim() ? {} : { baseUrl: 'required' }),
      ...(draft.token.trim() ? {} : { token: 'token-required' }),
    }
    return Object.keys(problems.value).length > 0
  }
  /** Takes the program's own findings; true when they explain the error whole. */
  const take = (error: unknown): boolean => {
    const known = ApiError.from(error)
    const fields = known.details['fields']
    if (known.code !== 'invalid-input' || typeof fields !== 'object' || fields === null) return false
    problems.value = fields
    return true
  }
  const clear = (field: Field): void => {
    if (problems.value[field] !== undefined)
      problems.value = Object.fromEntries(Object.entries(problems.value).filter(([name]) => name !== field))
  }
  const put = <F extends Field>(field: F, value: ConnectionDraft[F]): void => {
    Object.assign(draft, { [field]: value })
    clear(field)
  }
  const putFile = (field: PemField, file: { name: string; text: string } | null): void => {
    files[field] = file?.name ?? null
    put(field, file?.text ?? null)
  }
  /** A file that was picked and could not be taken: said beside its field, and what stood there stays. */
  const refuseFile = (field: PemField, error: unknown): boolean => {
    const { code, details } = ApiError.from(error)
    if (code !== 'invalid-input') return false
    problems.value = { ...problems.value, [field]: details['reason'] === 'too-large' ? 'file-too-large' : 'pem-invalid' }
    return true
  }
  return { put, putFile, refuseFile, draft, files, problems, stamp, extras, say, missing, take, clear }
}
export type Draft = ReturnType<typeof useDraft>
