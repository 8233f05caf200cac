import { api } from '@renderer/api/client'
import { useTableLayout, useViewLayouts } from '@renderer/api/table-layout'
import { useQuery } from '@renderer/api/use-query'
import type { TableLayout } from '@renderer/ui/table/types'
import type { AnyQuery } from '@shared/domain/list-spec'
import type { SavedView } from '@shared/ipc/lists'
import { computed, ref, watch } from 'vue'
import type { ListState } from './address'
import type { List } from './use-list'

const stateOf = ({ query }: SavedView): ListState => {
  const { view, text, filters, sort } = query as unknown as AnyQuery
  return { view, text, filters, sort }
}
const same = (a: ListState, b: ListState): boolean =>
  JSON.stringify([a.view, a.text, a.filters, a.sort]) === JSON.stringify([b.view, b.text, b.filters, b.sort])

/** The views that everyone has, then a person's own: all tabs, with their counts and the columns of each. */
export const useViews = (list: Pick<List, 'spec' | 'state' | 'query' | 'change' | 'followed' | 'counted'>) => {
  const { spec, state, query } = list
  const read = useQuery({
    input: () => ({ list: spec.name, connectionId: query.value.connectionId }),
    load: (input) => api.lists.views(input),
    follow: [...list.followed, ...(list.counted ?? [])],
  })
  const own = computed(() => read.data.value?.own ?? [])
  const counts = computed(() => read.data.value?.fixed ?? {})
  /** The tab that the list stands on: an own view while the question is exactly its. */
  const current = computed(() => own.value.find((view) => same(stateOf(view), state.value))?.id ?? state.value.view)
  /** The own view that was chosen last: its columns stay while a person searches in it. */
  const columnsOf = ref<string | null>(null)
  watch(current, (key) => own.value.some(({ id }) => id === key) && (columnsOf.value = key), { immediate: true })
  const layout = useTableLayout(spec.name, () => columnsOf.value)
  const layouts = useViewLayouts(spec.name)
  const choose = (key: string): void => {
    const view = own.value.find((one) => one.id === key)
    columnsOf.value = view?.id ?? null
    if (view) return list.change(stateOf(view))
    // A fixed view starts from all rows: what an own view had set does not stay behind unseen.
    if (spec.views.includes(key))
      list.change({ view: key, ...(own.value.some((one) => one.id === current.value) ? { filters: [], text: '' } : {}) })
  }
  const put = async (name: string, asked: Record<string, unknown>, columns: TableLayout): Promise<void> => {
    const { id } = await api.lists.saveView({ list: spec.name, name, query: asked })
    await layouts.keep(id, columns)
    await read.reload()
  }
  /** @returns what brings it back as it was. */
  const remove = async (view: SavedView): Promise<() => Promise<void>> => {
    const columns = layouts.of(view.id) ?? layout.value
    await api.lists.removeView({ id: view.id })
    await layouts.drop(view.id)
    columnsOf.value = null
    await read.reload()
    return () => put(view.name, view.query, columns)
  }
  return {
    own,
    counts,
    current,
    choose,
    remove,
    layout,
    save: (name: string) => put(name, { ...query.value }, layout.value),
    taken: (name: string): boolean => own.value.some((view) => view.name.toLowerCase() === name.trim().toLowerCase()),
  }
}
export type Views = ReturnType<typeof useViews>
