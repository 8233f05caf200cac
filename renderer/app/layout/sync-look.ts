import type { TextKey } from '@renderer/locales'
import type { DatasetStatus, SyncStatus } from '@shared/ipc/sync'

export interface SyncLook {
  icon: string
  words: TextKey
  tone: 'ok' | 'near' | 'over' | 'quiet'
  spins: boolean
  /** The lists that are not refreshed, to be named. */
  broken: DatasetStatus['dataset'][]
}

/** Refused, failing, or waiting for a second answer; one that was only cut off is none of these. */
export const brokenDatasets = (status: SyncStatus): DatasetStatus['dataset'][] =>
  status.datasets.filter(({ offered, error }) => offered && error !== null && error.code !== 'cancelled').map(({ dataset }) => dataset)

/** The one word of the top bar for where the sync stands; the gravest state wins. */
export const syncLook = (status: SyncStatus | null, tokenRejected: boolean): SyncLook => {
  const look = (icon: string, words: TextKey, tone: SyncLook['tone'], more: Partial<SyncLook> = {}): SyncLook => ({
    ...{ icon: `i-lucide-${icon}`, words, tone, spins: false, broken: [] },
    ...more,
  })
  if (tokenRejected) return look('key-round', 'sync.state.token', 'over')
  if (!status) return look('circle-dashed', 'sync.state.none', 'quiet')
  if (!status.online) return look('cloud-off', 'sync.state.offline', 'near')
  const broken = brokenDatasets(status)
  if (status.phase === 'paused') return look('circle-pause', 'sync.state.paused', 'quiet')
  if (status.phase === 'running' && status.first) return look('refresh-cw', 'sync.state.first', 'quiet', { spins: true })
  // A list that is tried again every few seconds must not take its name out of the bar each time.
  if (broken.length > 0) return look('triangle-alert', 'sync.state.broken', 'near', { broken })
  if (status.phase === 'running') return look('refresh-cw', 'sync.state.running', 'quiet', { spins: true })
  if (!status.complete) return look('triangle-alert', 'sync.state.incomplete', 'near')
  // What is here is whole, and as old as it says; only a newer reading did not come through.
  if (status.error) return look('triangle-alert', 'sync.state.brokeOff', 'near')
  return look('circle-check', 'sync.state.done', 'ok')
}
