import { AppError } from '@shared/errors'
import { decideStates } from '@shared/domain/commands'
import { SERVERS } from '../../commands/kinds/server-power'
import { pendingCommands } from '../../commands/overlay'
import type { CommandReview } from '../../commands/review'
import type { Db } from '../../store/sql'

export interface ClearWay {
  local: Db
  review: Pick<CommandReview, 'discard'>
}

/**
 * A server takes one order at a time. How an earlier one ended is settled by giving another; while one is under way, or it
 * is not known yet what became of it, there is no other. @throws AppError `locked`.
 */
export const clearWay = ({ local, review }: ClearWay, connectionId: string, serverId: string): void => {
  const earlier = pendingCommands(local, { connectionId, dataset: SERVERS, subject: serverId })
  const isEnded = (state: string): boolean => decideStates.some((known) => known === state)
  if (earlier.some(({ state }) => !isEnded(state))) throw new AppError('locked', 'an order to this server is under way')
  for (const { id } of earlier) review.discard(id)
}
