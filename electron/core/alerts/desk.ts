import type { NoteRow } from '@shared/ipc/notes'
import { alertStates } from '../store/local/alerts'
import { listConnections, type StoredConnection } from '../store/local/connections'
import type { Memo } from '../store/read/memo'
import type { Db } from '../store/sql'
import { alertOf, indexStates, type Alert } from './alert'

/** Reads alerts over all connections, with their state. */
export interface AlertDesk {
  /** Not confirmed ones, soonest first. */
  open(connectionId: string | null): readonly Alert[]
  /** Confirmed ones, latest first. */
  done(connectionId: string | null): readonly Alert[]
  one(note: NoteRow): Alert | null
}

export interface DeskOptions {
  local: Db
  memo: Memo
  notesWithAlert: (connection: StoredConnection, open: boolean) => NoteRow[]
}

export const createAlertDesk = ({ local, memo, notesWithAlert }: DeskOptions): AlertDesk => {
  const read = (open: boolean): Alert[] =>
    listConnections(local)
      .flatMap((connection) => {
        const find = indexStates(alertStates(local, connection.id))
        return notesWithAlert(connection, open).flatMap((note) => alertOf(note, find) ?? [])
      })
      .sort((a, b) => (open ? a.dueAt - b.dueAt : b.dueAt - a.dueAt))
  const known = (connectionId: string | null, open: boolean): readonly Alert[] => {
    const all = memo(`alerts ${String(open)}`, () => read(open), 'notes')
    return connectionId === null ? all : all.filter(({ note }) => note.connectionId === connectionId)
  }
  return {
    open: (connectionId) => known(connectionId, true),
    done: (connectionId) => known(connectionId, false),
    one: (note) => alertOf(note, indexStates(alertStates(local, note.connectionId))),
  }
}
