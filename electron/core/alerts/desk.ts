import type { NoteRow } from '@shared/ipc/notes'
import { alertStates } from '../store/local/alerts'
import { listConnections, type StoredConnection } from '../store/local/connections'
import type { Db } from '../store/sql'
import { alertOf, indexStates, type Alert } from './alert'

/** Reads alerts over all connections, with their state. */
export interface AlertDesk {
  /** Not confirmed ones, soonest first. */
  open(connectionId: string | null): Alert[]
  /** Confirmed ones, latest first. */
  done(connectionId: string | null): Alert[]
  one(note: NoteRow): Alert | null
}

export interface DeskOptions {
  local: Db
  notesWithAlert: (connection: StoredConnection, open: boolean) => NoteRow[]
}

export const createAlertDesk = ({ local, notesWithAlert }: DeskOptions): AlertDesk => {
  const read = (connectionId: string | null, open: boolean): Alert[] =>
    listConnections(local)
      .filter(({ id }) => connectionId === null || id === connectionId)
      .flatMap((connection) => {
        const find = indexStates(alertStates(local, connection.id))
        return notesWithAlert(connection, open).flatMap((note) => alertOf(note, find) ?? [])
      })
  return {
    open: (connectionId) => read(connectionId, true).sort((a, b) => a.dueAt - b.dueAt),
    done: (connectionId) => read(connectionId, false).sort((a, b) => b.dueAt - a.dueAt),
    one: (note) => alertOf(note, indexStates(alertStates(local, note.connectionId))),
  }
}
