import { api, ApiError } from '@renderer/api/client'
import { useAction } from '@renderer/api/use-action'
import { useConnections } from '@renderer/api/connections'
import { useText } from '@renderer/locales'
import { useToasts } from '@renderer/ui/use-toasts'
import type { ProfileProblem } from '@shared/domain/profile'
import type { PathAnswer } from '@shared/ipc/connections'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'

const CHECK_AFTER_MS = 250

/** The text in the editor, what is wrong with it, and what the platform answered to it. Nothing counts until it is saved. */
export const useProfile = (id: string) => {
  const t = useText()
  const toasts = useToasts()
  const connections = useConnections()
  const text = ref('')
  const saved = ref('')
  const standard = ref('')
  const ready = ref(false)
  const problems = shallowRef<ProfileProblem[]>([])
  /** Of the text as it stands now. */
  const checked = ref(false)
  const said = ref('')
  const answers = shallowRef<PathAnswer[] | null>(null)
  const triedText = ref('')
  const saving = useAction()
  const trying = useAction()
  const loading = useAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  const load = (): Promise<boolean> =>
    loading.run(async () => {
      const profile = await api.connections.profile({ id })
      text.value = saved.value = profile.text
      standard.value = profile.standard
      ready.value = checked.value = true
    })
  const check = async (): Promise<void> => {
    const asked = text.value
    const found = await api.connections.checkProfile({ id, text: asked })
    if (asked !== text.value) return
    problems.value = found
    checked.value = true
  }
  watch(text, () => {
    if (!ready.value) return
    checked.value = false
    clearTimeout(timer)
    timer = setTimeout(() => void check(), CHECK_AFTER_MS)
  })

  const keep = async (next: string | null, done: string): Promise<void> => {
    const kept = await saving.run(async () => {
      connections.replace(await api.connections.setProfile({ id, text: next }))
      text.value = saved.value = next ?? standard.value
      said.value = ''
    })
    if (kept) toasts.done(done)
  }
  const pick = async (): Promise<void> => {
    try {
      const file = await api.shell.pickProfile({})
      if (!file) return
      text.value = file.text
      said.value = t('profile.text.loaded', { name: file.name })
      await check()
    } catch (thrown) {
      const error = ApiError.from(thrown)
      if (error.code !== 'invalid-input') throw error
      said.value = t('profile.text.large')
    }
  }
  const exported = async (): Promise<void> => {
    const written = await api.shell.saveProfile({ text: text.value })
    if (written) toasts.done(t('profile.text.exported', { name: written.file }))
  }
  const tryOut = (): Promise<boolean> =>
    trying.run(async () => {
      const asked = text.value
      answers.value = await api.connections.tryProfile({ id, text: asked })
      triedText.value = asked
    })

  return {
    ...{ text, standard, problems, said, answers, ready, load, pick, exported, tryOut },
    ...{ saving, trying, loading },
    changed: computed(() => ready.value && text.value !== saved.value),
    right: computed(() => checked.value && problems.value.length === 0),
    stale: computed(() => answers.value !== null && triedText.value !== text.value),
    save: () => keep(text.value === standard.value ? null : text.value, t('profile.text.saved')),
    reset: () => keep(null, t('profile.text.standardSaved')),
  }
}
