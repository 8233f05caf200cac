import { AppError } from '@shared/errors'
import type { Command } from '../store/local/commands'
import { compare } from './compare'
import type { Attempt, CommandKind, Outcome } from './kind'
import { nothingSent, read, undecided, type Failed } from './outcome'

/** What the platform has now: as it is compared, and as it is answered where it is as wanted already. */
export interface Present<S, A> {
  seen: S
  answer: A
}
interface Change<P, S, E, A> extends Pick<CommandKind<P, S>, 'expected' | 'same'> {
  /** The subject as it is now; null = gone. */
  present(command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Present<S, A> | null>
  /** The one request that changes it, through `write` of outcome.ts. */
  request(command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Outcome<S, A, E>>
}

/**
 * `send` and `lookBack` of a kind that changes what is there. Platforms have no versions to compare, so the subject is read
 * just before it is written: as base, it is sent; as mine, nothing is left to do; anything else is a conflict.
 */
export const changeBy = <P, S, E, A>(change: Change<P, S, E, A>): Pick<CommandKind<P, S, E, A>, 'send' | 'lookBack'> => {
  const look = async (command: Command<P, S, E, A>, attempt: Attempt<E>): Promise<Outcome<S, A, E> | 'as-base'> => {
    const found = await read(attempt, () => change.present(command, attempt))
    if (found.kind !== 'read') return found
    if (found.value === null) return gone
    switch (compare(change, command, found.value.seen)) {
      case 'as-base':
        return 'as-base'
      case 'as-mine':
        return { kind: 'done', answer: found.value.answer }
      case 'changed':
        return { kind: 'conflict', theirs: found.value.seen }
    }
  }
  return {
    send: async (command, attempt) => {
      if (command.subject.id === null) return neverThere
      const found = await look(command, attempt)
      if (found !== 'as-base') return found
      return (await attempt.markSending()) ? change.request(command, attempt) : nothingSent
    },
    lookBack: async (command, attempt) => {
      const found = await look(command, attempt)
      if (found === 'as-base') return nothingSent
      return isFailedRead(found) ? undecided(found) : found
    },
  }
}

const gone: Failed = { kind: 'rejected', reason: new AppError('not-found', 'it is no longer on the platform', { gone: true }).toData() }
const neverThere: Failed = { kind: 'rejected', reason: new AppError('not-found', 'it never reached the platform').toData() }
/** That the subject is gone was read; a refusal to read it says nothing. */
const isFailedRead = (outcome: Outcome): outcome is Failed => outcome.kind === 'rejected' && outcome !== gone
