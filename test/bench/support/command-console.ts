import { randomUUID } from 'node:crypto'
import { placeKey } from '@shared/domain/limit-cells'
import { systemClock } from '../../../electron/core/clock'
import { createCommandRoom } from '../../../electron/core/command-room'
import { LIMITS, LIMITS_SET, type LimitsPayload } from '../../../electron/core/commands/kinds/limits-set'
import { createLiveConnections } from '../../../electron/core/features/connections/live'
import type { SyncHandle } from '../../../electron/core/features/connections/sync-handle'
import type { PlatformAdapter } from '../../../electron/core/platforms/port/core'
import { applyClientLimits } from '../../../electron/core/store/cache/client-limits'
import type { Store } from '../../../electron/core/store/connection'
import { outboxCounts } from '../../../electron/core/store/local/command-counts'
import type { LimitedClient } from '../baseline/limits'
import { CONNECTION } from './store'

/** The command room of the core over a store and an adapter, with a switch for the line. */
export const createCommandConsole = (store: Store, adapter: PlatformAdapter) => {
  const { cache, local } = store
  let online = false
  let onDone = (): void => undefined
  const live = createLiveConnections()
  live.put({ id: CONNECTION, adapter, sync: { online: () => online } as SyncHandle })
  const room = createCommandRoom({
    workspace: {
      ...{ cache, local, clock: systemClock, random: Math.random, newId: randomUUID },
      emit: () => undefined,
      ask: () => Promise.reject(new Error('nothing is asked of the system')),
      log: (what, error) => {
        console.error(what, error)
      },
    },
    live,
    applyNote: () => undefined,
    removeNote: () => undefined,
    applyPower: () => undefined,
    applyLimits: (connectionId, clientId, answer) => {
      applyClientLimits(store, { connectionId, clientId, ...answer, sequence: { syncId: randomUUID(), next: 1 } })
    },
    // As the core does: the screens are told, and the counts of the outbox with it.
    onMoved: () => {
      if (online && outboxCounts(local).waiting === 0) onDone()
    },
    requestTimeoutMs: 30_000,
    settleMs: 31_000,
  })
  room.start()
  return {
    /** Queues the same limit for every client while the line is down. */
    give: (clients: readonly LimitedClient[], value: number, base: number | null): Promise<string> =>
      room.batches.create({
        ...{ connectionId: CONNECTION, kind: LIMITS_SET, words: `IP ${String(value)}`, first: null },
        commands: clients.map(({ id, hypervisorId }) => {
          const cell = { hypervisorId, hypervisorName: 'KVM', type: 'ip' as const, value }
          const payload: LimitsPayload = { cells: [cell] }
          return { subject: { dataset: LIMITS, uid: id, id }, clientId: id, payload, base: { [placeKey(cell)]: base } }
        }),
      }),
    /** @returns milliseconds from the line's return to the last command's end. */
    sendAll: async (): Promise<number> => {
      const done = new Promise<void>((resolve) => (onDone = resolve))
      const from = performance.now()
      online = true
      room.queue.kick(CONNECTION)
      await done
      return performance.now() - from
    },
    /** Ends what is left to be looked at, and takes the line away. */
    rest: async (): Promise<void> => {
      online = false
      await room.queue.whenIdle()
    },
    progress: (id: string) => room.batches.progress(id),
    stop: () => room.stop(),
  }
}
