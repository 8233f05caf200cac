import { AppError } from '@shared/errors'
import { saveCommand, findCommand, type Command } from '../store/local/commands'
import { inTransaction } from '../store/sql'
import { enqueue, type Enqueue, type NewOf } from './enqueue'
import type { Outcome } from './kind'
import type { CommandQueue } from './queue'
import type { Link } from './queue-options'

export interface LiveOptions extends Enqueue {
  queue: Pick<CommandQueue, 'runNow'>
  /** @throws AppError `needs-connection`. */
  link: (connectionId: string) => Link
}

/**
 * Carries out a command of a `live` kind: now, over a live connection, or not at all. It is on disk before the request
 * leaves, so that after an unknown outcome, or a kill, the queue looks for what became of it; it is never sent again.
 * @returns the command as it stands: `done`, or `running` where the platform took it as a job.
 * @throws AppError: the platform's refusal; after an unknown outcome the failure, while the command stays to be looked for.
 */
export const runLive = async (options: LiveOptions, wanted: NewOf): Promise<Command> => {
  const { local, kinds, clock, queue } = options
  if (kinds.get(wanted.kind).mode !== 'live') throw new AppError('internal', `${wanted.kind} is queued, not live`)
  const link = options.link(wanted.connectionId)
  const id = enqueue(options, { ...wanted, state: 'sending', firstSentAt: clock.now(), lastSentAt: clock.now() })
  const command = findCommand(local, id)
  if (!command) throw new AppError('internal', 'a command that was just written is not there')
  const outcome = await queue.runNow(command, link)
  const failure = failureOf(outcome)
  const now = findCommand(local, id) ?? command
  if (failure === null) return now
  // The page that waits is told; only what may still come of it stays to be looked for.
  if (now.state !== 'unknown' && now.state !== 'sending')
    inTransaction(local, () => {
      saveCommand(local, { ...now, state: 'dropped', dueAt: 0 }, { at: clock.now(), words: null })
    })
  throw failure
}

const failureOf = (outcome: Outcome): AppError | null => {
  switch (outcome.kind) {
    case 'done':
    case 'running':
      return null
    case 'rejected':
      return new AppError(outcome.reason.code, outcome.reason.message, outcome.reason.details)
    case 'conflict':
      return new AppError('rejected', 'it was changed on the platform meanwhile', { reason: 'conflict' })
    case 'blocked':
      return new AppError('blocked', 'it cannot be told whether it was carried out')
    case 'retry':
    case 'unknown':
    case 'unauthorized': {
      const { error } = outcome
      return error ? new AppError(error.code, error.message, error.details) : new AppError('cancelled', 'it was not sent')
    }
  }
}
