import type { FilterOption } from '@shared/ipc/clients'
import type { Output } from '@shared/ipc/contract'
import { computed, type ComputedRef } from 'vue'
import { api } from './client'
import { useWindows } from './read-windows'
import { useQuery, type Query } from './use-query'

const follow = ['clients', 'contracts', 'partners', 'tariff_plans'] as const
type Field = 'partner' | 'plan'

/** What a filter by partner or plan offers for what is typed, a window at a time. */
export const useOptions = (
  asked: () => { connectionId: string | null; field: Field; text: string },
): { query: Query<Output<'clients', 'options'>>; more: () => void } =>
  useWindows({ input: () => ({ ...asked(), ids: null }), load: (input) => api.clients.options(input), follow })

/** The names of the partners or plans that a filter already names, by id. */
export const useOptionNames = (
  asked: () => { connectionId: string | null; field: Field; ids: readonly string[] },
): ComputedRef<ReadonlyMap<string, string>> => {
  const { data } = useQuery<Parameters<typeof api.clients.options>[0], { rows: FilterOption[] }>({
    input: () => {
      const { connectionId, field, ids } = asked()
      return ids.length === 0 ? null : { connectionId, field, text: '', ids: ids.slice(0, 100), offset: 0, limit: 100 }
    },
    load: (input) => api.clients.options(input),
    follow,
  })
  return computed(() => new Map((data.value?.rows ?? []).map(({ id, name }) => [id, name])))
}
