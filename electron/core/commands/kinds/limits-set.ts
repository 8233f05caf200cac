import { agree, cellsAt, onto, placeKey, compareCells, type LimitCells } from '@shared/domain/limit-cells'
import { MOST_LIMIT } from '@shared/domain/limit-matrix'
import { limitUnits } from '@shared/domain/limits'
import { LimitType } from '@shared/domain/entities/fields'
import type { Dataset } from '@shared/domain/datasets'
import type { Limit } from '@shared/domain/entities'
import { AppError, type AppErrorData } from '@shared/errors'
import { z } from 'zod'
import { partOf } from '../../platforms/port/core'
import type { Command } from '../../store/local/commands'
import type { Attempt, CommandKind, Outcome, Reading } from '../kind'
import { nothingSent, read, undecided, write } from '../outcome'

const Payload = z.object({
  cells: z
    .array(
      z.object({
        hypervisorId: z.string().min(1),
        /** As the person saw it, for lists. */
        hypervisorName: z.string(),
        type: LimitType,
        value: z.int().min(0).max(MOST_LIMIT).nullable(),
      }),
    )
    .min(1)
    // Two values for one place would both be written.
    .refine((cells) => new Set(cells.map(placeKey)).size === cells.length, 'a place is named twice'),
})
export type LimitsPayload = z.infer<typeof Payload>
/** What the platform showed after the change. `rows` null: too much to keep, the next reading brings it. */
export interface LimitsAnswer {
  cells: LimitCells
  rows: Limit[] | null
  at: number
  askedAt: number
}
type LimitsCommand = Command<LimitsPayload, LimitCells, unknown, LimitsAnswer>
type LimitsOutcome = Outcome<LimitCells, LimitsAnswer>
type LimitsKind = CommandKind<LimitsPayload, LimitCells, unknown, LimitsAnswer>

export interface LimitStore {
  now: () => number
  /** Writes a client's limits, whole, to the cache; idempotent. */
  applyLimits: (connectionId: string, clientId: string, answer: { rows: readonly Limit[]; at: number; askedAt: number }) => void
  /** A client's limits as the cache has them; null = they were never read. */
  knownLimits: (connectionId: string, clientId: string) => KnownLimits | null
}
type KnownLimits = Parameters<typeof cellsAt>[1]

export const LIMITS: Dataset = 'limits'
export const LIMITS_SET = 'limits.set'
const MOST_KEPT = 200_000

const clientOf = ({ clientId }: Pick<Command, 'clientId'>): string => clientId ?? ''
const cellsOf = ({ cells }: LimitsPayload): LimitCells => Object.fromEntries(cells.map((cell) => [placeKey(cell), cell.value]))
const keysOf = (payload: LimitsPayload): string[] => payload.cells.map(placeKey)

/** The client's limits as they are now. */
const readNow = async (clientId: string, { adapter, signal }: Reading, now: () => number) => {
  const askedAt = now()
  return { ...(await partOf(adapter, 'limits').ofClient(clientId, signal)), askedAt }
}
type Present = Awaited<ReturnType<typeof readNow>>

const answerOf = (payload: LimitsPayload, present: Present): LimitsAnswer => ({ cells: cellsAt(keysOf(payload), present.rows), ...present })

