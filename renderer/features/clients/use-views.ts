import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import type { Output } from '@shared/ipc/contract'
import type { ClientQuery } from '@shared/ipc/clients'
import { computed } from 'vue'
import { VIEWS, type ListState } from './query-state'

type SavedView = Output<'views', 'list'>[number]

const same = (a: ListState, b: ListState): boolean =>
  JSON.stringify([a.view, a.text, a.filters, a.sort]) === JSON.stringify([b.view, b.text, b.filters, b.sort])
const stateOf = ({ view, text, filters, sort }: ClientQuery): ListState => ({ view, text, filters, sort })

/** What the tabs' counts change with. */
export const countedDatasets = ['clients', 'contracts', 'limits', 'accounts', 'partners', 'tariff_plans'] as const

/** The five views that everyone has, then a person's own: all tabs. */
export const useViews = (state: () => ListState, query: () => ClientQuery, show: (next: ListState) => void) => {
  const saved = useQuery({
    input: () => ({ connectionId: query().connectionId }),
    load: (input) => api.views.list(input),
    follow: countedDatasets,
  })
  const own = computed(() => saved.data.value ?? [])
  /** The tab that the list stands on: an own view while the question is exactly its. */
  const current = computed(() => own.value.find((view) => same(stateOf(view.query), state()))?.id ?? state().view)
  const choose = (key: string): void => {
    const view = own.value.find((one) => one.id === key)
    if (view) return show(stateOf(view.query))
    const fixed = VIEWS.find((one) => one === key)
    // A fixed view starts from all rows: what an own view had set does not stay behind unseen.
    if (fixed) show({ ...state(), view: fixed, ...(own.value.some((one) => one.id === current.value) ? { filters: [], text: '' } : {}) })
  }
  const save = async (name: string): Promise<void> => {
    await api.views.save({ name, query: query() })
    await saved.reload()
  }
  const remove = async (view: SavedView): Promise<void> => {
    await api.views.remove({ id: view.id })
    await saved.reload()
  }
  const restore = async (view: SavedView): Promise<void> => {
    await api.views.save({ name: view.name, query: view.query })
    await saved.reload()
  }
  const taken = (name: string): boolean => own.value.some((view) => view.name.toLowerCase() === name.trim().toLowerCase())
  return { own, current, choose, save, remove, restore, taken }
}
