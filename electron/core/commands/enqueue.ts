import type { Clock } from '../clock'
import { logAction } from '../store/local/journals'
import { insertCommand, saveCommand, type Command, type NewCommand } from '../store/local/commands'
import { inTransaction, type Db } from '../store/sql'
import type { CommandKinds } from './kind'
import { keysOf } from './registry'

export interface Enqueue {
  local: Db
  kinds: CommandKinds
  clock: Clock
  newId: () => string
}
export type NewOf = Pick<Command, 'connectionId' | 'kind' | 'subject' | 'clientId' | 'payload' | 'base'> &
  Partial<Pick<NewCommand, 'batchId' | 'state' | 'dueAt' | 'firstSentAt' | 'lastSentAt'>>

/**
 * Writes a command and its line of the action log, in one transaction: what is acknowledged is on disk. Nothing is sent here;
 * `queue.kick` follows. @returns its id. @throws AppError `not-offered`: no such kind; ZodError for a payload it does not take.
 */
export const enqueue = ({ local, kinds, clock, newId }: Enqueue, wanted: NewOf): string => {
  const kind = kinds.get(wanted.kind)
  const payload = kind.payload.schema.parse(wanted.payload)
  const id = newId()
  inTransaction(local, () => {
    const command = { batchId: null, ...wanted, ...keysOf(kind, wanted, payload), payload }
    insertCommand(local, { ...command, id, payloadVersion: kind.payload.version, createdAt: clock.now() }, kind.words(payload))
    record({ local, clock }, { ...wanted, id, payload })
  })
  return id
}

/** Gives a command that has not left yet, or waits for a person, another payload: mine is what was typed last. */
export const editCommand = ({ local, kinds, clock }: Omit<Enqueue, 'newId'>, command: Command, payload: unknown): void => {
  const kind = kinds.get(command.kind)
  const mine = kind.payload.schema.parse(payload)
  inTransaction(local, () => {
    const again = command.state === 'rejected' ? { state: 'pending' as const, error: null, dueAt: 0 } : {}
    const edited = { ...command, payload: mine, holdKey: keysOf(kind, command, mine).holdKey, ...again }
    saveCommand(local, edited, { at: clock.now(), words: kind.words(mine) })
    record({ local, clock }, { ...command, payload: mine })
  })
}

/** What has not left yet, was refused or is in conflict simply becomes the new version. */
export const canTakeEdit = ({ state, answer }: Command): boolean =>
  answer === null && (state === 'pending' || state === 'rejected' || state === 'conflict')

const record = (
  { local, clock }: Pick<Enqueue, 'local' | 'clock'>,
  { id, connectionId, kind, subject, base, payload }: Pick<Command, 'id' | 'connectionId' | 'kind' | 'subject' | 'base' | 'payload'>,
): void => {
  logAction(local, {
    at: clock.now(),
    connectionId,
    action: kind,
    subject: subject.uid,
    details: { commandId: id, before: base, after: payload },
  })
}
