import { AppError } from '@shared/errors'
import type { NoteRow } from '@shared/ipc/notes'
import { NOTES, type NoteCommand } from '../../commands/kinds/note'
import { clientsWithPending, pendingCommands } from '../../commands/overlay'
import { findConnection, type StoredConnection } from '../../store/local/connections'
import { localNotes, uidsOf } from '../../store/local/local-notes'
import { clientName, clientNotes, notesWithAlert, type RemoteNote } from '../../store/read/notes'
import type { Workspace } from '../workspace'
import { overlayNotes } from './overlay'

export interface NotesReader {
  ofClient(connectionId: string, clientId: string): NoteRow[]
  /** By the platform's id or our own. @throws AppError `not-found`. */
  find(key: { connectionId: string; clientId: string; id: string }): NoteRow
  /** Notes with an alert over all clients of a connection; `open`: not confirmed. */
  withAlert(connection: StoredConnection, open: boolean): NoteRow[]
}

/** The one place where the platform's notes and what is on its way to it meet: lists, alerts and counts all read here. */
export const createNotesReader = ({ cache, local }: Workspace): NotesReader => {
  const mustFind = (id: string): StoredConnection => {
    const found = findConnection(local, id)
    if (!found) throw new AppError('not-found', 'no such connection')
    return found
  }
  const base = ({ id, accountId, accountName, accountLogin }: StoredConnection, remote: readonly RemoteNote[]) => ({
    connectionId: id,
    remote,
    identities: uidsOf(
      local,
      id,
      remote.map((note) => note.id),
    ),
    account: { id: accountId, name: accountName ?? accountLogin },
    clientName: (clientId: string) => clientName(cache, id, clientId),
  })
  const ofClient = (connectionId: string, clientId: string): NoteRow[] =>
    overlayNotes({
      ...base(mustFind(connectionId), clientNotes(cache, connectionId, clientId)),
      commands: pendingCommands(local, { connectionId, dataset: NOTES, clientId }) as NoteCommand[],
      local: localNotes(local, connectionId, clientId),
    })
  return {
    ofClient,
    find: ({ connectionId, clientId, id }) => {
      const row = ofClient(connectionId, clientId).find((note) => note.id === id || note.uid === id)
      if (!row) throw new AppError('not-found', 'no such note')
      return row
    },
    withAlert: (connection, open) => {
      const asRead = notesWithAlert(cache, connection.id, open)
      // A pending change can give a note its alert, or confirm it: those notes are read whole.
      const touched = new Set(clientsWithPending(local, connection.id, NOTES))
      const rows = overlayNotes({
        ...base(
          connection,
          asRead.filter((note) => !touched.has(note.clientId)),
        ),
        commands: [],
        local: localNotes(local, connection.id, null).filter((note) => !touched.has(note.clientId)),
      })
      const changed = [...touched].flatMap((clientId) => ofClient(connection.id, clientId))
      return [...rows, ...changed].filter((note) => note.alertAt !== null && note.confirmed === !open)
    },
  }
}
