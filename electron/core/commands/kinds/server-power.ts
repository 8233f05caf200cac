import { powerOrders } from '@shared/domain/codes'
import type { Dataset } from '@shared/domain/datasets'
import { AppError, type AppErrorData } from '@shared/errors'
import { z } from 'zod'
import { partOf } from '../../platforms/port/core'
import type { Command } from '../../store/local/commands'
import type { Attempt, CommandKind, Outcome } from '../kind'
import { nothingSent, read, undecided, write } from '../outcome'

const Payload = z.object({ order: z.enum(powerOrders), serverName: z.string() })
export type PowerPayload = z.infer<typeof Payload>
/** null: the platform does not say. */
export interface PowerSeen {
  power: boolean | null
}
export interface PowerAnswer extends PowerSeen {
  locked: boolean | null
}
/** How the server stood before it was asked for anything. */
type Evidence = PowerSeen
/** `id` null: the platform named no job, and the server's lock tells the end. */
interface PowerJob {
  id: string | null
}
type PowerCommand = Command<PowerPayload, PowerSeen, Evidence, PowerAnswer>
type PowerOutcome = Outcome<PowerSeen, PowerAnswer, Evidence>
type PowerKind = CommandKind<PowerPayload, PowerSeen, Evidence, PowerAnswer>

export interface ServerStore {
  /** Writes to the cache how a server stands; idempotent. */
  applyPower: (connectionId: string, serverId: string, answer: PowerAnswer) => void
}

export const SERVERS: Dataset = 'servers'
export const SERVER_POWER = 'server.power'
const POLL_MS = 1_000

const serverOf = ({ subject }: Pick<Command, 'subject'>): string => subject.id ?? subject.uid
const wantedOf = ({ order }: PowerPayload, before: PowerSeen | null): boolean | null =>
  order === 'reboot' ? (before?.power ?? null) : order === 'on'

const look = (command: PowerCommand, attempt: Attempt<Evidence>) =>
  read(attempt, () => partOf(attempt.adapter, 'power').server(serverOf(command), attempt.signal))

const refused = (reason: string, more: Record<string, unknown> = {}): PowerOutcome => ({
  kind: 'rejected',
  reason: new AppError('rejected', 'the platform did not carry it out', { reason, ...more }).toData(),
})
const busy: AppErrorData = new AppError('locked', 'the server is busy with other work').toData()

/** The work has ended: what does the server show? A reboot leaves nothing to be seen by. */
const ended = ({ payload, evidence }: PowerCommand, now: PowerAnswer): PowerOutcome => {
  const wanted = wantedOf(payload, evidence)
  if (wanted !== null && now.power !== null && now.power !== wanted) return refused('not-carried-out')
  return { kind: 'done', answer: { power: now.power, locked: now.locked } }
}

/** Switching a server: one order, never given twice by itself; the platform's job is watched to its end. */
export const serverPower = ({ applyPower }: ServerStore): PowerKind => ({
  name: SERVER_POWER,
  mode: 'live',
  dataset: SERVERS,
  payload: { version: 1, schema: Payload, upgrade: (stored) => stored },
  words: ({ order, serverName }) => `${order}: ${serverName}`,
  fields: ({ payload, base, theirs }) => [
    { key: 'order', kind: 'text', label: null, unit: null, base: null, mine: payload.order, theirs: null },
    {
      key: 'power',
      kind: 'flag',
      label: null,
      unit: null,
      base: base?.power ?? null,
      mine: wantedOf(payload, base),
      theirs: theirs?.power ?? null,
    },
  ],
  merge: (payload) => payload,
  expected: (payload, base) => ({ power: wantedOf(payload, base) }),
  same: (a, b) => a.power === b.power,
  send: async (command, attempt) => {
    const found = await look(command, attempt)
    if (found.kind !== 'read') return found
    const { power, locked } = found.value
    if (locked === true) return { kind: 'rejected', reason: busy }
    if (!(await attempt.markSending({ power }))) return nothingSent
    const { adapter, signal } = attempt
    const sent = await write(attempt, () => partOf(adapter, 'power').order(serverOf(command), command.payload.order, signal))
    if (sent.kind !== 'done')
      return sent.kind === 'retry' && sent.error?.code === 'locked' ? { kind: 'rejected', reason: sent.error } : sent
    return { kind: 'running', job: { id: sent.answer.jobId } satisfies PowerJob, pollMs: POLL_MS }
  },
  lookBack: async (command, attempt) => {
    const found = await look(command, attempt)
    if (found.kind !== 'read') return undecided(found)
    const { power, locked, jobId } = found.value
    // Somebody's work is going on there: most likely ours, and its end tells.
    if (locked === true) return { kind: 'running', job: { id: jobId } satisfies PowerJob, pollMs: POLL_MS }
    const before = command.evidence?.power ?? null
    if (command.payload.order === 'reboot' || power === null || before === null) return { kind: 'blocked', candidates: 0 }
    const wanted = command.payload.order === 'on'
    if (power !== wanted) return nothingSent
    return before === wanted ? { kind: 'blocked', candidates: 0 } : { kind: 'done', answer: { power, locked } }
  },
  poll: async (command, attempt) => {
    const { id } = command.job as PowerJob
    if (id !== null) {
      const job = await read(attempt, () => partOf(attempt.adapter, 'power').job(id, attempt.signal))
      if (job.kind !== 'read') return undecided(job)
      if (job.value.state === 'running') return { kind: 'running', job: { id }, pollMs: POLL_MS }
      if (job.value.state === 'failed') return refused('job-failed', { step: job.value.step })
    }
    const found = await look(command, attempt)
    if (found.kind !== 'read') return undecided(found)
    if (found.value.locked === true) return { kind: 'running', job: { id }, pollMs: POLL_MS }
    return ended(command, found.value)
  },
  seen: ({ power }) => ({ power }),
  apply: (command, { power, locked }) => {
    applyPower(command.connectionId, serverOf(command), { power, locked })
  },
  undo: () => null,
})
