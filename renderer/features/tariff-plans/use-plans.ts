import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useQuery } from '@renderer/api/use-query'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { planList } from '@shared/domain/lists/tariff-plans'
import type { Output } from '@shared/ipc/contract'
import type { PlanRow } from '@shared/ipc/contracts'
import { computed } from 'vue'

const SUGGESTED = 8
const setup = {
  spec: planList,
  texts: 'plans' as const,
  load: api.tariffPlans.list,
  follow: ['tariff_plans', 'contracts'] as const,
}
export const usePlans = () => useList<PlanRow, Output<'tariffPlans', 'list'>>(setup)

/** Names that fit what is typed so far: the same search, its first few. */
export const useSuggestions = (text: () => string) => {
  const connections = useConnections()
  const first = { view: 'all' as const, filters: [], sort: { by: 'name' as const, desc: false } }
  return useQuery({
    input: () => (text() ? { connectionId: connections.currentId, text: text(), ...first } : null),
    load: async (query) => (await api.tariffPlans.list({ query, offset: 0, limit: SUGGESTED })).rows.map((row) => row.name),
  })
}

export const usePlanColumns = () => {
  const kinds = useColumnKinds<PlanRow>(setup)
  return computed((): ListColumn<PlanRow>[] => [
    kinds.text('name', { width: 260, rank: 0, grow: 1 }),
    kinds.count('contracts', { width: 190, rank: 1, grow: 0 }),
    kinds.day('created', { of: 'createdAt', width: 140, rank: 2, grow: 0 }),
  ])
}
