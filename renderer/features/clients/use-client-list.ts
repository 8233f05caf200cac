import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import { keyOf, useList } from '@renderer/list/use-list'
import { useText } from '@renderer/locales'
import { clientList } from '@shared/domain/lists/clients'
import type { Output } from '@shared/ipc/contract'
import type { ClientRow } from '@shared/ipc/rows'
import { computed } from 'vue'
import { limitFilter } from './limit-filter'
import { paymentLabel } from './payment'

export const clientTexts = { spec: clientList, texts: 'clients' as const }

/** The list of clients, and the row whose panel is open. */
export const useClientList = () => {
  const t = useText()
  const list = useList<ClientRow, Output<'clients', 'list'>>({
    ...clientTexts,
    load: api.clients.list,
    follow: ['clients', 'contracts', 'projects', 'servers', 'disks', 'limits', 'accounts'],
    counted: ['partners', 'tariff_plans'],
    hot: ['negative'],
    valueName: (field, id) => (field === 'paymentModel' ? paymentLabel(id, t) : undefined),
    own: { limit: limitFilter(t) },
  })
  /** Read by itself where the list has not come to it yet. */
  const single = useQuery({
    input: () => {
      const key = list.current.value
      if (key === null || list.remembered.value.has(key)) return null
      const at = key.indexOf('/')
      return { connectionId: key.slice(0, at), clientId: key.slice(at + 1) }
    },
    load: (input) => api.clients.get(input),
  })
  const currentRow = computed<ClientRow | null>(() => {
    const key = list.current.value
    if (key === null) return null
    const read = single.data.value
    return list.remembered.value.get(key) ?? (read && keyOf(read) === key ? read : null)
  })
  return { ...list, currentRow }
}
export type ClientList = ReturnType<typeof useClientList>
