import { useBulkChoice } from '@renderer/api/bulk-choice'
import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { followChanges, useQuery } from '@renderer/api/use-query'
import { untilAnswered } from '@renderer/api/until-answered'
import { everything } from '@renderer/ui/table/selection'
import { useWindowSource } from '@renderer/ui/table/window-source'
import { clientList } from '@shared/domain/lists/clients'
import type { BulkHead, BulkRow, BulkChoice } from '@shared/ipc/bulk-limits'
import type { Output } from '@shared/ipc/contract'
import { computed, ref, watch } from 'vue'
import { useBulkDraft } from './draft'
import { readDraft } from './rule-draft'

export type BulkLine = BulkHead | BulkRow
type Preview = Omit<Output<'limits', 'bulkPreview'>, 'rows'> & { rows: BulkLine[] }
export type View = 'all' | BulkRow['group']

/** Every client of the connection: what is meant where nobody has chosen. */
export const everyone = (connectionId: string): BulkChoice => ({
  connectionId,
  query: { connectionId, view: 'all', text: '', filters: [], sort: { ...clientList.first } },
  selection: { mode: 'allExcept', rows: [] },
})

/** Rules over many clients, what they would change, and their beginning. */
export const useBulk = () => {
  const chosen = useBulkChoice()
  const draft = useBulkDraft()
  const connections = useConnections()
  const view = ref<View>('all')
  if (chosen.templateId !== null) {
    draft.add({ act: 'template', templateId: chosen.templateId })
    chosen.templateId = null
  }

  const clients = computed(() => {
    const id = connections.currentId
    if (id === null) return null
    const own = chosen.clients
    return own?.choice.connectionId === id ? own : { choice: everyone(id), from: '', hand: false, but: 0, others: 0 }
  })
  watch(
    () => JSON.stringify(clients.value?.choice),
    (now = '') => {
      if (draft.of !== now) draft.left = everything
      draft.of = now
    },
    { immediate: true },
  )
  const read = computed(() => draft.rules.map(readDraft))
  const rules = computed(() => read.value.flatMap(({ rule }) => rule ?? []))
  const left = computed(() => ({
    mode: draft.left.mode,
    ids: [...draft.left.ids].map((key) => key.slice(key.indexOf('/') + 1)),
  }))
  const source = useWindowSource<object, BulkLine, Preview>({
    query: () => ({ clients: clients.value?.choice, rules: rules.value, view: view.value, left: left.value }),
    load: async (_query, offset, limit) => {
      const choice = clients.value?.choice
      if (!choice) throw new Error('no connection')
      return api.limits.bulkPreview({ choice, rules: rules.value, left: left.value, view: view.value, offset, limit })
    },
  })
  followChanges(
    ['limits', 'clients', 'partners', 'servers', 'disks', 'ports', 'networks', 'routers'],
    source.reload,
    () => connections.currentId,
  )
  const templates = useQuery({ input: () => ({}), load: () => api.limits.templates({}) })
  const answer = computed(() => source.answer.value)
  /** What all clients of the one partner have been given: read behind, since it goes over every limit there is. */
  const overview = useQuery({
    input: () => {
      const [connectionId, partnerId] = [connections.currentId, answer.value?.partnerId ?? null]
      return connectionId === null || partnerId === null ? null : { connectionId, partnerId }
    },
    load: (input) => api.limits.overview(input),
  })

  return {
    chosen,
    draft,
    clients,
    view,
    read,
    rules,
    source,
    answer,
    templates,
    overview,
    faulty: computed(() => read.value.some(({ rule }) => rule === null)),
    /** @returns the id of the batch. */
    start: async (): Promise<string> => {
      const seen = answer.value
      const choice = clients.value?.choice
      if (!seen || !choice) throw new Error('nothing was seen yet')
      // Asked for again by itself, should nobody hear the answer: the name makes it the same batch.
      const batchId = crypto.randomUUID()
      const wish = { batchId, choice, rules: rules.value, left: left.value, mark: seen.chosen.mark }
      const begun = await untilAnswered(() => api.limits.bulkStart(wish))
      draft.clear()
      chosen.clients = null
      return begun.batchId
    },
  }
}
export type Bulk = ReturnType<typeof useBulk>
