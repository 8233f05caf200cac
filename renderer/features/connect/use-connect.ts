import { api, ApiError, on } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useSync } from '@renderer/api/sync'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { ConnectionDraft } from '@shared/domain/connections/connection'
import type { ConnectionRow } from '@shared/ipc/connections'

/** Makes a connection, of a tested draft or of the demo, and opens its first screen. */
export const useConnect = () => {
  const router = useRouter()
  const connections = useConnections()
  const sync = useSync()
  const busy = ref(false)
  const progress = ref<number | null>(null)
  const starting = ref(false)
  const failure = shallowRef<ApiError | null>(null)
  onScopeDispose(on('demo', (event) => (progress.value = event.progress)))

  const open = async (row: ConnectionRow): Promise<void> => {
    connections.replace(row)
    await connections.choose(row.id)
    await Promise.all([connections.load(), sync.load()])
    await router.push('/')
  }
  const attempt = async (make: () => Promise<ConnectionRow>): Promise<void> => {
    failure.value = null
    try {
      await open(await make())
    } catch (thrown) {
      failure.value = ApiError.from(thrown)
    }
  }
  const add = async (draft: ConnectionDraft): Promise<void> => {
    busy.value = true
    await attempt(() => api.connections.add(draft))
    busy.value = false
  }
  const demo = async (): Promise<void> => {
    if (starting.value) return
    starting.value = true
    progress.value = 0
    await attempt(() => api.connections.startDemo({}))
    starting.value = false
  }
  return { busy, progress, starting, failure, add, demo }
}
