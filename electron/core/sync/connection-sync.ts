import type { Dataset } from '@shared/domain/datasets'
import { AppError, type ErrorCode } from '@shared/errors'
import type { SyncStatus } from '@shared/ipc/sync'
import type { UserActivity } from '../user-activity'
import type { Clock } from '../clock'
import { capabilityOf, offers, type Capabilities, type PlatformAdapter } from '../platforms/port/core'
import type { ChangeSequence } from '../store/cache/change-spool'
import { writeOffered } from '../store/cache/dataset-state'
import { markCutOffWalks } from '../store/cache/walk-state'
import { moveChanges } from '../store/change-mover'
import type { Store } from '../store/connection'
import { inTransaction } from '../store/sql'
import { createChangeNotifier } from './change-notifier'
import { pullAppended } from './append'
import { createBackground } from './background'
import { createConnectivity } from './connectivity'
import { createDatasetFaults } from './dataset-faults'
import { createLimiter } from './limiter'
import { scheduledDatasets, sideloadsOf } from './lists'
import { createSerialQueue } from './pausing'
import { createPreparation } from './preparation'
import { pullDataset, type PullEnd } from './pull'
import { createRequests } from './requests'
import { createRounds } from './rounds'
import { createSettling } from './settling'
import { pullStatistics } from './statistics'
import { syncStatus } from './status'
import { createTokenCheck } from './token-check'
import type { Skew, WalkContext } from './walk'

export interface SyncEvents {
  onStatus(status: SyncStatus): void
  /** Rows changed: ids null = too many to name. */
  onChanged(datasets: Dataset[], ids: string[] | null): void
  /** Every list that works was walked completely once more; as of when the oldest of them was. */
  onListsComplete(at: number): void
  /** The token is not accepted any more: sync has stopped by itself. */
  onUnauthorized(): void
  /** An answer says that something is no longer offered, or no longer allowed. */
  onCapabilityDoubt(): void
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
  activity: UserActivity
  events: SyncEvents
}
export interface ConnectionSync {
  status(): SyncStatus
  start(): void
  /** Everything is read at once, also in the middle of a back-off or after a pause. */
  now(): void
  /** Ends what runs; what was read stays, and the next attempt goes on from there. */
  cancel(): void
  pause(): void
  resume(): void
  /** A person looks at this client: its children are read at once. */
  opened(clientId: string): void
  setIntervalMs(ms: number): void
  setCapabilities(capabilities: Capabilities): void
  /** Somebody else was answered that the token is not accepted: it is asked for before anything stops. */
  doubtToken(): void
  /** Resolves when nothing is under way: neither a list nor a background round. */
  whenIdle(): Promise<void>
  online(): boolean
  stop(): Promise<void>
}

/** Requests in flight at most, over everything that this connection does. */
const SLOTS = 3

type Phase = 'stopped' | 'idle' | 'paused'

/** Codes of an answer that is about the endpoint, not about the moment. */
const DOUBTFUL: ReadonlySet<ErrorCode> = new Set(['not-found', 'not-offered', 'forbidden'])

