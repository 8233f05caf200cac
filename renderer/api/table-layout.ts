import type { Preferences } from '@shared/ipc/preferences'
import type { ListName } from '@shared/ipc/lists'
import { computed, type WritableComputedRef } from 'vue'
import { usePreferences } from './preferences'

type Layout = Preferences['tables'][string]
const untouched: Layout = { hidden: [], order: [], widths: {} }

/** Columns of one table as this person left them, kept with the preferences. */
export const useTableLayout = (table: ListName | 'plans'): WritableComputedRef<Layout> => {
  const preferences = usePreferences()
  return computed({
    get: () => preferences.value.tables[table] ?? untouched,
    set: (next) => void preferences.set({ tables: { ...preferences.value.tables, [table]: next } }),
  })
}
