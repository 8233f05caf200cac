import type { CommandState } from '@shared/domain/commands'
import { platformDayStart } from '@shared/domain/platform-time'
import type { NoteFields } from '@shared/domain/note-rules'
import { AppError } from '@shared/errors'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { OutboxRow } from '@shared/ipc/outbox'
import type { CommandReview } from '../../commands/review'
import type { CommandTimes } from '../../commands/step'
import { openWindow, outboxCounts, sentSince } from '../../store/local/command-counts'
import { findCommand, type Command } from '../../store/local/commands'
import { listConnections } from '../../store/local/connections'
import { clientName } from '../../store/read/notes'
import { boundedRows } from '../bounded-rows'
import { cutLong, cutTexts } from '../cut-row'
import type { Workspace } from '../workspace'

export interface OutboxFeature {
  workspace: Workspace
  review: CommandReview
  timesOf: (command: Command) => CommandTimes
}
export type OutboxService = ReturnType<typeof createOutboxService>
type Resolve = Parameters<Handlers<'outbox'>['resolve']>[0]

/** What a person may do about commands: look, send again, drop, decide a conflict. */
export const createOutboxService = ({ workspace, review, timesOf }: OutboxFeature) => {
  const { cache, local, clock } = workspace
  /** Of today as each platform counts its days. */
  const sentToday = (): number =>
    listConnections(local).reduce(
      (sum, { id, billingOffsetMinutes }) => sum + sentSince(local, id, platformDayStart(clock.now(), billingOffsetMinutes)),
      0,
    )

  return {
    list: (input: Parameters<Handlers<'outbox'>['list']>[0]): Output<'outbox', 'list'> => {
      const names = new Map(listConnections(local).map(({ id, name }) => [id, name]))
      const { rows, total } = openWindow(local, input)
      const shown = rows.map((command) => ({
        ...cutTexts(toRow(command)),
        ...timesOf(command),
        connectionName: names.get(command.connectionId) ?? '',
        clientName: cutLong(clientName(cache, command.connectionId, command.clientId ?? '')),
      }))
      return { rows: boundedRows(shown), total, sentToday: sentToday(), counts: outboxCounts(local) }
    },
    retry: (id: string): void => {
      review.retry(id)
    },
    discard: (id: string): void => {
      review.discard(id)
    },
    resolve: ({ id, keep, merged }: Resolve): void => {
      review.resolve({ id, keep: merged ? 'mine' : keep, theirs: merged ? keysTaken(findCommand(local, id), merged) : [] })
    },
  }
}

const keysTaken = (command: Command | null, merged: NoteFields): string[] => {
  const theirs = command?.theirs as NoteFields | null
  const mine = command?.payload as NoteFields
  if (!theirs) throw new AppError('invalid-input', 'the command is in no conflict')
  const keys = ['text', 'alertAt', 'confirmed'] as const
  return keys.filter((key) => merged[key] !== cut(mine[key]) && merged[key] === cut(theirs[key]))
}
const cut = <T>(value: T): T => cutTexts(value)

const shownState = (state: CommandState): OutboxRow['state'] => (state === 'done' || state === 'dropped' ? 'pending' : state)

const toRow = (command: Command): Omit<OutboxRow, 'connectionName' | 'clientName' | 'nextTryAt' | 'settlesAt'> => ({
  id: command.id,
  connectionId: command.connectionId,
  kind: command.kind as OutboxRow['kind'],
  state: shownState(command.state),
  clientId: command.clientId ?? '',
  noteId: command.subject.id ?? command.subject.uid,
  createdAt: command.createdAt,
  attempts: command.attempts,
  error: command.error,
  base: command.base as NoteFields | null,
  mine: command.payload as NoteFields,
  theirs: command.theirs as NoteFields | null,
})
