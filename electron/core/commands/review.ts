import { AppError } from '@shared/errors'
import { logAction } from '../store/local/journals'
import { findCommand, saveCommand, type Command } from '../store/local/commands'
import { HELD } from '../store/local/command-queue'
import { inTransaction } from '../store/sql'
import type { Enqueue } from './enqueue'
import type { CommandQueue } from './queue'
import { keysOf } from './registry'
import { dropOthers, rebase } from './settle'

export interface ReviewOptions extends Omit<Enqueue, 'newId'> {
  queue: Pick<CommandQueue, 'kick' | 'sendNow' | 'timesOf'>
  onChanged: (command: Pick<Command, 'connectionId' | 'clientId' | 'subject' | 'batchId'>) => void
}
/** `keep` theirs drops mine; mine sends it over theirs, with the fields named in `theirs` as the platform has them. */
export interface Decision {
  id: string
  keep: 'mine' | 'theirs'
  theirs: readonly string[]
}
export type CommandReview = ReturnType<typeof createReview>

/** What a person may do about a command: send again, drop, decide a conflict. */
export const createReview = ({ local, kinds, clock, queue, onChanged }: ReviewOptions) => {
  const mustFind = (id: string): Command => {
    const command = findCommand(local, id)
    if (!command || command.state === 'done' || command.state === 'dropped') throw new AppError('not-found', 'no such command')
    return command
  }
  const record = ({ id, connectionId, subject, kind, base, payload, theirs }: Command, action: string): void => {
    const details = { commandId: id, kind, before: base, after: payload, theirs }
    logAction(local, { at: clock.now(), connectionId, action, subject: subject.uid, details })
  }
  const change = (command: Command, work: () => void, send: 'kick' | 'sendNow' = 'kick'): void => {
    inTransaction(local, work)
    onChanged(command)
    queue[send](command.connectionId)
  }
  const wordsOf = (command: Command): string => kinds.find(command.kind)?.words(command.payload) ?? ''
  const save = (command: Command): void => {
    saveCommand(local, command, { at: clock.now(), words: wordsOf(command) })
  }
  const rebaseOn = (from: Command, onto: unknown): void => {
    if (onto !== null && kinds.find(from.kind)) rebase({ local, kinds, now: clock.now() }, { from, onto, subjectId: from.subject.id })
  }
  const sendOver = (command: Command, keys: readonly string[]): Command => {
    const kind = kinds.get(command.kind)
    const payload = keys.length === 0 ? command.payload : kind.merge(command.payload, command.theirs, new Set(keys))
    const { holdKey } = keysOf(kind, command, payload)
    // What the platform has now is the new base: sending over it is what the person decided.
    return { ...command, payload, holdKey, base: command.theirs, theirs: null, state: 'pending', dueAt: 0, error: null, restoredAt: null }
  }

  return {
    retry: (id: string): void => {
      const command = mustFind(id)
      if (command.state === 'conflict') throw new AppError('rejected', 'a conflict is decided, not sent again')
      if (command.state === 'pending' && command.dueAt === HELD) throw new AppError('locked', 'its batch sends it in its turn')
      const isLive = kinds.get(command.kind).mode === 'live'
      if (isLive && (command.state === 'blocked' || command.state === 'rejected'))
        throw new AppError('rejected', 'what is done live is asked for again, not sent again')
      // While the outcome is unknown the platform may still be at it: that wait is not a person's to skip.
      if (command.state === 'unknown' && queue.timesOf(command).settlesAt !== null)
        throw new AppError('locked', 'the platform may still be carrying it out')
      change(
        command,
        () => {
          if (command.state === 'blocked' || command.state === 'rejected')
            save({ ...command, state: 'pending', dueAt: 0, error: null, restoredAt: null })
          else if (command.state !== 'sending') save({ ...command, dueAt: 0 })
          record(command, 'outbox.retry')
        },
        'sendNow',
      )
    },
    discard: (id: string): void => {
      const command = mustFind(id)
      if (command.state === 'sending') throw new AppError('locked', 'the command is being sent')
      if (command.state === 'running') throw new AppError('locked', 'the platform is carrying it out')
      change(command, () => {
        save({ ...command, state: 'dropped', dueAt: 0 })
        record(command, 'outbox.discard')
        if (kinds.find(command.kind)?.createsSubject) dropOthers({ local, now: clock.now() }, command, 'later')
        else rebaseOn(command, command.theirs ?? command.base)
      })
    },
    resolve: ({ id, keep, theirs }: Decision): void => {
      const command = mustFind(id)
      if (command.state !== 'conflict' || command.theirs === null) throw new AppError('invalid-input', 'the command is in no conflict')
      change(command, () => {
        record(command, `outbox.resolve.${keep === 'mine' && theirs.length > 0 ? 'merged' : keep}`)
        if (keep === 'mine') save(sendOver(command, theirs))
        else {
          save({ ...command, state: 'dropped', dueAt: 0 })
          rebaseOn(command, command.theirs)
        }
      })
    },
  }
}
