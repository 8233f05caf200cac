import { AppError } from '@shared/errors'
import { batchCommands, subjectsUndone } from '../store/local/batches'
import type { Command } from '../store/local/commands'
import type { Db } from '../store/sql'
import type { CommandKind, CommandKinds } from './kind'

/** Commands that are handled at one stretch; the rest of the program runs in between. */
export const SLICE = 50

export interface Reversal {
  /** Of the commands that take the batch back; null = there is nothing to reverse. */
  kind: string | null
  commands: Pick<Command, 'subject' | 'clientId' | 'payload' | 'base'>[]
  /** Done, and there is no way back. */
  without: number
  /** Subjects that by the last reading are not as this batch left them: a reverse of these ends as a conflict. */
  changed: Pick<Command, 'subject' | 'clientId'>[]
}
export interface Reversing {
  local: Db
  kinds: CommandKinds
  pause: () => Promise<void>
}

/** What takes back everything of a batch that was done and that no earlier undo has taken back. */
export const collectReverse = async ({ local, kinds, pause }: Reversing, id: string): Promise<Reversal> => {
  const found: Reversal = { kind: null, commands: [], without: 0, changed: [] }
  const undone = subjectsUndone(local, id)
  for (let after = 0; ;) {
    const slice = batchCommands(local, { id, after, limit: SLICE, state: 'done' })
    for (const command of slice) {
      if (undone.has(command.subject.uid)) continue
      const kind = kinds.get(command.kind)
      const back = kind.undo?.(command) ?? null
      if (back === null) {
        found.without++
        continue
      }
      if ((found.kind ??= back.kind) !== back.kind) throw new AppError('internal', 'a batch is taken back by one kind of command')
      const { subject, clientId } = command
      found.commands.push({ subject, clientId, payload: back.payload, base: back.base })
      if (!isAsLeft(kind, command)) found.changed.push({ subject, clientId })
    }
    if (slice.length < SLICE) return found
    after = slice.at(-1)?.seq ?? after
    await pause()
  }
}

const isAsLeft = (kind: CommandKind, command: Command): boolean => {
  const present = kind.known?.(command) ?? null
  const left = command.answer === null ? null : kind.seen(command.answer, command)
  return present === null || left === null || kind.same(present, left)
}
