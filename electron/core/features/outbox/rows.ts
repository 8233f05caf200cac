import { commandStates, type CommandState } from '@shared/domain/commands'
import type { OutboxRow } from '@shared/ipc/outbox'
import type { CommandKinds } from '../../commands/kind'
import type { Command } from '../../store/local/commands'

const MOST_FIELDS = 500
type Open = OutboxRow['state']
const isOpen = (state: CommandState): state is Open => state !== 'done' && state !== 'dropped' && commandStates.includes(state)

/** A command as the outbox shows it, whatever its kind. One of a kind that this version does not know shows its payload. */
export const toOutboxRow = (
  kinds: CommandKinds,
  command: Command,
): Omit<OutboxRow, 'connectionName' | 'clientName' | 'nextTryAt' | 'settlesAt'> => {
  const kind = kinds.find(command.kind)
  const { payload, base, theirs } = command
  const readable = kind !== undefined && command.payloadVersion === kind.payload.version
  const unread = JSON.stringify(payload)
  return {
    id: command.id,
    connectionId: command.connectionId,
    kind: command.kind,
    live: kind?.mode === 'live',
    state: isOpen(command.state) ? command.state : 'pending',
    subject: { dataset: command.subject.dataset, id: command.subject.id ?? command.subject.uid },
    clientId: command.clientId,
    words: readable ? kind.words(payload) : unread,
    fields: readable
      ? kind.fields({ payload, base, theirs }).slice(0, MOST_FIELDS)
      : [{ key: 'payload', kind: 'text', label: null, unit: null, base: null, mine: unread, theirs: null }],
    known: { base: base !== null, theirs: theirs !== null },
    createdAt: command.createdAt,
    lastSentAt: command.lastSentAt,
    attempts: command.attempts,
    error: command.error,
    batchId: command.batchId,
  }
}
