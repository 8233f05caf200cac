import { platformDayStart } from '@shared/domain/time'
import { noteFieldsOf } from '@shared/domain/note-rules'
import { AppError } from '@shared/errors'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { NoteRow } from '@shared/ipc/notes'
import type { NewOf } from '../../commands/enqueue'
import { logAction } from '../../store/local/journals'
import { findConnection } from '../../store/local/connections'
import { removeLocalNote } from '../../store/local/local-notes'
import { openCommandsOfSubject, saveCommand } from '../../store/local/commands'
import { asOfOwner } from '../../store/read/sync-status'
import { inTransaction } from '../../store/sql'
import { boundedRows, cutLong, cutTexts } from '../answer-size'
import type { Workspace } from '../workspace'
import { LOCAL_PREFIX, noteSubject, takesNotes, type NoteCommands } from './commands'
import type { NotesReader } from './reader'

type NoteKey = Parameters<Handlers<'notes'>['confirm']>[0]
type ListInput = Parameters<Handlers<'notes'>['list']>[0]

export interface NotesOptions {
  workspace: Workspace
  reader: NotesReader
  commands: NoteCommands
  /** Carries a live command out. @throws AppError `needs-connection`. */
  runLive: (command: NewOf) => Promise<unknown>
  /** Something was queued or changed here: views read again, alerts are looked at, the queue sends. */
  onChanged: (connectionId: string, clientId: string) => void
}
export type NotesService = ReturnType<typeof createNotes>

export const createNotes = (options: NotesOptions) => {
  const { workspace, reader, commands, onChanged } = options
  const { cache, local, clock } = workspace

  const remove = async (key: NoteKey): Promise<void> => {
    const note = reader.find(key)
    if (!takesNotes(workspace, key.connectionId)) {
      if (removeLocalNote(local, key.connectionId, note.uid) === 0)
        throw new AppError('not-offered', 'this platform takes no changes of notes')
    } else if (note.id.startsWith(LOCAL_PREFIX)) {
      dropUnsent(workspace, note)
    } else {
      const { connectionId, clientId } = key
      const seen = noteFieldsOf(note)
      await options.runLive({ connectionId, clientId, kind: 'note.delete', subject: noteSubject(note), payload: seen, base: seen })
    }
    onChanged(key.connectionId, key.clientId)
  }

  return {
    list: ({ connectionId, clientId, filter, offset, limit }: ListInput): Output<'notes', 'list'> => {
      const connection = findConnection(local, connectionId)
      if (!connection) throw new AppError('not-found', 'no such connection')
      const today = platformDayStart(clock.now(), connection.billingOffsetMinutes)
      const rows = reader
        .ofClient(connectionId, clientId)
        .filter(
          (note) =>
            (filter.today !== true || (note.createdAt ?? 0) >= today) &&
            (filter.authorId === null || note.authorId === filter.authorId) &&
            (filter.system === null || note.system === filter.system),
        )
      return {
        rows: boundedRows(rows.slice(offset, offset + limit).map(cutTexts)),
        total: rows.length,
        offered: connection.capabilities?.datasets.notes?.offered ?? false,
        writable: takesNotes(workspace, connectionId),
        asOf: asOfOwner(cache, { connectionId, dataset: 'notes', ownerId: clientId }),
      }
    },
    authors: (connectionId: string, clientId: string): Output<'notes', 'authors'> => {
      const found = new Map<string, string>()
      for (const { authorId, authorName } of reader.ofClient(connectionId, clientId)) {
        if (authorId !== null && authorId !== '') found.set(authorId, authorName ?? authorId)
      }
      return boundedRows([...found].map(([id, name]) => ({ id, name: cutLong(name) })).sort((a, b) => a.name.localeCompare(b.name)))
    },
    create: ({ text, alertAt, ...key }: Parameters<Handlers<'notes'>['create']>[0]): NoteRow => {
      const { connectionId, clientId } = key
      const { uid, differs } = commands.create(key, { text, alertAt })
      if (differs) commands.update(reader.find({ connectionId, clientId, id: uid }), { text, alertAt })
      onChanged(connectionId, clientId)
      return cutTexts(reader.find({ connectionId, clientId, id: uid }))
    },
    update: ({ text, alertAt, ...key }: Parameters<Handlers<'notes'>['update']>[0]): NoteRow => {
      const { uid } = changed(key, (note) => {
        commands.update(note, { text, alertAt })
      })
      return cutTexts(reader.find({ ...key, id: uid }))
    },
    confirm: (key: NoteKey): NoteRow => {
      const { uid } = changed(key, (note) => {
        commands.confirm(note)
      })
      return cutTexts(reader.find({ ...key, id: uid }))
    },
    remove,
  }

  function changed(key: NoteKey, work: (note: NoteRow) => void): NoteRow {
    const note = reader.find(key)
    work(note)
    onChanged(key.connectionId, key.clientId)
    return note
  }
}

/** A note that never left is simply not written. One that may have left has to wait until that is known. */
const dropUnsent = ({ local, clock }: Workspace, note: NoteRow): void => {
  const { connectionId } = note
  const commands = openCommandsOfSubject(local, { connectionId, subject: noteSubject(note) })
  const first = commands[0]
  if (!first) throw new AppError('locked', 'the note has just reached the platform')
  if (first.state === 'sending' || first.state === 'unknown' || first.answer !== null)
    throw new AppError('locked', 'the note is being sent')
  if (first.state === 'blocked') throw new AppError('blocked', 'it is not known whether the note reached the platform')
  inTransaction(local, () => {
    for (const command of commands) saveCommand(local, { ...command, state: 'dropped', dueAt: 0 }, { at: clock.now(), words: note.text })
    const details = { clientId: note.clientId, before: noteFieldsOf(note), after: null }
    logAction(local, { at: clock.now(), connectionId, action: 'note.delete', subject: note.uid, details })
  })
}
