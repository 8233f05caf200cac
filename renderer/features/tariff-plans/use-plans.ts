import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { followChanges, useQuery } from '@renderer/api/use-query'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { TableColumn } from '@renderer/ui/table/types'
import { useWindowSource } from '@renderer/ui/table/window-source'
import { useAddress } from '@renderer/ui/use-address'
import type { Input, Output } from '@shared/ipc/contract'
import type { PlanRow } from '@shared/ipc/contracts'
import { computed, ref } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

type Asked = Omit<Input<'tariffPlans', 'list'>, 'offset' | 'limit' | 'connectionId'>
const SORTS = ['name', 'created', 'contracts'] as const satisfies readonly Asked['sort']['by'][]
const SUGGESTED = 8
const first = (raw: LocationQuery[string] | undefined): string => (Array.isArray(raw) ? raw[0] : raw) ?? ''

export const readPlans = (query: LocationQuery): Asked => ({
  text: first(query['q']).slice(0, 200),
  sort: { by: SORTS.find((one) => one === first(query['sort'])) ?? 'name', desc: first(query['desc']) === '1' },
})
export const writePlans = ({ text, sort }: Asked): Record<string, string> => ({
  ...(text ? { q: text } : {}),
  ...(sort.by === 'name' ? {} : { sort: sort.by }),
  ...(sort.desc ? { desc: '1' } : {}),
})
export const planKey = (row: Pick<PlanRow, 'connectionId' | 'id'>): string => `${row.connectionId}/${row.id}`

export const usePlans = () => {
  const route = useRoute()
  const connections = useConnections()
  const state = ref<Asked>(readPlans(route.query))
  const { follow } = useAddress(
    () => writePlans(state.value),
    (asked) => void (state.value = readPlans(asked)),
  )
  const query = computed(() => ({ connectionId: connections.currentId, ...state.value }))
  const source = useWindowSource<typeof query.value, PlanRow, Output<'tariffPlans', 'list'>>({
    query: () => query.value,
    load: (asked, offset, limit) => api.tariffPlans.list({ ...asked, offset, limit }),
  })
  followChanges(['tariff_plans', 'contracts'], source.reload)
  /** Names that fit what is typed so far: the same search, its first few. */
  const suggestions = useQuery({
    input: () => (state.value.text ? { connectionId: connections.currentId, text: state.value.text } : null),
    load: async (input) =>
      (await api.tariffPlans.list({ ...input, sort: { by: 'name', desc: false }, offset: 0, limit: SUGGESTED })).rows.map(
        (row) => row.name,
      ),
  })
  const change = (next: Partial<Asked>): void => void (state.value = { ...state.value, ...next })
  return { state, source, suggestions, change, follow }
}

export const usePlanColumns = () => {
  const t = useText()
  const f = useFormat()
  return computed((): TableColumn<PlanRow>[] => [
    { key: 'name', label: t('plans.col.name'), width: 260, rank: 0, sort: true, grow: 1, text: (row) => row.name },
    {
      key: 'contracts',
      label: t('plans.col.contracts'),
      width: 190,
      rank: 1,
      end: true,
      sort: 'desc',
      grow: 0,
      text: (row) => (row.contracts === null ? '—' : f.num(row.contracts)),
    },
    {
      key: 'created',
      label: t('plans.col.created'),
      width: 140,
      rank: 2,
      end: true,
      sort: 'desc',
      grow: 0,
      text: (row) => (row.createdAt === null ? '—' : f.dateShort(row.createdAt)),
    },
  ])
}
