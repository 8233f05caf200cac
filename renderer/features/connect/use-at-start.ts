import { api, on } from '@renderer/api/client'
import type { AtStart } from '@shared/ipc/connections'
import { onScopeDispose } from 'vue'

/** Hands over how the connection named on the command line stands: now, and at its end. */
export const useAtStart = (take: (start: AtStart) => void): void => {
  let alive = true
  let pending = true
  const ask = async (): Promise<void> => {
    const start = await api.connections.atStart({}).catch(() => null)
    if (!alive) return
    pending = start?.running ?? false
    if (start) take(start)
  }
  const end = on('changed', ({ connectionId }) => {
    if (pending && connectionId === '') void ask()
  })
  onScopeDispose(() => {
    alive = false
    end()
  })
  void ask()
}
