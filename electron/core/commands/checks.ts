import { AppError } from '@shared/errors'
import { dueChecks } from '../store/local/command-queue'
import { hasFollower, saveCommand, type Command } from '../store/local/commands'
import { inTransaction, type Db } from '../store/sql'
import type { CommandKind, CommandKinds, Reading } from './kind'

const LATER_MS = 10_000
const GIVE_UP_MS = 600_000

interface Checks {
  local: Db
  kinds: CommandKinds
  now: number
  steadyNow: number
}

/** Commands of one mutex that are to be looked at now. */
export const checksDue = (local: Db, of: { connectionId: string; now: number; busy: readonly string[] }): Command[] => dueChecks(local, of)

/**
 * Platforms have no versions: between our reading a subject and writing it another console may have written too, and the
 * later write wins without a word. So a change that was answered is looked at once more, a little later than such a write
 * can still arrive. If something else stands there, the change comes back as a conflict, with both versions.
 */
export const readChecks = async (kinds: CommandKinds, commands: readonly Command[], ask: Reading): Promise<Map<Command, unknown>> => {
  const found = new Map<Command, unknown>()
  for (const [name, of] of Map.groupBy(commands, ({ kind }) => kind)) {
    const present = (await kinds.find(name)?.read?.(of, ask)) ?? []
    for (const [index, command] of of.entries()) found.set(command, present[index] ?? null)
  }
  return found
}

/** @returns commands whose change was found to be lost. */
export const writeChecks = ({ local, kinds, now }: Checks, found: ReadonlyMap<Command, unknown>): Command[] => {
  const lost: Command[] = []
  inTransaction(local, () => {
    for (const [command, present] of found) {
      const kind = kinds.get(command.kind)
      const isLost = present !== null && !hasFollower(local, command) && !stands(kind, command, present)
      const next = isLost ? overwritten(command, present) : { ...command, checkAt: null }
      saveCommand(local, next, { at: isLost ? now : command.updatedAt, words: isLost ? kind.words(command.payload) : null })
      if (isLost) lost.push(command)
    }
  })
  return lost
}

/** They could not be read: later, and not without end. */
export const putOffChecks = ({ local, steadyNow }: Checks, commands: readonly Command[]): void => {
  inTransaction(local, () => {
    for (const command of commands) {
      const isOver = steadyNow > command.waitsFrom + GIVE_UP_MS
      saveCommand(local, { ...command, checkAt: isOver ? null : steadyNow + LATER_MS }, { at: command.updatedAt, words: null })
    }
  })
}

export const stands = (kind: CommandKind, command: Command, present: unknown): boolean => {
  if (kind.stands) return kind.stands(command, present)
  const answered = command.answer === null ? null : kind.seen(command.answer, command)
  return answered !== null && kind.same(present, answered)
}

/** The reason tells the page that the change had been written before it was lost. */
const overwritten = (command: Command, present: unknown): Command => ({
  ...command,
  state: 'conflict',
  dueAt: 0,
  checkAt: null,
  theirs: present,
  answer: null,
  error: new AppError('rejected', 'another write followed at once', { reason: 'overwritten' }).toData(),
})
