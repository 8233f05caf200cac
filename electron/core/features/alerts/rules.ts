import { createHash } from 'node:crypto'
import { naturalText, wholeMinute } from '@shared/domain/note-rules'
import type { AlertRow, NoteRow } from '@shared/ipc/notes'
import { ALERTS_FOR, type AlertKey, type AlertState } from '../../store/local/alerts'

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

/** By what a note is recognised while it has no id that both sides know. */
const naturalKey = ({ clientId, text, alertAt }: { clientId: string; text: string; alertAt: number | null }): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, naturalText(text), wholeMinute(alertAt)]))
    .digest('base64url')

export const keyOf = ({ alertAt, connectionId, uid, clientId, text }: NoteRow): AlertKey | null =>
  alertAt === null ? null : { connectionId, noteUid: uid, alertAt, naturalKey: naturalKey({ clientId, text, alertAt }) }

export const alertOf = (note: NoteRow, find: (key: AlertKey) => AlertState | undefined): Alert | null => {
  const key = keyOf(note)
  if (key === null) return null
  const state = find(key)
  return { note, key, alertAt: key.alertAt, dueAt: state?.snoozedUntil ?? key.alertAt, state }
}

/** Told once for each moment, and never when it is older than what became of it is kept: a snooze begins the telling anew, a changed text does not. */
export const mustFire = ({ note, dueAt, state }: Alert, now: number): boolean =>
  !note.confirmed && !note.system && dueAt <= now && dueAt > now - ALERTS_FOR && (state?.firedAt ?? null) === null

/** A hand on the clock may not be told from a minute's drift; less than this is none. */
const DRIFT_MS = 60_000

/** A snooze given under a clock that was ahead lasts as long as was meant, from now on; null = nothing is wrong. */
export const snoozeSetRight = ({ state }: Alert, now: number): { snoozedUntil: number; snoozedAt: number } | null => {
  const { snoozedUntil = null, snoozedAt = null } = state ?? {}
  if (snoozedUntil === null || snoozedAt === null || snoozedAt <= now + DRIFT_MS) return null
  return { snoozedUntil: now + (snoozedUntil - snoozedAt), snoozedAt: now }
}

export const isUnopened = ({ note, state }: Alert): boolean =>
  !note.confirmed && (state?.firedAt ?? null) !== null && (state?.openedAt ?? null) === null

/**
 * Which alerts count for a person: their own, and colleagues' where those are told too; never the system's. The
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
