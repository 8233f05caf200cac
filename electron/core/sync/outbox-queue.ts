import type { Clock } from '../clock'
import { allOpenCommands, saveCommand, type Command, type NoteFields } from '../store/local/outbox'
import { inTransaction, type Db } from '../store/sql'
import { sameButForMarks, sameNatural } from './natural-key'

/** A command that an earlier run left in "sending" has an unknown outcome, unless its answer was stored already. */
export const recover = ({ local, clock, settleMs }: { local: Db; clock: Clock; settleMs: number }): void => {
  inTransaction(local, () => {
    const now = clock.now()
    for (const command of allOpenCommands(local)) {
      if (command.state !== 'sending' || command.answer !== null) continue
      // A clock that was set back must not make this wait for hours.
      const nextAt = Math.min(command.lastSentAt ?? now, now) + settleMs
      saveCommand(local, { ...command, state: 'unknown', nextAt }, now)
    }
  })
}

export const sendingNow = (command: Command, known: string[] | null, now: number): Command => ({
  ...command,
  state: 'sending',
  attempts: command.attempts + 1,
  firstSentAt: command.firstSentAt ?? now,
  lastSentAt: now,
  nextAt: null,
  error: null,
  known: known ?? command.known,
})

const waitsForItsTurn = (command: Command): boolean => command.answer !== null || command.state === 'pending' || command.state === 'unknown'

/** Earlier commands about the same note come first; so do creates of a note that could not be told from this one. */
const isHeldBy = (command: Command, earlier: Command): boolean =>
  earlier.noteUid === command.noteUid ||
  (command.kind === 'note.create' &&
    earlier.kind === 'note.create' &&
    earlier.clientId === command.clientId &&
    earlier.firstSentAt !== null &&
    earlier.state !== 'rejected' &&
    (sameNatural(earlier.mine, command.mine) || sameButForMarks(earlier.mine, command.mine)))

/** Those that may go as soon as their time has come. */
export const ready = (open: readonly Command[]): Command[] =>
  open.filter((command, index) => waitsForItsTurn(command) && !open.slice(0, index).some((earlier) => isHeldBy(command, earlier)))

/** Notes of the same client that were sent too and have no id yet. */
export const otherCreates = (open: readonly Command[], { id, clientId }: Command): NoteFields[] =>
  open.flatMap((it) => (it.id !== id && it.kind === 'note.create' && it.clientId === clientId && it.firstSentAt !== null ? [it.mine] : []))
