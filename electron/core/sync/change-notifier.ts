import type { Dataset } from '@shared/domain/datasets'
import type { Clock } from '../clock'

export interface ChangeNotifierOptions {
  clock: Clock
  onStatus: () => void
  onChanged: (datasets: Dataset[], ids: string[] | null) => void
}
export interface ChangeNotifier {
  status(): void
  changed(dataset: Dataset, ids: readonly string[]): void
  /** Sends at once what is still held back. */
  flush(): void
  /** Sends the rest, and nothing after that. */
  close(): void
}

/** The status is sent five times a second at most; changed rows, which make views read again, once a second. */
const STATUS_INTERVAL_MS = 200
const CHANGES_INTERVAL_MS = 1_000
const MOST_IDS = 200

/** Collects changes and sends them seldom enough for a page to keep up: the first at once, then together. */
export const createChangeNotifier = ({ clock, onStatus, onChanged }: ChangeNotifierOptions): ChangeNotifier => {
  const datasets = new Set<Dataset>()
  const ids = new Set<string>()
  let many = false
  const changes = createThrottle(clock, CHANGES_INTERVAL_MS, () => {
    onChanged([...datasets], many ? null : [...ids])
    datasets.clear()
    ids.clear()
    many = false
  })
  const status = createThrottle(clock, STATUS_INTERVAL_MS, onStatus)
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

/** Calls at once, then not before the interval is over, then once for all calls that came meanwhile. */
const createThrottle = (clock: Clock, intervalMs: number, tell: () => void) => {
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
    waiting = clock.after(intervalMs, () => {
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
