import type { AlertNotification, TrayState } from '@shared/ipc/host-protocol'
import type { AlertCounts } from '@shared/ipc/notes'
import type { z } from 'zod'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import { saveAlert } from '../../store/local/alerts'
import { inTransaction, type Db } from '../../store/sql'
import { isCounted, isUnopened, mustFire, snoozeSetRight, type Alert } from './rules'
import type { AlertReader } from './reader'

export interface SchedulerOptions {
  local: Db
  clock: Clock
  reader: AlertReader
  /** When each connection was added: what was due before is history, and is listed but not told. */
  since: (connectionId: string) => number
  /** Whose alerts are told. */
  tells: () => { own: boolean; colleagues: boolean }
  notify: (notification: AlertNotification) => void
  counted: (counts: Counts) => void
  tray: (top: TrayState['top'], due: number) => void
  log: Log
}
type Counts = z.infer<typeof AlertCounts>
export interface AlertScheduler {
  /** Looks at every alert again: at start, after a change, on waking up, when the clock was set. */
  check(): void
  counts(): Counts
  /** The end: nothing is looked at any more, whoever asks. */
  stop(): void
}

/** Also the longest that a clock set by hand, or a sleep that nobody told of, goes unnoticed. */
const RECHECK_MS = 30_000
/** An alert told later than this was missed: the program was closed, or the machine slept. */
const MISSED_MS = 60_000
const TRAY_ROWS = 5

export const createAlertScheduler = (options: SchedulerOptions): AlertScheduler => {
  const { local, clock, reader } = options
  let cancel: (() => void) | null = null
  let last: string | null = null
  let ended = false
  const isTold = ({ note }: Alert): boolean => (note.own ? options.tells().own : options.tells().colleagues)
  const counts = (open: readonly Alert[], now: number): Counts => {
    const mine = open.filter(isCounted(options.tells().colleagues))
    const due = mine.filter(({ dueAt }) => dueAt <= now)
    return { due: due.length, unopened: mine.filter(isUnopened).length, upcoming: mine.length - due.length }
  }

  /** "Fired" is on disk before anything is shown: a crash in between loses the notice, never the count, and repeats none. */
  const fire = (open: readonly Alert[], now: number): boolean => {
    const firing = open.filter((alert) => mustFire(alert, now) && alert.dueAt >= options.since(alert.note.connectionId))
    if (firing.length === 0) return false
    const told: Alert[] = []
    inTransaction(local, () => {
      const seen = new Set<string>()
      for (const alert of firing) {
        const twin = `${alert.key.connectionId}\n${alert.key.naturalKey}`
        if (!seen.has(twin)) told.push(alert)
        seen.add(twin)
        saveAlert(local, alert.key, { firedAt: now })
      }
    })
    show(told.filter(isTold), now)
    return true
  }

  /** @returns whether there were snoozes given under a clock that was ahead. */
  const setRight = (open: readonly Alert[], now: number): boolean => {
    const wrong = open.flatMap((alert) => {
      const snooze = snoozeSetRight(alert, now)
      return snooze ? [{ alert, snooze }] : []
    })
    if (wrong.length === 0) return false
    inTransaction(local, () => {
      for (const { alert, snooze } of wrong) saveAlert(local, alert.key, snooze)
    })
    return true
  }

  const show = (alerts: readonly Alert[], now: number): void => {
    const missed = alerts.filter(({ dueAt }) => now - dueAt > MISSED_MS)
    if (missed.length > 0) options.notify({ alerts: missed.map(toNotice), missed: true })
    for (const alert of alerts) if (!missed.includes(alert)) options.notify({ alerts: [toNotice(alert)], missed: false })
  }

  const tell = (open: readonly Alert[], now: number): void => {
    const found = counts(open, now)
    const listed = open.filter(isCounted(options.tells().colleagues)).slice(0, TRAY_ROWS)
    const top = listed.map((alert) => ({ ...toNotice(alert), due: alert.dueAt <= now }))
    const text = JSON.stringify([found, top])
    if (text === last) return
    last = text
    options.counted(found)
    options.tray(top, found.due)
  }

  const check = (): void => {
    // What asked for a look may come after the end: the files are closed then.
    if (ended) return
    cancel?.()
    let next = Number.POSITIVE_INFINITY
    const now = clock.now()
    try {
      next = look(now)
    } catch (error) {
      // A full disk, say: nothing is told that could not be written down, and what was saved meanwhile is no less saved.
      options.log('the alerts could not be looked at', error)
    }
    cancel = clock.after(Math.max(1, Math.min(next - now, RECHECK_MS)), check)
  }
  /** @returns when the next alert is due. */
  const look = (now: number): number => {
    const seen = reader.open(null)
    const open = setRight(seen, now) ? reader.open(null) : seen
    tell(fire(open, now) ? reader.open(null) : open, now)
    return open.find(({ dueAt }) => dueAt > now)?.dueAt ?? Number.POSITIVE_INFINITY
  }

  return {
    check,
    counts: () => counts(reader.open(null), clock.now()),
    stop: () => {
      ended = true
      cancel?.()
      cancel = null
    },
  }
}

const toNotice = ({ note, dueAt }: Alert): AlertNotification['alerts'][number] => ({
  connectionId: note.connectionId,
  noteId: note.id,
  clientId: note.clientId,
  clientName: note.clientName,
  text: note.text,
  dueAt,
})
