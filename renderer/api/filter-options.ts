import type { Dataset } from '@shared/domain/datasets'
import type { FilterOption } from '@shared/ipc/list'
import type { Output } from '@shared/ipc/contract'
import type { ListName } from '@shared/ipc/lists'
import { computed, type ComputedRef } from 'vue'
import { api } from './client'
import { useWindows } from './read-windows'
import { useQuery, type Query } from './use-query'

interface Choice {
  list: ListName
  connectionId: string | null
  field: string
}

/** What a choice offers for what is typed, a window at a time. */
export const useOptions = (
  asked: () => Choice & { text: string },
  follow: readonly Dataset[],
): { query: Query<Output<'lists', 'options'>>; more: () => void } =>
  useWindows({ input: () => ({ ...asked(), ids: null }), load: (input) => api.lists.options(input), follow })

/** The names of the values that a condition already names, by id. */
export const useOptionNames = (
  asked: () => Choice & { ids: readonly string[] },
  follow: readonly Dataset[],
): ComputedRef<ReadonlyMap<string, string>> => {
  const { data } = useQuery<Parameters<typeof api.lists.options>[0], { rows: FilterOption[] }>({
    input: () => {
      const { ids, ...choice } = asked()
      return ids.length === 0 ? null : { ...choice, text: '', ids: ids.slice(0, 100), offset: 0, limit: 100 }
    },
    load: (input) => api.lists.options(input),
    follow,
  })
  return computed(() => new Map((data.value?.rows ?? []).map(({ id, name }) => [id, name])))
}
