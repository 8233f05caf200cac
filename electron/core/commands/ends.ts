import { findCommand, type Command } from '../store/local/commands'
import type { Db } from '../store/sql'
import type { Outcome } from './kind'
import type { QueueParts } from './queue-options'
import { finish, settle } from './settle'

/** How one attempt ended. */
export interface Ended {
  /** As it was sent, or as it was looked at where nothing was sent. */
  command: Command
  wasSent: boolean
  outcome: Outcome
  settleLeftMs: number
}
export interface Ends {
  /**
   * Writes how an attempt ended, then its answer to the cache, then that it is done: each is on disk before the next.
   * @param whenApplied Nothing more is asked of the platform: another command may begin.
   * @returns false: the command was changed meanwhile, and what was read is about something else.
   */
  end(ended: Ended, whenApplied: () => void): Promise<boolean>
  /** The rest of it, for an answer that is stored already. */
  complete(command: Command, answer: unknown, whenApplied: () => void): Promise<void>
  /** Writes at once what the file had no room for. */
  writeKept(connectionId: string): void
  hasKept(connectionId: string): boolean
}

export const createEnds = (options: QueueParts): Ends => {
  const { local, kinds, clock, steady, pace, commits } = options
  /** How attempts ended that the local file had no room for. */
  const kept = new Map<string, Ended>()

  const write = ({ command, wasSent, outcome, settleLeftMs }: Ended): boolean => {
    if (!wasSent && !isUnchanged(local, command)) return false
    const backoffMs = (attempts: number): number => pace.backoffMs(attempts)
    settle(command, outcome, { local, kinds, now: clock.now(), steadyNow: steady.now(), settleLeftMs, backoffMs })
    return true
  }
  const apply = (command: Command, answer: unknown): void => {
    kinds.get(command.kind).apply(command, answer)
  }
  const close = (command: Command): void => {
    const kind = kinds.get(command.kind)
    const checkAt = kind.read && kind.mode === 'queued' && !kind.createsSubject ? steady.now() + pace.raceMs(command.connectionId) : null
    finish(command.id, { local, kinds, now: clock.now(), checkAt })
  }
  const tell = ({ command, outcome }: Ended): void => {
    options.onChanged(command)
    pace.heard(command.connectionId, outcome)
    if (outcome.kind === 'unauthorized') options.onUnauthorized(command.connectionId)
  }
  const complete = async (command: Command, answer: unknown, whenApplied: () => void): Promise<void> => {
    await commits.cache(() => {
      apply(command, answer)
    })
    const closed = commits.localAlong(() => {
      close(command)
    })
    whenApplied()
    await closed
  }

  return {
    end: async (ended, whenApplied) => {
      const { command, outcome } = ended
      try {
        if (!(await commits.local(() => write(ended)))) return false
      } catch (error) {
        kept.set(command.id, ended)
        throw error
      }
      if (outcome.kind === 'done') await complete(command, outcome.answer, whenApplied)
      tell(ended)
      return true
    },
    complete: async (command, answer, whenApplied) => {
      await complete(command, answer, whenApplied)
      options.onChanged(command)
    },
    writeKept: (connectionId) => {
      for (const [id, ended] of kept) {
        if (ended.command.connectionId !== connectionId) continue
        const { command, outcome } = ended
        const wrote = write(ended)
        kept.delete(id)
        if (!wrote) continue
        if (outcome.kind === 'done') {
          apply(command, outcome.answer)
          close(command)
        }
        tell(ended)
      }
    },
    hasKept: (connectionId) => [...kept.values()].some(({ command }) => command.connectionId === connectionId),
  }
}

/** Nobody has edited, dropped or decided it since it was read. */
export const isUnchanged = (local: Db, command: Command): boolean =>
  JSON.stringify(findCommand(local, command.id)) === JSON.stringify(command)
