import type { NoteRow } from '@shared/ipc/notes'
import type { Clock } from '../../clock'
import { alertStates } from '../../store/local/alerts'
import { listConnections, type StoredConnection } from '../../store/local/connections'
import type { Memo } from '../../store/read/memo'
import type { Db } from '../../store/sql'
import { alertOf, indexStates, keyOf, type Alert } from './rules'
import { createHeldNotes } from './held-notes'

/** Reads alerts over all connections, with their state. */
export interface AlertReader {
  /** Not confirmed ones, soonest first. */
  open(connectionId: string | null): readonly Alert[]
  /** Confirmed ones, latest first. */
  done(connectionId: string | null): readonly Alert[]
  one(note: NoteRow): Alert | null
}

export interface AlertReaderOptions {
  local: Db
  clock: Clock
  memo: Memo
  notesWithAlert: (connection: StoredConnection, open: boolean) => NoteRow[]
  /** Neither the note nor its client is in the cache any more, and the client was. */
  isGone: (note: NoteRow) => boolean
}

export const createAlertReader = (options: AlertReaderOptions): AlertReader => {
  const { local, memo } = options
  const held = createHeldNotes(options)
  const withState = (connectionId: string, notes: readonly NoteRow[]): Alert[] => {
    const find = indexStates(
      alertStates(
        local,
        connectionId,
        notes.flatMap((note) => keyOf(note) ?? []),
      ),
    )
    return notes.flatMap((note) => alertOf(note, find) ?? [])
  }
  const notesOf = (connection: StoredConnection, open: boolean): NoteRow[] => {
    const notes = options.notesWithAlert(connection, open)
    return open ? held.with(connection.id, notes) : notes
  }
  const read = (open: boolean): Alert[] =>
    listConnections(local)
      .flatMap((connection) => withState(connection.id, notesOf(connection, open)))
      .sort((a, b) => (open ? a.dueAt - b.dueAt : b.dueAt - a.dueAt))
  const remembered = (connectionId: string | null, open: boolean): readonly Alert[] => {
    const all = memo(`alerts ${String(open)}`, () => read(open), 'notes')
    return connectionId === null ? all : all.filter(({ note }) => note.connectionId === connectionId)
  }
  return {
    open: (connectionId) => remembered(connectionId, true),
    done: (connectionId) => remembered(connectionId, false),
    one: (note) => withState(note.connectionId, [note])[0] ?? null,
  }
}
