import { AppError } from '@shared/errors'
import type { NoteRow } from '@shared/ipc/notes'
import { logAction } from '../../store/local/action-log'
import { findConnection } from '../../store/local/connections'
import { localNotes, saveLocalNote, type LocalNote } from '../../store/local/local-notes'
import {
  createOf,
  insertCommand,
  openCommandsOfNote,
  saveCommand,
  type Command,
  type NewCommand,
  type NoteFields,
} from '../../store/local/outbox'
import { inTransaction } from '../../store/sql'
import { sameNatural, wholeMinute } from '../../sync/natural-key'
import type { Workspace } from '../workspace'

export interface NoteChange {
  text: string
  alertAt: number | null
}
export interface NoteCommands {
  /** The same request again makes no second note. @returns the note's own name, and whether it was there with other words. */
  create(key: { connectionId: string; clientId: string; requestId: string }, change: NoteChange): { uid: string; differs: boolean }
  update(note: NoteRow, change: NoteChange): void
  /** @returns the command that confirms it; null where nothing is sent. */
  confirm(note: NoteRow): string | null
}

/** Whether a connection's notes go to its platform. */
export const takesNotes = ({ local }: Workspace, connectionId: string): boolean =>
  findConnection(local, connectionId)?.capabilities?.writes.notes?.offered ?? false

export const LOCAL_PREFIX = 'local:'

/** Turns what a person did into rows of local.db: each in one transaction, together with its line of the journal. */
export const createNoteCommands = (workspace: Workspace): NoteCommands => {
  const { local, clock, newId } = workspace
  const record = (key: { connectionId: string; uid: string }, action: string, fields: NoteFields): void => {
    logAction(local, { at: clock.now(), connectionId: key.connectionId, action, subject: key.uid, details: { ...fields } })
  }
  const enqueue = (
    note: Pick<NoteRow, 'connectionId' | 'clientId' | 'uid' | 'id'>,
    command: Pick<NewCommand, 'kind' | 'mine' | 'base'>,
  ): string => {
    const id = newId()
    inTransaction(local, () => {
      insertCommand(local, {
        id,
        connectionId: note.connectionId,
        clientId: note.clientId,
        noteUid: note.uid,
        noteId: note.id.startsWith(LOCAL_PREFIX) ? null : note.id,
        createdAt: clock.now(),
        ...command,
      })
      record(note, command.kind, command.mine)
    })
    return id
  }
  /** An alert is a whole minute; one that is less than a minute away becomes the next, so that it is still to come. */
  const minuteOf = (alertAt: number | null): number | null => {
    const minute = wholeMinute(alertAt)
    return minute !== null && minute <= clock.now() && (alertAt ?? 0) > clock.now() ? minute + 60_000 : minute
  }
  const fields = ({ text, alertAt }: NoteChange, confirmed: boolean): NoteFields => ({ text, alertAt: minuteOf(alertAt), confirmed })
  const checkAlert = (alertAt: number | null): void => {
    if (alertAt !== null && alertAt <= clock.now())
      throw new AppError('invalid-input', 'the alert is in the past', { fields: { alertAt: 'past' } })
  }
  const storeLocally = (note: Omit<LocalNote, 'modifiedAt'>, connectionId: string, action: string): void => {
    inTransaction(local, () => {
      saveLocalNote(local, connectionId, { ...note, modifiedAt: clock.now() })
      record({ connectionId, uid: note.uid }, action, note)
    })
  }

  return {
    create: ({ requestId, ...key }, change) => {
      const uid = LOCAL_PREFIX + requestId
      const made =
        createOf(local, key.connectionId, uid)?.mine ?? localNotes(local, key.connectionId, key.clientId).find((it) => it.uid === uid)
      if (made) return { uid, differs: !sameNatural(made, change) }
      checkAlert(change.alertAt)
      const mine = fields(change, false)
      if (takesNotes(workspace, key.connectionId)) enqueue({ ...key, uid, id: uid }, { kind: 'note.create', mine, base: null })
      else storeLocally({ ...mine, uid, clientId: key.clientId, createdAt: clock.now() }, key.connectionId, 'note.create')
      return { uid, differs: false }
    },
    update: (note, change) => {
      if (change.alertAt !== note.alertAt) checkAlert(change.alertAt)
      const mine = fields(change, note.confirmed)
      if (!takesNotes(workspace, note.connectionId)) {
        storeLocally(
          { ...mine, uid: mustBeLocal(note), clientId: note.clientId, createdAt: note.createdAt ?? clock.now() },
          note.connectionId,
          'note.update',
        )
        return
      }
      const open = openCommandsOfNote(local, note.connectionId, note.uid)
      const last = open.at(-1)
      if (last && canTakeEdit(last)) {
        inTransaction(local, () => {
          saveCommand(local, edited(last, mine), clock.now())
          record(note, 'note.update', mine)
        })
        return
      }
      enqueue(note, { kind: 'note.update', mine, base: last?.mine ?? seen(note) })
    },
    confirm: (note) => {
      if (note.confirmed) return null
      const mine = { ...seen(note), confirmed: true }
      if (!takesNotes(workspace, note.connectionId)) {
        storeLocally(
          { ...mine, uid: mustBeLocal(note), clientId: note.clientId, createdAt: note.createdAt ?? clock.now() },
          note.connectionId,
          'note.confirm',
        )
        return null
      }
      return enqueue(note, { kind: 'note.confirm', mine, base: seen(note) })
    },
  }
}

const seen = ({ text, alertAt, confirmed }: NoteRow): NoteFields => ({ text, alertAt, confirmed })

const mustBeLocal = (note: NoteRow): string => {
  if (!note.id.startsWith(LOCAL_PREFIX)) throw new AppError('not-offered', 'this platform takes no changes of notes')
  return note.uid
}

/** What has not left yet, or was refused, simply becomes the new text; a conflict stays one, with the new text as mine. */
const canTakeEdit = ({ kind, state, answer }: Command): boolean =>
  kind !== 'note.confirm' && answer === null && (state === 'pending' || state === 'rejected' || state === 'conflict')

const edited = (command: Command, mine: NoteFields): Command => ({
  ...command,
  mine: { ...mine, confirmed: command.mine.confirmed },
  ...(command.state === 'rejected' ? { state: 'pending' as const, error: null, nextAt: null } : {}),
})
