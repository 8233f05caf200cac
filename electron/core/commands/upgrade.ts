import { AppError } from '@shared/errors'
import { saveCommand, selectCommands, type Command } from '../store/local/commands'
import { column } from '../store/read/query'
import { inTransaction, sql, type Db } from '../store/sql'
import type { CommandKind, CommandKinds } from './kind'
import { keysOf } from './registry'

/**
 * Brings what older versions stored to the payloads of today, once. What cannot be read, or is of a kind that is no more,
 * is not lost: it stands as refused, with what was typed.
 */
export const upgradePayloads = (local: Db, kinds: CommandKinds, now: number): void => {
  const stored = column<string>(local, sql`SELECT DISTINCT kind FROM command`)
  for (const name of stored) {
    const kind = kinds.find(name)
    const version = kind?.payload.version ?? -1
    const older = selectCommands(local, sql`kind = ${name} AND payload_version <> ${version} AND state <> 'dropped'`)
    inTransaction(local, () => {
      for (const command of older) {
        const next = kind ? upgraded(kind, command) : null
        if (next) saveCommand(local, next, { at: command.updatedAt, words: null })
        else if (command.state !== 'done' && command.state !== 'rejected')
          saveCommand(local, { ...command, state: 'rejected', dueAt: 0, error: unreadable(command) }, { at: now, words: null })
      }
    })
  }
}

/** null = it cannot be read. */
const upgraded = (kind: CommandKind, command: Command): Command | null => {
  const { payload, base, theirs, evidence, answer } = command
  try {
    const values = kind.payload.upgrade({ payload, base, theirs, evidence, answer }, command.payloadVersion)
    const checked = kind.payload.schema.parse(values.payload)
    const { holdKey } = keysOf(kind, command, checked)
    return { ...command, ...values, payload: checked, payloadVersion: kind.payload.version, holdKey }
  } catch {
    return null
  }
}

const unreadable = ({ kind, payloadVersion }: Command) =>
  new AppError('storage', 'this version cannot read the command', { reason: 'unreadable-command', kind, payloadVersion }).toData()
