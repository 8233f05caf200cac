import { randomUUID } from 'node:crypto'
import { enqueue } from '../../electron/core/commands/enqueue'
import { LIMITS, limitsSet, LIMITS_SET, type LimitsPayload } from '../../electron/core/commands/kinds/limits-set'
import { createQueue } from '../../electron/core/commands/queue'
import { createKinds } from '../../electron/core/commands/registry'
import { createReview } from '../../electron/core/commands/review'
import type { PlatformAdapter } from '../../electron/core/platforms/port/core'
import type { Store } from '../../electron/core/store/connection'
import type { LimitType } from '../../shared/domain/limits'
import type { TestClock } from './core-clock'
import { CONNECTION } from './notes-console'
import { HYPERVISOR, limitKey, type LimitsPlatform } from './limits-platform'
import { untilKilled } from './killed'

export type Values = Partial<Record<LimitType, number | null>>

export interface LimitsConsoleOptions {
  store: Store
  clock: TestClock
  platform: LimitsPlatform
  online?: () => boolean
  random?: () => number
}

/** One console's command room over limits; a "kill" is to forget it and make another on the same files. */
export const createLimitsConsole = ({ store, clock, platform, online = () => true, random = () => 0.5 }: LimitsConsoleOptions) => {
  let dead = false
  const { local } = store
  /** What this console has read of the platform. */
  const seen = new Map<string, Values>()
  const learn = (clientId: string, rows: readonly { type: LimitType | null; value: number }[]): void => {
    seen.set(clientId, Object.fromEntries(rows.flatMap(({ type, value }) => (type === null ? [] : [[type, value]]))))
  }
  const kinds = createKinds([
    limitsSet({
      now: () => clock.now(),
      applyLimits: (_connectionId, clientId, { rows }) => {
        learn(clientId, rows)
      },
      knownLimits: () => null,
    }),
  ])
  /** After a kill nobody is there to hear an answer. */
  const heard = async <T>(work: Promise<T>): Promise<T> => {
    const [outcome] = await Promise.allSettled([work])
    if (dead) return new Promise(() => undefined)
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
  const limits: LimitsPlatform['limits'] = {
    ofClient: (clientId, signal) => heard(platform.limits.ofClient(clientId, signal)),
    write: (clientId, limit, signal) => heard(platform.limits.write(clientId, limit, signal)),
  }
  const adapter = { limits } as unknown as PlatformAdapter
  const room = { local, kinds, clock, newId: randomUUID }
  const queue = createQueue({
    ...room,
    random,
    link: () => (online() && !dead ? { adapter, accountId: 'me' } : null),
    onChanged: () => undefined,
    onUnauthorized: () => undefined,
    requestTimeoutMs: 30_000,
    settleMs: 31_000,
    log: () => undefined,
    ...untilKilled(store, () => dead),
  })
  return {
    queue,
    seen,
    review: createReview({ ...room, queue, onChanged: () => undefined }),
    /** What this console believes once its own changes have come through. */
    set: (clientId: string, values: Values, base: Values): string => {
      const cells: LimitsPayload['cells'] = Object.entries(values).map(([type, value]) => ({
        ...{ hypervisorId: HYPERVISOR.id, hypervisorName: HYPERVISOR.name },
        type: type as LimitType,
        value: value ?? null,
      }))
      const baseCells = Object.fromEntries(cells.map(({ type }) => [limitKey(type), base[type] ?? null]))
      const id = enqueue(room, {
        connectionId: CONNECTION,
        kind: LIMITS_SET,
        subject: { dataset: LIMITS, uid: clientId, id: clientId },
        clientId,
        payload: { cells },
        base: baseCells,
      })
      queue.kick(CONNECTION)
      return id
    },
    pull: (clientId: string): void => {
      learn(clientId, platform.rowsOf(clientId))
    },
    kill: () => {
      dead = true
    },
  }
}
export type LimitsConsole = ReturnType<typeof createLimitsConsole>
