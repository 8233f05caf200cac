import { useText } from '@renderer/locales'
import { useFormat, useUi } from '@renderer/ui/context'
import type { NoteRow } from '@shared/ipc/notes'
import { computed, onBeforeUnmount, reactive, ref, watch } from 'vue'
import { draftKey, emptyDraft, useNoteDrafts, type Draft } from './drafts'
import { presets, timeLeft } from './moments'

/** As the program's contract has it. */
export const NOTE_MAX = 2000
const COUNT_FROM = 1800

const fromNote = (note: NoteRow | null): Draft =>
  note ? { ...emptyDraft(), text: note.text, alertOn: note.alertAt !== null, alertAt: note.alertAt } : emptyDraft()

/** A note while it is being written: checked as one types, kept as a draft whenever it is left unfinished. */
export const useNoteEditor = (where: { connectionId: string; clientId: string }, note: NoteRow | null) => {
  const t = useText()
  const f = useFormat()
  const ui = useUi()
  const drafts = useNoteDrafts()
  const key = draftKey(where.connectionId, where.clientId, note?.uid ?? null)
  const start = fromNote(note)
  const kept = drafts.get(key)
  const draft = reactive<Draft>({ ...(kept ?? start) })
  const restored = ref(kept !== null)
  const momentOk = ref(true)
  const sent = ref(false)

  const length = computed(() => draft.text.trim().length)
  const changed = computed(
    () => draft.text !== start.text || draft.alertOn !== start.alertOn || (draft.alertOn && draft.alertAt !== start.alertAt),
  )
  const left = computed(() => (draft.alertOn && draft.alertAt !== null ? timeLeft(draft.alertAt, ui.now.value) : null))
  /** An alert that was there before and has gone is no fault of this change. */
  const past = computed(() => draft.alertOn && draft.alertAt !== null && left.value === null && draft.alertAt !== start.alertAt)
  const leftWords = computed(() => {
    if (!left.value) return ''
    const { days, hours, minutes } = left.value
    const parts = [
      days && t('notes.left.days', { n: f.num(days) }),
      hours && t('notes.left.hours', { n: hours }),
      minutes && t('notes.left.minutes', { n: minutes }),
    ]
    return parts.filter(Boolean).join(' ') || t('notes.left.less')
  })
  const textProblem = computed(() =>
    length.value > NOTE_MAX
      ? t('notes.tooLong', { n: f.num(length.value), max: f.num(NOTE_MAX), over: f.num(length.value - NOTE_MAX) })
      : '',
  )
  const alertProblem = computed(() => {
    if (!draft.alertOn) return ''
    if (past.value) return t('notes.past')
    return draft.alertAt === null || !momentOk.value ? t('notes.badDate') : ''
  })
  const counter = computed(() => (length.value >= COUNT_FROM ? t('notes.count', { n: f.num(length.value), max: f.num(NOTE_MAX) }) : ''))
  const ready = computed(() => length.value > 0 && !textProblem.value && !alertProblem.value)
  const choices = computed(() =>
    presets(ui.now.value).map((preset) => ({
      ...preset,
      label: t(`notes.preset${preset.key}`, { time: f.time(preset.at) }),
      on: draft.alertAt === preset.at,
    })),
  )
  watch(
    () => draft.alertOn,
    (on) => {
      if (on && draft.alertAt === null) draft.alertAt = presets(ui.now.value).find((preset) => preset.key === 'Tomorrow')?.at ?? null
    },
  )
  const drop = (): void => {
    sent.value = true
    drafts.drop(key)
  }
  // Whatever takes the editor away (another tab, another screen) leaves what was typed behind as a draft.
  onBeforeUnmount(() => {
    if (!sent.value && changed.value) drafts.keep(key, draft)
    else drafts.drop(key)
  })
  return { draft, restored, momentOk, changed, leftWords, textProblem, alertProblem, counter, ready, choices, drop }
}
