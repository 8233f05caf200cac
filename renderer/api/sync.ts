import type { Dataset } from '@shared/domain/datasets'
import type { Missing } from '@shared/ipc/rows'
import type { DatasetStatus, SyncStatus } from '@shared/ipc/sync'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, on } from './client'
import { useConnections } from './connections'

/** How far each connection's data are: read once, then pushed. */
export const useSync = defineStore('sync', () => {
  const connections = useConnections()
  const rows = shallowRef<SyncStatus[]>([])
  const status = computed(() => rows.value.find((row) => row.connectionId === connections.currentId) ?? null)
  const offline = computed(() => status.value !== null && !status.value.online)
  let ended: (() => void) | undefined

  const put = (next: SyncStatus): void => {
    rows.value = [...rows.value.filter((row) => row.connectionId !== next.connectionId), next]
    const rejected = next.error?.code === 'unauthorized'
    const known = connections.byId(next.connectionId)
    if (!known || rejected !== (known.state === 'token-rejected')) void connections.load()
  }
  const load = async (): Promise<void> => {
    rows.value = await api.sync.status({})
    ended ??= on('sync', put)
  }
  const dataset = (name: Dataset): DatasetStatus | null => status.value?.datasets.find((row) => row.dataset === name) ?? null
  /** Why there is nothing of a list in the connection shown; null where there is something. */
  const missing = (name: Dataset): Missing['why'] | null => {
    const row = dataset(name)
    if (row === null || (row.offered && row.asOf === null && row.error === null)) return 'not-read'
    if (row.asOf !== null) return null
    return row.offered && row.error ? 'failing' : 'not-offered'
  }
  /** Whether these data come from endpoints that the vendor does not publish, in this connection (null = in any). */
  const inferred = (name: Dataset, connectionId: string | null = connections.currentId): boolean =>
    rows.value.some(
      (row) =>
        (connectionId === null || row.connectionId === connectionId) &&
        row.datasets.some((one) => one.dataset === name && one.offered && one.certainty === 'inferred'),
    )
  const now = async (connectionId: string | null): Promise<void> => void (await api.sync.now({ connectionId }))
  /** Whether a list was read, is offered and fails, in all connections: another text means another answer of its screen. */
  const standingOf = (name: Dataset): string =>
    JSON.stringify(
      rows.value.map(({ connectionId, datasets }) => {
        const one = datasets.find((row) => row.dataset === name)
        return [connectionId, one?.asOf !== null, one?.offered, one?.error?.code, one?.unreadable]
      }),
    )
  return { rows, status, offline, load, dataset, missing, inferred, standingOf, now }
})
