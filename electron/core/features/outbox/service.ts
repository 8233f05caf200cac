import { platformDayStart } from '@shared/domain/platform-time'
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
import type { CommandTimes } from '../../sync/outbox'
import { rebase } from '../../sync/outbox-settle'
import { boundedRows } from '../bounded-rows'
import { cutLong, cutTexts } from '../cut-row'
import type { Workspace } from '../workspace'

export interface OutboxFeature {
  workspace: Workspace
  /** Sends what can be sent. */
  kick: (connectionId: string) => void
  /** The same though the platform asked for patience: a person wants it. */
  sendNow: (connectionId: string) => void
  timesOf: (command: Command) => CommandTimes
  onChanged: (connectionId: string, clientId: string) => void
}
export type OutboxService = ReturnType<typeof createOutboxService>
type Resolve = Parameters<Handlers<'outbox'>['resolve']>[0]

/** What does not go on without a person. */
const DECIDE: ReadonlySet<Command['state']> = new Set(['conflict', 'blocked', 'rejected'])

/** What a person may do about commands: look, send again, drop, decide a conflict. */
export const createOutboxService = ({ workspace, kick, sendNow, timesOf, onChanged }: OutboxFeature) => {
  const { cache, local, clock } = workspace
  const mustFind = (id: string): Command => {
    const command = findCommand(local, id)
    if (!command || command.state === 'done' || command.state === 'dropped') throw new AppError('not-found', 'no such command')
    return command
  }
  const record = ({ connectionId, noteUid, kind, mine }: Command, action: string): void => {
    logAction(local, { at: clock.now(), connectionId, action, subject: noteUid, details: { kind, ...mine } })
  }
  const change = (command: Command, work: () => void, send = kick): void => {
    inTransaction(local, work)
    onChanged(command.connectionId, command.clientId)
    send(command.connectionId)
  }
  /** Of today as each platform counts its days. */
  const sentToday = (): number =>
    listConnections(local).reduce(
      (sum, { id, billingOffsetMinutes }) => sum + sentSince(local, id, platformDayStart(clock.now(), billingOffsetMinutes)),
      0,
    )
  const momentsOf = (command: Command): Pick<OutboxRow, 'nextTryAt' | 'settlesAt'> => {
    const { nextTryMs, settlesMs } = timesOf(command)
    const at = (ms: number): number => Math.round(clock.now() + ms)
    return { nextTryAt: nextTryMs === null ? null : at(nextTryMs), settlesAt: settlesMs > 0 ? at(settlesMs) : null }
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
        ...cutTexts(toRow(command)),
        ...momentsOf(command),
        connectionName: names.get(command.connectionId) ?? '',
        clientName: cutLong(clientName(cache, command.connectionId, command.clientId)),
      }))
      return {
        rows: boundedRows(rows),
        total: shown.length,
        sentToday: sentToday(),
        counts: outboxCounts(local),
      }
    },
    retry: (id: string): void => {
      const command = mustFind(id)
      if (command.state === 'conflict') throw new AppError('rejected', 'a conflict is decided, not sent again')
      // While the outcome is unknown the platform may still be at it: that wait is not a person's to skip.
      if (command.state === 'unknown' && timesOf(command).settlesMs > 0)
        throw new AppError('locked', 'the platform may still be carrying it out')
      change(
        command,
        () => {
          if (command.state === 'blocked' || command.state === 'rejected') save({ ...command, state: 'pending', nextAt: null, error: null })
          else if (command.state === 'pending' || command.state === 'unknown') save({ ...command, nextAt: null })
          record(command, 'outbox.retry')
        },
        sendNow,
      )
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
        if (merged ?? keep === 'mine') save(sendOver(command, theirs, merged && whole(merged, [command.mine, theirs])))
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

/** A text that was cut to be shown is meant whole. */
const whole = (chosen: NoteFields, from: readonly NoteFields[]): NoteFields => ({
  ...chosen,
  text: from.find(({ text }) => text !== chosen.text && cutLong(text) === chosen.text)?.text ?? chosen.text,
})

const toRow = (command: Command): Omit<OutboxRow, 'connectionName' | 'clientName' | 'nextTryAt' | 'settlesAt'> => ({
  id: command.id,
  connectionId: command.connectionId,
  kind: command.kind,
  state: command.state === 'done' || command.state === 'dropped' ? 'pending' : command.state,
  clientId: command.clientId,
  noteId: command.noteId ?? command.noteUid,
  createdAt: command.createdAt,
  attempts: command.attempts,
  error: command.error,
  base: command.base,
  mine: command.mine,
  theirs: command.theirs,
})