/** Keeps one connection's cache in step: each dataset by its own due time, children in the background, and whether the platform can be reached. */
export const createConnectionSync = (options: ConnectionSyncOptions): ConnectionSync => {
  const { store, adapter, connectionId, clock, random, events } = options
  let { capabilities } = options
  let phase: Phase = 'stopped'
  /** What keeps the whole connection from running; a dataset's own error stands with the dataset. */
  let error: AppError | null = null
  let started = false
  const running = new Set<Dataset>()
  const faults = createDatasetFaults(store, connectionId)
  const skew: Skew = { ms: 0 }
  const serial = createSerialQueue()

  const notifier = createChangeNotifier({
    clock,
    onStatus: () => {
      events.onStatus(status())
    },
    onChanged: (datasets, ids) => {
      events.onChanged(datasets, ids)
    },
  })
  const token = createTokenCheck({
    clock,
    ask: (signal) => adapter.ping(signal),
    onRefused: () => {
      if (phase === 'stopped') return
      error = new AppError('unauthorized', 'the token is not accepted')
      halt('stopped')
      events.onUnauthorized()
    },
  })
  const connectivity = createConnectivity({
    clock,
    random,
    ping: (signal) => adapter.ping(signal),
    onUnauthorized: () => {
      token.doubt()
    },
    onChange: (online) => {
      if (online) everythingDue()
      else {
        rounds.stop(new AppError('offline', 'the platform does not answer'))
        // A round that waits for the network would count as running for as long as there is none.
        background.stop()
        faults.dropNetworkFaults()
      }
      notifier.status()
    },
  })
  const doubtToken = (): void => {
    token.doubt()
  }
  const requests = createRequests({ limiter: createLimiter(SLOTS), clock, random, connectivity, onUnauthorized: doubtToken })
  const newSequence = (): ChangeSequence => ({ syncId: options.newId(), next: 1 })
  const mark = (dataset: Dataset, on: boolean): void => {
    if (on) running.add(dataset)
    else running.delete(dataset)
    notifier.status()
  }
  const contextOf = (signal: AbortSignal): WalkContext => ({
    ...{ store, adapter, requests, clock, connectionId, signal, skew, serial },
    sequence: newSequence(),
    sideloads: sideloadsOf(capabilities),
    onPage: ({ changed }) => {
      for (const { dataset, ids } of changed) notifier.changed(dataset, ids)
      if (changed.length > 0) background.changed(changed)
      notifier.status()
    },
  })
  const pull = (dataset: Dataset, signal: AbortSignal): Promise<PullEnd> => {
    const context = contextOf(signal)
    const { walk } = capabilityOf(capabilities, dataset)
    if (walk === 'window') return pullStatistics(context)
    return walk === 'append' ? pullAppended(context, dataset) : pullDataset(context, dataset)
  }
  const settling = createSettling({
    store,
    connectionId,
    capabilities: () => capabilities,
    mayGoOn: () => phase !== 'stopped',
    onAggregates: () => {
      notifier.changed('clients', [])
    },
  })
  const rounds = createRounds({
    ...{ store, connectionId, clock, random, intervalMs: options.intervalMs, pull },
    datasets: () => scheduledDatasets(capabilities).filter((dataset) => capabilityOf(capabilities, dataset).walk !== 'per-owner'),
    mayRun: () => preparation.isReady() && phase === 'idle' && connectivity.online(),
    onRunning: mark,
    onEnd: async (dataset, end) => {
      if (end.kind === 'incomplete' && DOUBTFUL.has(end.error.code)) events.onCapabilityDoubt()
      if (!offers(capabilities, dataset)) noteOffered()
      else if (end.kind === 'incomplete' || end.kind === 'suspect') faults.put(dataset, end.error)
      if (end.kind === 'complete') faults.clear(dataset)
      // One that broke off has changed rows too, and nothing waits for its first reading any more.
      await settling.afterWalk().catch((thrown: unknown) => {
        faults.put(dataset, AppError.from(thrown))
      })
      notifier.status()
    },
    onRound: () => {
      notifier.flush()
      const at = settling.completeAt()
      if (at !== null) events.onListsComplete(at)
      if (phase === 'idle' && connectivity.online()) background.round()
      notifier.status()
    },
  })
  const background = createBackground({
    children: {
      ...{ store, adapter, requests, clock, connectionId, newSequence, skew, random },
      activity: options.activity,
      onChanged: (dataset, id, urgent) => {
        notifier.changed(dataset, id === null ? [] : [id])
        if (urgent) notifier.flush()
      },
      onProgress: () => {
        notifier.status()
      },
    },
    capabilities: () => capabilities,
    intervalMs: () => rounds.intervalMs(),
    onRunning: mark,
    onEnd: (dataset, fault) => {
      if (fault && DOUBTFUL.has(fault.code)) events.onCapabilityDoubt()
      if (fault) faults.put(dataset, fault)
      else faults.clear(dataset)
      notifier.status()
    },
  })

  const status = (): SyncStatus =>
    syncStatus(store, {
      connectionId,
      capabilities,
      phase: phase === 'idle' && rounds.busy() ? 'running' : phase,
      error: (error ?? preparation.fault() ?? faults.first())?.toData() ?? null,
      running,
      progress: (dataset) => background.endsAt(dataset),
      connectivity: connectivity.state(),
      nextPassAt: rounds.nextAt(),
      intervalMs: rounds.intervalMs(),
    })

  const everythingDue = (): void => {
    background.allDue()
    rounds.now()
  }
  const halt = (next: Phase): void => {
    phase = next
    preparation.cancel()
    connectivity.stop()
    token.stop()
    rounds.stop()
    background.stop()
    notifier.status()
  }
  const noteOffered = (): void => {
    inTransaction(store.cache, () => {
      const nested = new Set<string>(sideloadsOf(capabilities))
      for (const [dataset, { offered, reason }] of Object.entries(capabilities.datasets))
        writeOffered(store.cache, connectionId, { dataset, offered: offered || nested.has(dataset), reason })
    })
  }
  const preparation = createPreparation({
    clock,
    prepare: async () => {
      await store.verifyCache()
      markCutOffWalks(store, connectionId)
      noteOffered()
      await moveChanges(store)
    },
    isStopped: () => phase === 'stopped',
    onReady: async () => {
      if (phase === 'idle') connectivity.start()
      rounds.start()
      // Counting that was cut off by the end of the program goes on, also without a network; failed, it is tried again after the next walk.
      await settling.afterWalk().catch(() => undefined)
    },
    onFailed: () => {
      notifier.status()
    },
  })
  const wake = (): void => {
    phase = 'idle'
    connectivity.start()
    connectivity.checkNow()
    everythingDue()
  }

  return {
    status,
    online: () => started && connectivity.online() && phase !== 'stopped',
    start: () => {
      if (phase !== 'stopped') return
      started = true
      error = null
      phase = 'idle'
      preparation.begin()
    },
    now: () => {
      if (phase === 'stopped') return
      error = null
      preparation.retry()
      if (phase === 'paused') wake()
      connectivity.checkNow()
      everythingDue()
    },
    cancel: () => {
      rounds.cancel()
      background.stop()
    },
    pause: () => {
      if (phase === 'idle') halt('paused')
    },
    resume: () => {
      if (phase !== 'paused') return
      wake()
      preparation.retry()
    },
    opened: (clientId) => {
      if (phase === 'idle') background.opened(clientId)
    },
    setIntervalMs: (ms) => {
      rounds.setIntervalMs(ms)
    },
    setCapabilities: (next) => {
      capabilities = next
      faults.clearAll((dataset) => !offers(next, dataset))
      noteOffered()
      rounds.resume()
      notifier.status()
    },
    doubtToken,
    whenIdle: async () => {
      await preparation.settled()
      while (rounds.busy() || background.busy()) await Promise.all([rounds.whenIdle(), background.whenIdle()])
    },
    stop: async () => {
      halt('stopped')
      await preparation.settled()
      await rounds.whenIdle()
      await background.whenIdle()
      notifier.close()
    },
  }
}
