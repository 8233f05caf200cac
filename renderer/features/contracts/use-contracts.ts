import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useOptionNames } from '@renderer/api/filter-options'
import { followChanges } from '@renderer/api/use-query'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { TableColumn } from '@renderer/ui/table/types'
import { useWindowSource } from '@renderer/ui/table/window-source'
import { useAddress } from '@renderer/ui/use-address'
import type { Input, Output } from '@shared/ipc/contract'
import type { ContractRow } from '@shared/ipc/contracts'
import { computed, ref } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

type Asked = Omit<Input<'contracts', 'list'>, 'offset' | 'limit' | 'connectionId'>
type Sort = Asked['sort']
const SORTS = ['name', 'created', 'client', 'balance', 'plan'] as const satisfies readonly Sort['by'][]
const BALANCES = ['any', 'negative', 'positive'] as const satisfies readonly Asked['balance'][]
const list = (raw: LocationQuery[string] | undefined): string[] => (Array.isArray(raw) ? raw : [raw]).filter((v): v is string => !!v)

export const readContracts = (query: LocationQuery): Asked => ({
  text: (list(query['q'])[0] ?? '').slice(0, 200),
  planIds: list(query['plan']).slice(0, 100),
  balance: BALANCES.find((one) => one === list(query['balance'])[0]) ?? 'any',
  sort: { by: SORTS.find((one) => one === list(query['sort'])[0]) ?? 'name', desc: list(query['desc'])[0] === '1' },
})
export const writeContracts = ({ text, planIds, balance, sort }: Asked): Record<string, string | string[]> => ({
  ...(text ? { q: text } : {}),
  ...(planIds.length ? { plan: planIds } : {}),
  ...(balance === 'any' ? {} : { balance }),
  ...(sort.by === 'name' ? {} : { sort: sort.by }),
  ...(sort.desc ? { desc: '1' } : {}),
})

export const contractKey = (row: Pick<ContractRow, 'connectionId' | 'id'>): string => `${row.connectionId}/${row.id}`

export const useContracts = () => {
  const route = useRoute()
  const connections = useConnections()
  const state = ref<Asked>(readContracts(route.query))
  const { follow } = useAddress(
    () => writeContracts(state.value),
    (asked) => void (state.value = readContracts(asked)),
  )
  const query = computed(() => ({ connectionId: connections.currentId, ...state.value }))
  const source = useWindowSource<typeof query.value, ContractRow, Output<'contracts', 'list'>>({
    query: () => query.value,
    load: (asked, offset, limit) => api.contracts.list({ ...asked, offset, limit }),
  })
  followChanges(['contracts', 'clients', 'tariff_plans', 'partners'], source.reload)
  const plans = useOptionNames(() => ({ connectionId: connections.currentId, field: 'plan', ids: state.value.planIds }))
  const change = (next: Partial<Asked>): void => void (state.value = { ...state.value, ...next })
  const filtered = computed(() => state.value.text !== '' || state.value.planIds.length > 0 || state.value.balance !== 'any')
  const reset = (): void => change({ text: '', planIds: [], balance: 'any' })
  return { state, source, plans, change, filtered, reset, follow }
}
export type ContractList = ReturnType<typeof useContracts>

export const useContractColumns = () => {
  const t = useText()
  const f = useFormat()
  return computed((): TableColumn<ContractRow>[] => [
    { key: 'name', label: t('contracts.col.name'), width: 180, rank: 0, sort: true, grow: 0.8, text: (row) => row.name },
    {
      key: 'client',
      label: t('contracts.col.sides'),
      width: 300,
      rank: 2,
      sort: true,
      grow: 1.4,
      text: (row) => `${row.partnerName ?? '—'} – ${row.clientName ?? '—'}`,
    },
    {
      key: 'balance',
      label: t('contracts.col.balance'),
      width: 140,
      rank: 1,
      end: true,
      sort: true,
      text: (row) => (row.balance ? f.money(row.balance) : '—'),
    },
    { key: 'plan', label: t('contracts.col.plan'), width: 160, rank: 3, sort: true, text: (row) => row.planName ?? '—' },
    {
      key: 'created',
      label: t('contracts.col.created'),
      width: 110,
      rank: 4,
      end: true,
      sort: 'desc',
      text: (row) => (row.createdAt === null ? '—' : f.dateShort(row.createdAt)),
    },
  ])
}
