import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { SyncStatus } from '@shared/ipc/sync'
import type { Attention } from '../attention'
import type { Clock } from '../clock'
import type { Capabilities, PlatformAdapter } from '../platforms/port'
import type { ChangeSequence } from '../store/cache/change-spool'
import { markCutOffWalks } from '../store/cache/walk-state'
import { moveChanges } from '../store/change-mover'
import type { Store } from '../store/connection'
import { createAnnouncer } from './announcer'
import { passesByItself } from './backoff'
import { createBackground } from './background'
import { createConnectivity } from './connectivity'
import { createGate } from './gate'
import { sideloadsOf } from './lists'
import { runPass, type PassResult } from './pass'
import { createTurns } from './pausing'
import { createRequests } from './requests'
import { createSchedule } from './schedule'
import { syncStatus } from './status'
import type { Skew, WalkContext } from './walk'

export interface SyncEvents {
  onStatus(status: SyncStatus): void
  /** Rows changed: ids null = too many to name. */
  onChanged(datasets: Dataset[], ids: string[] | null): void
  /** Every list was walked completely once more. */
  onListsComplete(at: number): void
  /** The token is not accepted any more: sync has stopped by itself. */
  onUnauthorized(): void
}
export interface ConnectionSyncOptions {
  store: Store
  adapter: PlatformAdapter
  connectionId: string
  capabilities: Capabilities
  clock: Clock
  random: () => number
  newId: () => string
  intervalMs: number
  attention: Attention
  events: SyncEvents
}
export interface ConnectionSync {
  status(): SyncStatus
  start(): void
  /** Begins a pass at once, also in the middle of a back-off or after a pause. */
  now(): void
  /** Ends the running pass; what it had read stays, and the next one goes on from there. */
  cancel(): void
  pause(): void
  resume(): void
  /** A person looks at this client: its children are read at once. */
  opened(clientId: string): void
  setIntervalMs(ms: number): void
  setCapabilities(capabilities: Capabilities): void
  /** Resolves when nothing is under way: neither a pass nor a background round. */
  whenIdle(): Promise<void>
  online(): boolean
  stop(): Promise<void>
}

/** Requests in flight at most, over everything that this connection does. */
const SLOTS = 3
const RETRY_MS = 15_000

type Phase = SyncStatus['phase']

