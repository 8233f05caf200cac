import type { ConnectionRow } from '@shared/ipc/connections'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from './client'
import { usePreferences } from './preferences'

/** Whether its panel can be opened in the system's browser: the demo has none, and the program opens nothing but https. */
export const hasPanel = ({ demo, address }: ConnectionRow): boolean => !demo && address.startsWith('https:')

/** The accounts at the platforms, and the one that the screens show. */
export const useConnections = defineStore('connections', () => {
  const preferences = usePreferences()
  const rows = shallowRef<ConnectionRow[]>([])
  const current = computed(() => rows.value.find((row) => row.id === preferences.value.connectionId) ?? rows.value[0] ?? null)
  const currentId = computed(() => current.value?.id ?? null)

  const load = async (): Promise<void> => {
    rows.value = await api.connections.list({})
  }
  const choose = (id: string): Promise<void> => preferences.set({ connectionId: id })
  const replace = (row: ConnectionRow): void => {
    rows.value = rows.value.some((other) => other.id === row.id)
      ? rows.value.map((other) => (other.id === row.id ? row : other))
      : [...rows.value, row]
  }
  const byId = (id: string): ConnectionRow | null => rows.value.find((row) => row.id === id) ?? null
  return { rows, current, currentId, load, choose, replace, byId }
})