/** Some limits of one client, in one change. Each is a request of its own: what a break leaves behind is finished by the next try. */
export const limitsSet = (store: LimitStore): LimitsKind => {
  const look = (command: LimitsCommand, attempt: Attempt) => read(attempt, () => readNow(clientOf(command), attempt, store.now))
  const compared = ({ payload, base }: LimitsCommand, { rows }: Present) => {
    const present = cellsAt(keysOf(payload), rows)
    return { present, ...compareCells({ mine: cellsOf(payload), base, present }) }
  }
  const settled = (command: LimitsCommand, found: Present): LimitsOutcome | { left: string[] } => {
    const { kind, keys, present } = compared(command, found)
    if (kind === 'changed') return { kind: 'conflict', theirs: present }
    return keys.length === 0 ? { kind: 'done', answer: answerOf(command.payload, found) } : { left: keys }
  }

  /** One request after the other. A value that is refused keeps back no other; anything else ends the attempt. */
  const writeAll = async (
    command: LimitsCommand,
    { keys, before }: { keys: readonly string[]; before: Present },
    attempt: Attempt,
  ): Promise<LimitsOutcome | { refused: AppErrorData | null }> => {
    let refused: AppErrorData | null = null
    for (const cell of command.payload.cells.filter((one) => keys.includes(placeKey(one)))) {
      const row = before.rows.find(({ hypervisor, type }) => hypervisor.id === cell.hypervisorId && type === cell.type)
      const draft = { id: row?.id ?? null, hypervisorId: cell.hypervisorId, type: cell.type, value: cell.value }
      const { adapter, signal } = attempt
      const outcome = await write(attempt, async () => {
        await partOf(adapter, 'limits').write(clientOf(command), draft, signal)
        return true
      })
      if (outcome.kind === 'done') continue
      // A row that is not there any more was somebody else's doing: the reading at the end tells.
      if (outcome.kind !== 'rejected' || !['rejected', 'not-found'].includes(outcome.reason.code)) return outcome
      refused ??= outcome.reason
    }
    return { refused }
  }

  /** What was written counts only once it was read. */
  const confirmed = async (command: LimitsCommand, refused: AppErrorData | null, attempt: Attempt): Promise<LimitsOutcome> => {
    const after = await look(command, attempt)
    if (after.kind !== 'read') {
      if (after.kind === 'unauthorized' || isGone(after)) return after
      return { kind: 'unknown', error: (after.kind === 'rejected' ? after.reason : after.error) ?? lostSight }
    }
    const found = settled(command, after.value)
    if (!('left' in found)) return found
    if (refused !== null) return { kind: 'rejected', reason: { ...refused, details: { ...refused.details, cells: found.left } } }
    // Answered as done, and yet the platform shows what it had.
    return {
      kind: 'rejected',
      reason: new AppError('rejected', 'the platform kept what it had', { reason: 'not-carried-out', cells: found.left }).toData(),
    }
  }

  return {
    name: LIMITS_SET,
    mode: 'queued',
    dataset: LIMITS,
    payload: { version: 1, schema: Payload, upgrade: (stored) => stored },
    words: ({ cells }) => cells.map(({ type, hypervisorName, value }) => `${type} ${hypervisorName}: ${String(value ?? '—')}`).join(', '),
    fields: ({ payload, base, theirs }) =>
      payload.cells.map((cell) => {
        const key = placeKey(cell)
        const at = (cells: LimitCells | null) => cells?.[key] ?? null
        const unit = limitUnits[cell.type]
        return { key, kind: 'number', label: cell.hypervisorName, unit, base: at(base), mine: cell.value, theirs: at(theirs) }
      }),
    merge: ({ cells }, theirs, keys) => ({
      cells: cells.map((cell) => (keys.has(placeKey(cell)) ? { ...cell, value: theirs[placeKey(cell)] ?? null } : cell)),
    }),
    expected: cellsOf,
    same: agree,
    onto,
    send: async (command, attempt) => {
      const before = await look(command, attempt)
      if (before.kind !== 'read') return before
      const found = settled(command, before.value)
      if (!('left' in found)) return found
      if (!(await attempt.markSending())) return nothingSent
      const written = await writeAll(command, { keys: found.left, before: before.value }, attempt)
      return 'refused' in written ? confirmed(command, written.refused, attempt) : written
    },
    lookBack: async (command, attempt) => {
      const now = await look(command, attempt)
      if (now.kind !== 'read') return isGone(now) ? now : undecided(now)
      const found = settled(command, now.value)
      return 'left' in found ? nothingSent : found
    },
    seen: ({ cells }) => cells,
    kept: (answer) => (JSON.stringify(answer.rows).length > MOST_KEPT ? { ...answer, rows: null } : answer),
    apply: ({ connectionId, clientId }, { rows, at, askedAt }) => {
      if (rows !== null && clientId !== null) store.applyLimits(connectionId, clientId, { rows, at, askedAt })
    },
    read: async (commands, asking) => {
      const clients = new Map<string, Present>()
      for (const clientId of new Set(commands.map(clientOf))) clients.set(clientId, await readNow(clientId, asking, store.now))
      return commands.map((command) => {
        const rows = clients.get(clientOf(command))?.rows
        return rows ? cellsAt(keysOf(command.payload), rows) : null
      })
    },
    known: ({ connectionId, clientId, payload }) => {
      const rows = clientId === null ? null : store.knownLimits(connectionId, clientId)
      return rows && cellsAt(keysOf(payload), rows)
    },
    undo: ({ payload, base, answer }) => {
      if (base === null) return null
      const cells = payload.cells.map((cell) => ({ ...cell, value: base[placeKey(cell)] ?? null }))
      return { kind: LIMITS_SET, payload: { cells }, base: answer?.cells ?? cellsOf(payload) }
    },
  }
}

/** With the client its limits are gone. */
const isGone = (outcome: LimitsOutcome): boolean => outcome.kind === 'rejected' && outcome.reason.code === 'not-found'

const lostSight = new AppError('bad-answer', 'the limits could not be read after the change').toData()
