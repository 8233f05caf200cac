import { AppError } from '@shared/errors'
import { hasFollower, saveCommand, type Command } from '../store/local/commands'
import type { CommandKind, CommandKinds, Reading } from './kind'
import { outcomeOfFailedRead } from './outcome'
import type { Link, QueueParts } from './queue-options'
import { withTimeout } from './time-out'

const LATER_MS = 10_000
const GIVE_UP_MS = 600_000

/** Looks at commands of one mutex once more. */
export type Check = (commands: readonly Command[], link: Link) => Promise<void>

/**
 * Platforms have no versions: between our reading a subject and writing it another console may have written too, and the
 * later write wins without a word. So a change that was answered is looked at once more, a little later than such a write
 * can still arrive. If something else stands there, the change comes back as a conflict, with both versions.
 */
export const createChecks = (options: QueueParts): Check => {
  const { local, kinds, clock, steady, pace, commits, stopping } = options
  /** Within a commit. @returns commands whose change was found to be lost. */
  const write = (found: ReadonlyMap<Command, unknown>): Command[] => {
    const lost: Command[] = []
    for (const [command, present] of found) {
      const kind = kinds.get(command.kind)
      const isLost = present !== null && !hasFollower(local, command) && !stands(kind, command, present)
      const next = isLost ? overwritten(command, present) : { ...command, checkAt: null }
      saveCommand(local, next, { at: isLost ? clock.now() : command.updatedAt, words: isLost ? kind.words(command.payload) : null })
      if (isLost) lost.push(command)
    }
    return lost
  }
  /** They could not be read: later, and not without end. */
  const putOff = (commands: readonly Command[]): void => {
    for (const command of commands) {
      const isOver = steady.now() > command.waitsFrom + GIVE_UP_MS
      saveCommand(local, { ...command, checkAt: isOver ? null : steady.now() + LATER_MS }, { at: command.updatedAt, words: null })
    }
  }
  const doubt = async (commands: readonly Command[], thrown: unknown): Promise<void> => {
    const connectionId = commands[0]?.connectionId ?? ''
    await commits.local(() => {
      putOff(commands)
    })
    const outcome = outcomeOfFailedRead(AppError.from(thrown))
    pace.heard(connectionId, outcome)
    if (outcome.kind === 'unauthorized') options.onUnauthorized(connectionId)
  }
  return async (commands, { adapter }) => {
    const leave = commits.join()
    try {
      const found = await withTimeout(options, (signal) => readPresent(kinds, commands, { adapter, signal }))
      if (stopping.aborted) return
      const lost = await commits.local(() => write(found))
      lost.forEach(options.onChanged)
    } catch (thrown) {
      if (!stopping.aborted) await doubt(commands, thrown)
    } finally {
      leave()
    }
  }
}

const readPresent = async (kinds: CommandKinds, commands: readonly Command[], ask: Reading): Promise<Map<Command, unknown>> => {
  const found = new Map<Command, unknown>()
  for (const [name, of] of Map.groupBy(commands, ({ kind }) => kind)) {
    const present = (await kinds.find(name)?.read?.(of, ask)) ?? []
    for (const [index, command] of of.entries()) found.set(command, present[index] ?? null)
  }
  return found
}

const stands = (kind: CommandKind, command: Command, present: unknown): boolean => {
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
