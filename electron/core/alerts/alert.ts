import type { AlertRow, NoteRow } from '@shared/ipc/notes'
import type { AlertKey, AlertState } from '../store/local/alerts'
import { naturalKey } from '../sync/natural-key'

/** A note's alert with what became of it here. */
export interface Alert {
  note: NoteRow
  key: AlertKey
  alertAt: number
  dueAt: number
  state: AlertState | undefined
}

/** Looks an alert's state up by its own name first, then by what the note says: ids change, what was told does not. */
export const indexStates = (states: readonly AlertState[]): ((key: AlertKey) => AlertState | undefined) => {
  const own = new Map(states.map((it) => [`${it.noteUid}\n${String(it.alertAt)}`, it]))
  const natural = new Map(states.map((it) => [it.naturalKey, it]))
  return (key) => own.get(`${key.noteUid}\n${String(key.alertAt)}`) ?? natural.get(key.naturalKey)
}

export const alertOf = (note: NoteRow, find: (key: AlertKey) => AlertState | undefined): Alert | null => {
  const { alertAt, connectionId, uid, clientId, text } = note
  if (alertAt === null) return null
  const key = { connectionId, noteUid: uid, alertAt, naturalKey: naturalKey({ clientId, text, alertAt }) }
  const state = find(key)
  return { note, key, alertAt, dueAt: state?.snoozedUntil ?? alertAt, state }
}

/** Told once for each moment: a snooze begins the telling anew, a changed text does not. */
export const mustFire = ({ note, dueAt, state }: Alert, now: number): boolean =>
  !note.confirmed && !note.system && dueAt <= now && (state?.firedAt ?? null) === null && (state?.doneAt ?? null) === null

export const isUnopened = ({ note, state }: Alert): boolean =>
  !note.confirmed && (state?.firedAt ?? null) !== null && (state?.openedAt ?? null) === null && (state?.doneAt ?? null) === null

/**
 * Which alerts are a person's own affair: their own, and colleagues' where those are told too; never the system's. The
 * menu, the tray, the dashboard and the page that opens from them count by this one rule.
 */
export const isCounted =
  (colleagues: boolean) =>
  ({ note }: Alert): boolean =>
    !note.system && (note.own || colleagues)

export const toAlertRow = (alert: Alert, now: number): AlertRow => ({
  note: alert.note,
  dueAt: alert.dueAt,
  snoozedUntil: (alert.state?.snoozedUntil ?? 0) > now ? (alert.state?.snoozedUntil ?? null) : null,
  state: alert.note.confirmed ? 'done' : alert.dueAt <= now ? 'due' : 'upcoming',
  unopened: isUnopened(alert),
})
