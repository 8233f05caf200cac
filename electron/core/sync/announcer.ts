import type { Dataset } from '@shared/domain/datasets'
import type { Clock } from '../clock'

export interface AnnouncerOptions {
  clock: Clock
  onStatus: () => void
  onChanged: (datasets: Dataset[], ids: string[] | null) => void
}
export interface Announcer {
  status(): void
  changed(dataset: Dataset, ids: readonly string[]): void
  /** Says at once what is still held back. */
  flush(): void
  /** Says the rest, and nothing ever after. */
  close(): void
}

/** Where the work stands is told five times a second at most; that rows are different, which makes views read again, once. */
const QUIET_MS = 200
const QUIET_CHANGES_MS = 1_000
const MOST_IDS = 200

/** Gathers what happened and tells it seldom enough for a page to keep up: the first at once, then together. */
export const createAnnouncer = ({ clock, onStatus, onChanged }: AnnouncerOptions): Announcer => {
  const datasets = new Set<Dataset>()
  const ids = new Set<string>()
  let many = false
  const changes = createTeller(clock, QUIET_CHANGES_MS, () => {
    onChanged([...datasets], many ? null : [...ids])
    datasets.clear()
    ids.clear()
    many = false
  })
  const status = createTeller(clock, QUIET_MS, onStatus)
  const flush = (): void => {
    changes.flush()
    status.flush()
  }
  return {
    status: status.due,
    changed: (dataset, changed) => {
      datasets.add(dataset)
      // No id named, or too many to name: everything of the dataset may be different.
      if (changed.length === 0 || ids.size + changed.length > MOST_IDS) many = true
      else for (const id of changed) ids.add(id)
      changes.due()
    },
    flush,
    close: () => {
      flush()
      changes.close()
      status.close()
    },
  }
}

/** Tells at once, then not again before the quiet time is over, then once for all that came meanwhile. */
const createTeller = (clock: Clock, quietMs: number, tell: () => void) => {
  let isDue = false
  let waiting: (() => void) | null = null
  let closed = false
  const now = (): void => {
    if (!isDue) return
    isDue = false
    tell()
  }
  const hold = (): void => {
    if (waiting || closed) return
    now()
    waiting = clock.after(quietMs, () => {
      waiting = null
      if (isDue) hold()
    })
  }
  return {
    due: (): void => {
      isDue = true
      hold()
    },
    flush: (): void => {
      waiting?.()
      waiting = null
      if (!closed) now()
    },
    close: (): void => {
      closed = true
    },
  }
}
