import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { followChanges, useQuery } from '@renderer/api/use-query'
import { useWindowSource } from '@renderer/ui/table/window-source'
import { useAddress } from '@renderer/ui/use-address'
import type { ClientFilter, ClientQuery } from '@shared/ipc/clients'
import type { Output } from '@shared/ipc/contract'
import type { ClientRow } from '@shared/ipc/rows'
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'
import { countedDatasets } from './use-views'
import { readState, withFilter, writeState, type ListState } from './query-state'

type Answer = Output<'clients', 'list'>
/** Rows seen since the question changed: enough for a selection's sum, bounded so that scrolling a huge list stays light. */
const KNOWN_MAX = 10_000

export const keyOfClient = (row: Pick<ClientRow, 'connectionId' | 'id'>): string => `${row.connectionId}/${row.id}`
const same = (a: ListState, b: ListState): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The list's question, kept in the address, and its rows, a window at a time. */
export const useClientList = () => {
  const route = useRoute()
  const connections = useConnections()
  const state = ref<ListState>(readState(route.query))
  const opened = route.query['open']
  /** The row whose panel is open. */
  const current = ref<string | null>(typeof opened === 'string' ? opened : null)
  const query = computed<ClientQuery>(() => ({ connectionId: connections.currentId, ...state.value }))

  const openIn = (asked: LocationQuery): string | null => (typeof asked['open'] === 'string' ? asked['open'] : null)
  const { follow } = useAddress(
    () => ({ ...writeState(state.value), ...(current.value ? { open: current.value } : {}) }),
    (asked) => {
      if (!same(readState(asked), state.value)) state.value = readState(asked)
      current.value = openIn(asked)
    },
  )

  const known = shallowRef(new Map<string, ClientRow>())
  const source = useWindowSource<ClientQuery, ClientRow, Answer>({
    query: () => query.value,
    load: async (asked, offset, limit) => {
      const answer = await api.clients.list({ query: asked, offset, limit })
      if (known.value.size > KNOWN_MAX) known.value.clear()
      for (const row of answer.rows) known.value.set(keyOfClient(row), row)
      triggerRef(known)
      return answer
    },
  })
  const facets = useQuery({
    input: () => ({ connectionId: connections.currentId }),
    load: (input) => api.clients.facets(input),
    follow: countedDatasets,
  })
  followChanges(['clients', 'contracts', 'projects', 'servers', 'disks', 'limits', 'accounts'], source.reload)

  /** The open row as the list has it, or read by itself where the list has not come to it yet. */
  const keyAsked = computed(() => {
    const key = current.value
    if (key === null || known.value.has(key)) return null
    const at = key.indexOf('/')
    return { connectionId: key.slice(0, at), clientId: key.slice(at + 1) }
  })
  const single = useQuery({ input: () => keyAsked.value, load: (input) => api.clients.get(input) })
  const currentRow = computed<ClientRow | null>(() => {
    if (current.value === null) return null
    const row = known.value.get(current.value)
    if (row) return row
    return single.data.value && keyOfClient(single.data.value) === current.value ? single.data.value : null
  })

  const change = (next: Partial<ListState>): void => void (state.value = { ...state.value, ...next })
  return {
    state,
    query,
    source,
    facets,
    known,
    current,
    currentRow,
    follow,
    change,
    filtered: computed(() => state.value.filters.length > 0 || state.value.text !== ''),
    setFilter: (filter: ClientFilter) => change({ filters: withFilter(state.value.filters, filter) }),
    dropFilter: (at: number) => change({ filters: state.value.filters.filter((_, i) => i !== at) }),
    reset: () => change({ filters: [], text: '' }),
  }
}
export type ClientList = ReturnType<typeof useClientList>
