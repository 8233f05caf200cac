import { usePreferences } from '@renderer/api/preferences'
import { computed, type WritableComputedRef } from 'vue'
import type { Preferences } from '@shared/ipc/preferences'

/** One preference as a model: kept by the program as soon as it is changed. */
export const usePreference = <K extends keyof Preferences>(key: K): WritableComputedRef<Preferences[K]> => {
  const preferences = usePreferences()
  return computed({ get: () => preferences.value[key], set: (next) => void preferences.set({ [key]: next }) })
}
