import { platformDayStart } from '@shared/domain/time'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { CommandKinds } from '../../commands/kind'
import type { CommandReview } from '../../commands/review'
import type { CommandTimes } from '../../commands/step'
import { openWindow, outboxCounts, sentSince } from '../../store/local/command-counts'
import type { Command } from '../../store/local/commands'
import { listConnections } from '../../store/local/connections'
import { clientName } from '../../store/read/notes'
import { boundedRows, cutLong, cutTexts } from '../answer-size'
import type { Workspace } from '../workspace'
import { toOutboxRow } from './rows'

export interface OutboxFeature {
  workspace: Workspace
  kinds: CommandKinds
  review: CommandReview
  timesOf: (command: Command) => CommandTimes
}
export type OutboxService = ReturnType<typeof createOutboxService>
type Resolve = Parameters<Handlers<'outbox'>['resolve']>[0]

/** What a person may do about commands: look, send again, drop, decide a conflict. */
export const createOutboxService = ({ workspace, kinds, review, timesOf }: OutboxFeature) => {
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
        ...cutTexts(toOutboxRow(kinds, command)),
        ...timesOf(command),
        connectionName: names.get(command.connectionId) ?? '',
        clientName: command.clientId === null ? '' : cutLong(clientName(cache, command.connectionId, command.clientId)),
      }))
      return { rows: boundedRows(shown), total, sentToday: sentToday(), counts: outboxCounts(local) }
    },
    retry: (id: string): void => {
      review.retry(id)
    },
    discard: (id: string): void => {
      review.discard(id)
    },
    resolve: (decision: Resolve): void => {
      review.resolve(decision)
    },
  }
}
