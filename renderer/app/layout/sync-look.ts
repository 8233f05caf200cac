import type { TextKey } from '@renderer/locales'
import type { SyncStatus } from '@shared/ipc/sync'

export interface SyncLook {
  icon: string
  words: TextKey
  tone: 'ok' | 'near' | 'over' | 'quiet'
  spins: boolean
}

/** The one word of the top bar for where the sync stands; the gravest state wins. */
export const syncLook = (status: SyncStatus | null, tokenRejected: boolean): SyncLook => {
  if (tokenRejected) return { icon: 'i-lucide-key-round', words: 'sync.state.token', tone: 'over', spins: false }
  if (!status) return { icon: 'i-lucide-circle-dashed', words: 'sync.state.none', tone: 'quiet', spins: false }
  if (!status.online) return { icon: 'i-lucide-cloud-off', words: 'sync.state.offline', tone: 'near', spins: false }
  if (status.phase === 'running')
    return { icon: 'i-lucide-refresh-cw', words: status.first ? 'sync.state.first' : 'sync.state.running', tone: 'quiet', spins: true }
  if (status.phase === 'paused') return { icon: 'i-lucide-circle-pause', words: 'sync.state.paused', tone: 'quiet', spins: false }
  if (!status.complete) return { icon: 'i-lucide-triangle-alert', words: 'sync.state.incomplete', tone: 'near', spins: false }
  // What is here is whole, and as old as it says; only a newer reading did not come through.
  if (status.error) return { icon: 'i-lucide-triangle-alert', words: 'sync.state.brokeOff', tone: 'near', spins: false }
  return { icon: 'i-lucide-circle-check', words: 'sync.state.done', tone: 'ok', spins: false }
}
