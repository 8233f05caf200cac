import { AppError } from '@shared/errors'
import type { Note } from '@shared/domain/entities'
import type { Clock } from '../clock'
import { changesDoneSince, findCommand, hasFollower, saveCommand, type Command } from '../store/local/outbox'
import type { Db } from '../store/sql'
import { fieldsOf } from './conflict'
import { sameNatural } from './natural-key'

/**
 * The platform has no versions: between our reading a note and writing it another console may have written too, and the
 * later write wins without a word. So a change that was answered is looked at once more, a little later than such a write
 * can still arrive. If something else stands there, the change comes back as a conflict, with both texts.
 */
export interface ChangeChecks {
  /** What an earlier run changed and did not live to look at again. */
  start(): void
  add(command: Command, inMs: number): void
  connections(): string[]
  /** Milliseconds until the next look; null = there is none. */
  waitMs(connectionId: string): number | null
  /** The client whose notes are to be read now. */
  dueClient(connectionId: string): string | null
  /** The client's notes as they are now. @returns whether a change was found to be lost. */
  look(connectionId: string, clientId: string, notes: readonly Note[]): boolean
  /** They could not be read. */
  later(connectionId: string, clientId: string): void
}

const LATER_MS = 10_000
const GIVE_UP_MS = 600_000

interface Check {
  id: string
  connectionId: string
  clientId: string
  due: number
  end: number
}

export const createChangeChecks = ({ local, clock }: { local: Db; clock: Clock }): ChangeChecks => {
  const checks = new Map<string, Check>()
  const add: ChangeChecks['add'] = ({ id, kind, connectionId, clientId }, inMs) => {
    if (kind === 'note.create') return
    const due = clock.elapsed() + inMs
    checks.set(id, { id, connectionId, clientId, due, end: due + GIVE_UP_MS })
  }
  const of = (connectionId: string): Check[] => [...checks.values()].filter((check) => check.connectionId === connectionId)
  const first = (connectionId: string): Check | undefined => of(connectionId).sort((a, b) => a.due - b.due)[0]
  const due = (connectionId: string, clientId: string): Check[] =>
    of(connectionId).filter((check) => check.clientId === clientId && check.due <= clock.elapsed())

  return {
    add,
    start: () => {
      for (const command of changesDoneSince(local, clock.now() - GIVE_UP_MS)) add(command, 0)
    },
    connections: () => [...checks.values()].map(({ connectionId }) => connectionId),
    waitMs: (connectionId) => {
      const next = first(connectionId)
      return next ? Math.max(0, next.due - clock.elapsed()) : null
    },
    dueClient: (connectionId) => {
      const next = first(connectionId)
      return next && next.due <= clock.elapsed() ? next.clientId : null
    },
    look: (connectionId, clientId, notes) => {
      let lost = false
      for (const { id } of due(connectionId, clientId)) {
        checks.delete(id)
        const command = findCommand(local, id)
        const note = notes.find((it) => it.id === command?.noteId)
        if (!command || !note || command.state !== 'done' || hasFollower(local, command) || !isOverwritten(command, note)) continue
        saveCommand(local, overwritten(command, note), clock.now())
        lost = true
      }
      return lost
    },
    later: (connectionId, clientId) => {
      for (const check of due(connectionId, clientId)) {
        if (check.due > check.end) checks.delete(check.id)
        else check.due = clock.elapsed() + LATER_MS
      }
    },
  }
}

/** Measured by the platform's own answer: what it made of our text is no one else's change. */
const isOverwritten = ({ kind, mine, answer }: Command, note: Note): boolean => {
  if (kind === 'note.confirm') return !note.confirmed
  return !sameNatural(note, mine) && (answer === null || !sameNatural(note, answer))
}

/** The reason tells the page that the change had been written before it was lost. */
const overwritten = (command: Command, note: Note): Command => ({
  ...command,
  state: 'conflict',
  nextAt: null,
  theirs: fieldsOf(note),
  answer: null,
  error: new AppError('rejected', 'another write followed at once', { reason: 'overwritten' }).toData(),
})
