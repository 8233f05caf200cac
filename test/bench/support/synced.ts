import { setTimeout as sleep } from 'node:timers/promises'
import type { Dataset } from '@shared/domain/datasets'
import type { SyncStatus } from '@shared/ipc/sync'

/** What the lists are made of: when all of these were walked once, the first sync of lists is over. */
export const LISTS: readonly Dataset[] = ['clients', 'contracts', 'projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports']

export const listsAreThere = (statuses: readonly SyncStatus[]): boolean => {
  const status = statuses[0]
  return (
    status !== undefined && LISTS.every((name) => status.datasets.some((one) => one.dataset === name && one.complete && one.asOf !== null))
  )
}

/** Waits until the lists are complete and nothing runs any more. */
export const untilSynced = async (status: () => Promise<SyncStatus[]>, seconds: number): Promise<SyncStatus> => {
  const until = performance.now() + seconds * 1000
  for (;;) {
    const now = await status()
    const [first] = now
    if (first && listsAreThere(now) && first.phase === 'idle') return first
    if (first?.error) throw new Error(`the sync failed: ${first.error.code} ${first.error.message}`)
    if (performance.now() > until) throw new Error(`no complete sync within ${String(seconds)} s: ${progressOf(now)}`)
    await sleep(250)
  }
}

const progressOf = (statuses: readonly SyncStatus[]): string =>
  statuses
    .flatMap(({ phase, datasets }) => [
      phase,
      ...datasets.filter((one) => !one.complete).map((one) => `${one.dataset} ${String(one.done)}`),
    ])
    .join(', ') || 'no connection'
