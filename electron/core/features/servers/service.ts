import type { Handlers, Output } from '@shared/ipc/contract'
import type { PowerOrder } from '@shared/domain/codes'
import { AppError } from '@shared/errors'
import { SERVER_POWER, SERVERS, type PowerPayload } from '../../commands/kinds/server-power'
import type { NewOf } from '../../commands/enqueue'
import { pendingCommands } from '../../commands/overlay'
import type { CommandReview } from '../../commands/review'
import { findConnection } from '../../store/local/connections'
import { findServer } from '../../store/read/servers'
import { findCommand, type Command } from '../../store/local/commands'
import type { Workspace } from '../workspace'
import { clearWay } from './clear-way'

export interface ServersOptions {
  workspace: Workspace
  runLive: (wanted: NewOf) => Promise<Command>
  review: Pick<CommandReview, 'discard'>
  /** An order was given, or refused: the queue watches what became of it, and screens read again. */
  onChanged: (connectionId: string) => void
}
type Input<N extends keyof Handlers<'servers'>> = Parameters<Handlers<'servers'>[N]>[0]
const MOST_SHOWN = 200

export const createServers = ({ workspace, runLive, review, onChanged }: ServersOptions) => {
  const { cache, local } = workspace
  const offered = (connectionId: string): boolean => findConnection(local, connectionId)?.capabilities?.writes.power?.offered ?? false
  return {
    work: ({ connectionId, clientId }: Input<'work'>): Output<'servers', 'work'> => {
      const of = { connectionId, dataset: SERVERS, ...(clientId === null ? {} : { clientId }) }
      const rows = pendingCommands(local, of).map(({ id, subject, payload, state, error }) => {
        const order: PowerOrder = (payload as PowerPayload).order
        return { serverId: subject.id ?? subject.uid, commandId: id, order, state, error }
      })
      return { offered: offered(connectionId), rows: rows.slice(-MOST_SHOWN) }
    },
    order: async ({ connectionId, serverId, order, ...told }: Input<'order'>): Promise<Output<'servers', 'order'>> => {
      if (!offered(connectionId)) throw new AppError('not-offered', 'servers cannot be switched here')
      const server = findServer(cache, connectionId, serverId)
      if (!server) throw new AppError('not-found', 'no such server')
      clearWay({ local, review }, connectionId, serverId)
      // What a person is told of the order goes by the server, not by what a page calls it.
      const payload: PowerPayload = { order, serverName: server.name }
      const clientId = server.clientId ?? told.clientId
      const subject = { dataset: SERVERS, uid: serverId, id: serverId }
      try {
        const command = await runLive({ connectionId, kind: SERVER_POWER, subject, clientId, payload, base: { power: server.power } })
        return { commandId: command.id }
      } finally {
        onChanged(connectionId)
      }
    },
    seen: ({ commandId }: Input<'seen'>): Output<'servers', 'seen'> => {
      if (findCommand(local, commandId)?.kind !== SERVER_POWER) throw new AppError('not-found', 'no such order')
      review.discard(commandId)
      return {}
    },
  } satisfies Handlers<'servers'>
}
