import type { Preferences } from '@shared/ipc/preferences'
import { defineStore } from 'pinia'
import { computed, reactive, watch, type WritableComputedRef } from 'vue'
import { api, on } from './client'

/** What the person chose, kept by the program: read once at the start, then followed. */
export const usePreferences = defineStore('preferences', () => {
  const value = reactive({}) as Preferences
  let ended: (() => void) | undefined

  const load = async (): Promise<void> => {
    Object.assign(value, await api.preferences.get({}))
    ended ??= on('preferences', (next) => Object.assign(value, next))
  }
  /** Shown at once, then kept; put back if the program refuses. */
  const set = async (change: Partial<Preferences>): Promise<void> => {
    const before = Object.fromEntries(Object.keys(change).map((key) => [key, value[key as keyof Preferences]]))
    Object.assign(value, change)
    try {
      Object.assign(value, await api.preferences.set(change))
    } catch (error) {
      Object.assign(value, before)
      throw error
    }
  }
  const followLanguage = (changed: (language: Preferences['language']) => void): void => void watch(() => value.language, changed)
  return { value, load, set, followLanguage }
})

/** One preference as a model: kept by the program as soon as it is changed. */
export const usePreference = <K extends keyof Preferences>(key: K): WritableComputedRef<Preferences[K]> => {
  const preferences = usePreferences()
  return computed({ get: () => preferences.value[key], set: (next) => void preferences.set({ [key]: next }) })
}
