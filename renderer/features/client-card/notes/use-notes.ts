import { api } from '@renderer/api/client'
import { untilAnswered } from '@renderer/api/until-answered'
import { useWindows } from '@renderer/api/read-windows'
import { useQuery } from '@renderer/api/use-query'
import type { Draft } from './drafts'
import type { NoteRow } from '@shared/ipc/notes'
import { computed, reactive } from 'vue'
import type { ClientKey } from '../use-client-card'

/** Each condition is off (null), or asks for yes or no; they combine. */
export interface NoteFilter {
  today: boolean | null
  authorId: string | null
  system: boolean | null
}

export const useNotes = (key: () => ClientKey) => {
  const filter = reactive<NoteFilter>({ today: null, authorId: null, system: null })
  const connectionId = (): string => key().connectionId
  const { query: list, more } = useWindows({
    input: () => ({ ...key(), filter: { ...filter } }),
    load: (input) => api.notes.list(input),
    follow: ['notes'],
    connectionId,
  })
  const authors = useQuery({ input: key, load: (input) => api.notes.authors(input), follow: ['notes'], connectionId })
  const filtered = computed(() => filter.today !== null || filter.authorId !== null || filter.system !== null)
  const reset = (): void => void Object.assign(filter, { today: null, authorId: null, system: null })

  const alertOf = (draft: Draft): number | null => (draft.alertOn ? draft.alertAt : null)
  const save = async (note: NoteRow | null, draft: Draft): Promise<void> => {
    const body = { ...key(), text: draft.text.trim(), alertAt: alertOf(draft) }
    // Both are safe to ask again: a change says how the note shall be, and a new note has its name already.
    await untilAnswered(() =>
      note ? api.notes.update({ ...body, id: note.id }) : api.notes.create({ ...body, requestId: draft.requestId }),
    )
    await list.reload()
  }
  const confirm = async (note: NoteRow): Promise<void> => {
    await api.notes.confirm({ ...key(), id: note.id })
    await list.reload()
  }
  const remove = async (note: NoteRow): Promise<void> => {
    await api.notes.remove({ ...key(), id: note.id })
    await list.reload()
  }
  return { filter, filtered, more, reset, list, authors, save, confirm, remove }
}
