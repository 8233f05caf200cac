import { AppError } from '@shared/errors'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { OutboxRow } from '@shared/ipc/outbox'
import { logAction } from '../../store/local/action-log'
import { listConnections } from '../../store/local/connections'
import {
  allOpenCommands,
  findCommand,
  openCommandsOfNote,
  outboxCounts,
  saveCommand,
  sentSince,
  type Command,
  type NoteFields,
} from '../../store/local/outbox'
import { clientName } from '../../store/read/notes'
import { inTransaction } from '../../store/sql'
import { rebase } from '../../sync/outbox-settle'
import { boundedRows } from '../bounded-rows'
import type { Workspace } from '../workspace'

export interface OutboxFeature {
  workspace: Workspace
  /** Sends what can be sent now. */
  kick: (connectionId: string) => void
  onChanged: (connectionId: string, clientId: string) => void
}
export type OutboxService = ReturnType<typeof createOutboxService>
type Resolve = Parameters<Handlers<'outbox'>['resolve']>[0]

/** What does not go on without a person. */
const DECIDE: ReadonlySet<Command['state']> = new Set(['conflict', 'blocked', 'rejected'])

/** What a person may do about commands: look, send again, drop, decide a conflict. */
export const createOutboxService = ({ workspace, kick, onChanged }: OutboxFeature) => {
  const { cache, local, clock } = workspace
  const mustFind = (id: string): Command => {
    const command = findCommand(local, id)
    if (!command || command.state === 'done' || command.state === 'dropped') throw new AppError('not-found', 'no such command')
    return command
  }
  const record = ({ connectionId, noteUid, kind, mine }: Command, action: string): void => {
    logAction(local, { at: clock.now(), connectionId, action, subject: noteUid, details: { kind, ...mine } })
  }
  const change = (command: Command, work: () => void): void => {
    inTransaction(local, work)
    onChanged(command.connectionId, command.clientId)
    kick(command.connectionId)
  }
  const save = (command: Command): void => {
    saveCommand(local, command, clock.now())
  }

  return {
    list: ({ connectionId, offset, limit }: Parameters<Handlers<'outbox'>['list']>[0]): Output<'outbox', 'list'> => {
      const names = new Map(listConnections(local).map(({ id, name }) => [id, name]))
      const shown = allOpenCommands(local).filter((command) => connectionId === null || command.connectionId === connectionId)
      const { decide = [], wait = [] } = Object.groupBy(shown, ({ state }) => (DECIDE.has(state) ? 'decide' : 'wait'))
      const rows = [...decide, ...wait].slice(offset, offset + limit).map((command) => ({
        ...toRow(command),
        connectionName: names.get(command.connectionId) ?? '',
        clientName: clientName(cache, command.connectionId, command.clientId),
      }))
      return {
        rows: boundedRows(rows),
        total: shown.length,
        sentToday: sentSince(local, new Date(clock.now()).setHours(0, 0, 0, 0)),
        counts: outboxCounts(local),
      }
    },
    retry: (id: string): void => {
      const command = mustFind(id)
      if (command.state === 'conflict') throw new AppError('rejected', 'a conflict is decided, not sent again')
      change(command, () => {
        // While the outcome is unknown the platform may still be at it: the wait is not a person's to skip.
        if (command.state === 'blocked' || command.state === 'rejected') save({ ...command, state: 'pending', nextAt: null, error: null })
        else if (command.state === 'pending') save({ ...command, nextAt: null })
        record(command, 'outbox.retry')
      })
    },
    discard: (id: string): void => {
      const command = mustFind(id)
      if (command.state === 'sending') throw new AppError('locked', 'the command is being sent')
      change(command, () => {
        save({ ...command, state: 'dropped', nextAt: null })
        record(command, 'outbox.discard')
        if (command.kind === 'note.create') dropFollowers(workspace, command)
        else if (command.base)
          rebase(local, { from: command, onto: command.theirs ?? command.base, noteId: command.noteId, now: clock.now() })
      })
    },
    resolve: ({ id, keep, merged }: Resolve): void => {
      const command = mustFind(id)
      const { theirs } = command
      if (command.state !== 'conflict' || !theirs) throw new AppError('invalid-input', 'the command is in no conflict')
      change(command, () => {
        record(command, `outbox.resolve.${merged ? 'merged' : keep}`)
        if (merged ?? keep === 'mine') save(sendOver(command, theirs, merged))
        else {
          save({ ...command, state: 'dropped', nextAt: null })
          rebase(local, { from: command, onto: theirs, noteId: command.noteId, now: clock.now() })
        }
      })
    },
  }
}

/** What the platform has now is the new base: sending over it is what the person decided. */
const sendOver = (command: Command, theirs: NoteFields, merged: NoteFields | null): Command => ({
  ...command,
  mine: merged ?? command.mine,
  base: theirs,
  theirs: null,
  state: 'pending',
  nextAt: null,
  error: null,
})

/** Changes of a note that will never be made have nothing to change. */
const dropFollowers = ({ local, clock }: Workspace, command: Command): void => {
  for (const next of openCommandsOfNote(local, command.connectionId, command.noteUid)) {
    if (next.seq > command.seq) saveCommand(local, { ...next, state: 'dropped', nextAt: null }, clock.now())
  }
}

const toRow = (command: Command): Omit<OutboxRow, 'connectionName' | 'clientName'> => ({
  id: command.id,
  connectionId: command.connectionId,
  kind: command.kind,
  state: command.state === 'done' || command.state === 'dropped' ? 'pending' : command.state,
  clientId: command.clientId,
  noteId: command.noteId ?? command.noteUid,
  createdAt: command.createdAt,
  attempts: command.attempts,
  nextTryAt: command.nextAt,
  error: command.error,
  base: command.base,
  mine: command.mine,
  theirs: command.theirs,
})