/** Keeps one connection's cache in step: passes over the lists by a schedule, children in the background, and an eye on the line. */
export const createConnectionSync = (options: ConnectionSyncOptions): ConnectionSync => {
  const { store, adapter, connectionId, clock, random, events } = options
  let { capabilities } = options
  let phase: Phase = 'stopped'
  let error: AppError | null = null
  let pass: { controller: AbortController; ended: Promise<void> } | null = null
  /** Left incomplete by the last pass and worth a try before the next one. */
  let left: Set<Dataset> | null = null
  let retries = 0
  let again = false
  let preparing = Promise.resolve()
  let started = false
  const running = new Set<Dataset>()
  const skew: Skew = { ms: 0 }
  const turns = createTurns()

  const announcer = createAnnouncer({
    clock,
    onStatus: () => {
      events.onStatus(status())
    },
    onChanged: (datasets, ids) => {
      events.onChanged(datasets, ids)
    },
  })
  const refused = (): void => {
    if (phase === 'stopped') return
    error = new AppError('unauthorized', 'the token is not accepted')
    halt('stopped')
    events.onUnauthorized()
  }
  const line = createConnectivity({
    clock,
    random,
    ping: (signal) => adapter.ping(signal),
    onUnauthorized: refused,
    onChange: (online) => {
      if (online) begin()
      else {
        pass?.controller.abort(new AppError('offline', 'the platform does not answer'))
        // A round that waits for a dead line would be "under way" for as long as the line is dead.
        background.stop()
      }
      announcer.status()
    },
  })
  const requests = createRequests({ gate: createGate(SLOTS), clock, random, line, onUnauthorized: refused })
  const newSequence = (): ChangeSequence => ({ syncId: options.newId(), next: 1 })
  const schedule = createSchedule({
    clock,
    random,
    intervalMs: options.intervalMs,
    onDue: () => {
      begin()
    },
  })
  const background = createBackground({
    children: {
      store,
      adapter,
      requests,
      clock,
      connectionId,
      newSequence,
      skew,
      attention: options.attention,
      onChanged: (dataset, id, urgent) => {
        announcer.changed(dataset, id === null ? [] : [id])
        if (urgent) announcer.flush()
      },
      onProgress: () => {
        announcer.status()
      },
    },
    capabilities: () => capabilities,
    intervalMs: () => schedule.intervalMs(),
    onRunning: (dataset, on) => {
      mark(dataset, on)
    },
    onError: (failed) => {
      if (failed.code !== 'unauthorized') error = failed
      announcer.status()
    },
  })

  const status = (): SyncStatus =>
    syncStatus(store, {
      connectionId,
      capabilities,
      phase,
      error: error?.toData() ?? null,
      running,
      line: line.state(),
      nextPassAt: schedule.dueAt(),
      intervalMs: schedule.intervalMs(),
    })

  const mark = (dataset: Dataset, on: boolean): void => {
    if (on) running.add(dataset)
    else running.delete(dataset)
    announcer.status()
  }
  const halt = (next: Phase): void => {
    phase = next
    schedule.stop()
    line.stop()
    pass?.controller.abort()
    background.stop()
    announcer.status()
  }

  const begin = (): void => {
    if (phase === 'paused' || phase === 'stopped') return
    if (pass !== null) {
      // One that is being stopped makes room for this one as soon as it has ended.
      again ||= pass.controller.signal.aborted
      return
    }
    if (!line.online()) {
      // The line's own checks begin the next pass, as soon as there is an answer.
      schedule.next()
      return
    }
    const controller = new AbortController()
    phase = 'running'
    announcer.status()
    pass = { controller, ended: go(controller.signal) }
  }
  const contextOf = (signal: AbortSignal): WalkContext => ({
    ...{ store, adapter, requests, clock, connectionId, signal, skew, turns },
    sequence: newSequence(),
    sideloads: sideloadsOf(capabilities),
    onPage: ({ changed }) => {
      for (const { dataset, ids } of changed) announcer.changed(dataset, ids)
      if (changed.length > 0) background.changed(changed)
      announcer.status()
    },
  })
  const go = async (signal: AbortSignal): Promise<void> => {
    const only = left
    left = null
    let result: PassResult | null = null
    try {
      result = await runPass({
        ...{ context: contextOf(signal), capabilities, only, onRunning: mark },
        onAggregates: () => {
          announcer.changed('clients', [])
        },
        onLists: (completeAt) => {
          if (only === null || status().complete) events.onListsComplete(completeAt)
        },
      })
    } catch (thrown) {
      error = AppError.from(thrown)
    } finally {
      pass = null
      conclude(result, signal)
    }
  }

  const conclude = (result: PassResult | null, signal: AbortSignal): void => {
    running.clear()
    if (phase === 'running') phase = 'idle'
    if (phase === 'idle') {
      if (result) after(result, signal)
      // It broke off by itself, on a full disk for one: nobody has to press a button for the next one to come.
      else tryAgain()
    }
    announcer.flush()
    announcer.status()
    if (!again) return
    again = false
    begin()
  }
  const tryAgain = (): void => {
    schedule.soon(RETRY_MS * 2 ** Math.min(retries++, 8))
  }
  const after = (result: PassResult, signal: AbortSignal): void => {
    const first = [...result.failed.values()][0] ?? null
    if (!signal.aborted) error = first
    const passing = [...result.failed].filter(([, why]) => passesByItself(why) || why.code === 'disk-full')
    if (passing.length > 0) {
      left = new Set(passing.map(([dataset]) => dataset))
      tryAgain()
    } else {
      retries = 0
      schedule.next()
    }
    if (!line.online()) return
    if (!signal.aborted) background.round()
  }

  const prepare = async (): Promise<void> => {
    try {
      await store.verifyCache()
      markCutOffWalks(store, connectionId)
      moveChanges(store)
      if (phase !== 'idle') return
      line.start()
      begin()
    } catch (thrown) {
      error = AppError.from(thrown)
      halt('stopped')
    }
  }

  return {
    status,
    online: () => started && line.online() && phase !== 'stopped',
    start: () => {
      if (phase !== 'stopped') return
      started = true
      error = null
      phase = 'idle'
      preparing = prepare()
    },
    now: () => {
      if (phase === 'stopped') return
      if (phase === 'paused') wake()
      left = null
      line.checkNow()
      begin()
    },
    cancel: () => {
      pass?.controller.abort()
      background.stop()
    },
    pause: () => {
      if (phase === 'idle' || phase === 'running') halt('paused')
    },
    resume: () => {
      if (phase === 'paused') wake()
    },
    opened: (clientId) => {
      if (phase === 'idle' || phase === 'running') background.opened(clientId)
    },
    setIntervalMs: (ms) => {
      schedule.setIntervalMs(ms)
    },
    setCapabilities: (next) => {
      capabilities = next
      announcer.status()
    },
    whenIdle: async () => {
      await preparing
      while (pass !== null || background.busy()) await Promise.all([pass?.ended, background.whenIdle()])
    },
    stop: async () => {
      halt('stopped')
      await preparing
      await pass?.ended
      await background.whenIdle()
      announcer.close()
    },
  }

  function wake(): void {
    phase = 'idle'
    line.start()
    line.checkNow()
    begin()
  }
}
