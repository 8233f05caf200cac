import { noteFieldsOf, sameNatural, wholeMinute, type NoteFields } from '@shared/domain/note-rules'
import { AppError } from '@shared/errors'
import type { NoteRow } from '@shared/ipc/notes'
import { canTakeEdit, editCommand, enqueue } from '../../commands/enqueue'
import type { CommandKinds } from '../../commands/kind'
import { NOTES, type NoteCommand } from '../../commands/kinds/note'
import { logAction } from '../../store/local/journals'
import { findConnection } from '../../store/local/connections'
import { localNotes, saveLocalNote, type LocalNote } from '../../store/local/local-notes'
import { commandsOfSubject, openCommandsOfSubject } from '../../store/local/commands'
import { inTransaction } from '../../store/sql'
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

export const noteSubject = ({ uid, id }: Pick<NoteRow, 'uid' | 'id'>) => ({
  dataset: NOTES,
  uid,
  id: id.startsWith(LOCAL_PREFIX) ? null : id,
})

interface Stored {
  connectionId: string
  action: string
  before: NoteFields | null
}

/** Turns what a person did into rows of local.db: each in one transaction, together with its line of the journal. */
export const createNoteCommands = (workspace: Workspace, kinds: CommandKinds): NoteCommands => {
  const { local, clock } = workspace
  const open = (connectionId: string, uid: string): NoteCommand[] =>
    openCommandsOfSubject(local, { connectionId, subject: { dataset: NOTES, uid } }) as NoteCommand[]
  const queue = (
    note: Pick<NoteRow, 'connectionId' | 'clientId' | 'uid' | 'id'>,
    command: { kind: string; payload: NoteFields; base: NoteFields | null },
  ): string => {
    const { connectionId, clientId } = note
    return enqueue({ ...workspace, kinds }, { connectionId, clientId, subject: noteSubject(note), ...command })
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
  const storeLocally = (note: Omit<LocalNote, 'modifiedAt'>, { connectionId, action, before }: Stored): void => {
    inTransaction(local, () => {
      saveLocalNote(local, connectionId, { ...note, modifiedAt: clock.now() })
      const details = { before, after: noteFieldsOf(note) }
      logAction(local, { at: clock.now(), connectionId, action, subject: note.uid, details })
    })
  }
  const storeChange = (note: NoteRow, mine: NoteFields, action: string): void => {
    const { connectionId, clientId } = note
    const kept = { ...mine, uid: mustBeLocal(note), clientId, createdAt: note.createdAt ?? clock.now() }
    storeLocally(kept, { connectionId, action, before: noteFieldsOf(note) })
  }

  return {
    create: ({ requestId, ...key }, change) => {
      const uid = LOCAL_PREFIX + requestId
      const asked = { connectionId: key.connectionId, subject: { dataset: NOTES, uid }, kind: 'note.create' }
      const [before] = commandsOfSubject(local, asked) as NoteCommand[]
      const made = before?.payload ?? localNotes(local, key.connectionId, key.clientId).find((it) => it.uid === uid)
      if (made) return { uid, differs: !sameNatural(made, change) }
      checkAlert(change.alertAt)
      const mine = fields(change, false)
      if (takesNotes(workspace, key.connectionId)) queue({ ...key, uid, id: uid }, { kind: 'note.create', payload: mine, base: null })
      else storeLocally({ ...mine, uid, clientId: key.clientId, createdAt: clock.now() }, { ...key, action: 'note.create', before: null })
      return { uid, differs: false }
    },
    update: (note, change) => {
      if (change.alertAt !== note.alertAt) checkAlert(change.alertAt)
      const mine = fields(change, note.confirmed)
      if (!takesNotes(workspace, note.connectionId)) return void storeChange(note, mine, 'note.update')
      const last = open(note.connectionId, note.uid).at(-1)
      if (last && takesText.has(last.kind) && canTakeEdit(last))
        return void editCommand({ local, kinds, clock }, last, { ...mine, confirmed: last.payload.confirmed })
      queue(note, { kind: 'note.update', payload: mine, base: last?.payload ?? noteFieldsOf(note) })
    },
    confirm: (note) => {
      if (note.confirmed) return null
      const mine = { ...noteFieldsOf(note), confirmed: true }
      if (takesNotes(workspace, note.connectionId)) return queue(note, { kind: 'note.confirm', payload: mine, base: noteFieldsOf(note) })
      storeChange(note, mine, 'note.confirm')
      return null
    },
  }
}

const mustBeLocal = (note: NoteRow): string => {
  if (!note.id.startsWith(LOCAL_PREFIX)) throw new AppError('not-offered', 'this platform takes no changes of notes')
  return note.uid
}

/** These carry the text: what has not left yet takes a later one in. */
const takesText: ReadonlySet<string> = new Set(['note.create', 'note.update'])
