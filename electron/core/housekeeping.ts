import type { Clock } from './clock'
import type { Store } from './store/connection'
import { dropOldAlerts } from './store/local/alerts'
import { dropOldChanges, thinSamples } from './store/local/retention'
import { dropUnusedNames } from './store/note-names'
import { yieldToEventLoop } from './sync/pausing'

export interface Housekeeping {
  /** Once now, then every few hours for as long as the program runs. */
  start(): void
  stop(): Promise<void>
}

interface Kept {
  store: Store
  clock: Clock
  /** Long work and kept files whose time is over. */
  prune: (now: number) => void
}

const EVERY_MS = 6 * 3_600_000

/** What keeps the local file from growing for ever, and its backup no older than a day. What goes wrong is tried again the next time. */
export const createHousekeeping = ({ store, clock, prune }: Kept, onError: (error: unknown) => void): Housekeeping => {
  let cancel: (() => void) | null = null
  let ended = false
  let running: Promise<void> = Promise.resolve()
  const pause = async (): Promise<void> => {
    await yieldToEventLoop()
    if (ended) throw new Error('housekeeping was stopped')
  }
  const round = async (): Promise<void> => {
    await store.backupDaily()
    await pause()
    await thinSamples(store.local, clock.now(), pause)
    await dropOldChanges(store.local, clock.now(), pause)
    await dropOldAlerts(store.local, clock.now(), pause)
    await dropUnusedNames(store, pause)
    prune(clock.now())
  }
  const start = (): void => {
    if (ended) return
    running = round().catch((error: unknown) => {
      if (!ended) onError(error)
    })
    cancel = clock.after(EVERY_MS, start)
  }
  return {
    start,
    stop: async () => {
      ended = true
      cancel?.()
      await running
    },
  }
}
