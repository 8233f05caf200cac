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

/** At most five times a second, whatever happens in between. */
const QUIET_MS = 200
const MOST_IDS = 200

/** Gathers what happened and tells it seldom enough for a page to keep up: the first at once, then together. */
export const createAnnouncer = ({ clock, onStatus, onChanged }: AnnouncerOptions): Announcer => {
  const datasets = new Set<Dataset>()
  const ids = new Set<string>()
  let many = false
  let statusDue = false
  let waiting: (() => void) | null = null
  let closed = false

  const tell = (): void => {
    if (datasets.size > 0) onChanged([...datasets], many ? null : [...ids])
    if (statusDue) onStatus()
    datasets.clear()
    ids.clear()
    many = false
    statusDue = false
  }
  const hold = (): void => {
    if (waiting || closed) return
    tell()
    waiting = clock.after(QUIET_MS, () => {
      waiting = null
      if (datasets.size > 0 || statusDue) hold()
    })
  }
  const flush = (): void => {
    waiting?.()
    waiting = null
    if (!closed) tell()
  }
  return {
    status: () => {
      statusDue = true
      hold()
    },
    changed: (dataset, changed) => {
      datasets.add(dataset)
      // No id named, or too many to name: everything of the dataset may be different.
      if (changed.length === 0 || ids.size + changed.length > MOST_IDS) many = true
      else for (const id of changed) ids.add(id)
      hold()
    },
    flush,
    close: () => {
      flush()
      closed = true
    },
  }
}
