import type { Preferences } from '@shared/ipc/preferences'
import type { ListName } from '@shared/ipc/lists'
import { computed, type WritableComputedRef } from 'vue'
import { usePreferences } from './preferences'

type Layouts = Preferences['tables']
type Layout = Layouts[string]
const untouched: Layout = { hidden: [], order: [], widths: {} }
const nameOf = (table: ListName, view: string): string => `${table}/${view}`

/** Columns of one table as this person left them, and of each own view of it; kept with the preferences. */
export const useTableLayout = (table: ListName, view: () => string | null): WritableComputedRef<Layout> => {
  const preferences = usePreferences()
  const name = computed(() => {
    const own = view() === null ? null : nameOf(table, view() ?? '')
    return own !== null && preferences.value.tables[own] ? own : table
  })
  return computed({
    get: () => preferences.value.tables[name.value] ?? untouched,
    set: (next) => void preferences.set({ tables: { ...preferences.value.tables, [name.value]: next } }),
  })
}

/** What an own view has of its own besides its question: taken along when it is saved, gone when it is removed. */
export const useViewLayouts = (table: ListName) => {
  const preferences = usePreferences()
  return {
    of: (view: string): Layout | undefined => preferences.value.tables[nameOf(table, view)],
    keep: (view: string, layout: Layout): Promise<void> =>
      preferences.set({ tables: { ...preferences.value.tables, [nameOf(table, view)]: layout } }),
    drop: (view: string): Promise<void> => {
      const { [nameOf(table, view)]: _gone, ...left } = preferences.value.tables
      return preferences.set({ tables: left })
    },
  }
}
