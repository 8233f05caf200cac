import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import { assertNever } from '@shared/errors'
import type { AlertNotification, CoreStart, ToCore, TrayState } from '@shared/ipc/host-protocol'
import { createUserActivity, type UserActivity } from './user-activity'
import type { Clock } from './clock'
import type { CreateAdapter, CreateSync } from './features/connections/sync-handle'
import type { Router } from './features/router'
import type { Ask, Emit, Workspace } from './features/workspace'
import { applyClientLimits } from './store/cache/client-limits'
import { forgetConnection } from './store/cache/forget'
import { applyNote, rememberAnswer, removeNote } from './store/cache/notes'
import { applyServerPower } from './store/cache/server-power'
import { moveChanges } from './store/change-mover'
import { createHousekeeping, type Housekeeping } from './housekeeping'
import { openStore, type Store } from './store/connection'
import type { Log, TellFault } from './log'
import { findConnection, listConnections } from './store/local/connections'
import { forgetLocalRows } from './store/local/forget'
import { dropOldCommands } from './store/local/commands'
import { readPreferences, writePreferences } from './store/local/preferences'
import { column, value } from './store/read/query'
import { sql } from './store/sql'
import { isBeingChecked, isDamaged } from './store/storage-error'
import { suspectWhole } from './store/suspect'
import type { TaskRunner } from './store/tasks/tasks'
import { createServices, type Services } from './services'

export interface CoreOptions {
  start: CoreStart
  ask: Ask
  emit: Emit
  notify: (notification: AlertNotification) => void
  tray: (state: TrayState) => void
  clock: Clock
  random: () => number
  log: Log
  tell: TellFault
  createAdapter: (store: Store, ask: Ask) => CreateAdapter
  createSync: (store: Store, activity: UserActivity) => CreateSync
  /** The thread that a job runs in. */
  createWorker: () => Worker
  /** Runs what takes long on the store's files; without it, on this thread. */
  tasks?: TaskRunner
  /** local.db was read through a moment ago. */
  localChecked?: boolean
  /** Something that the core cannot live with: it is to be started again. */
  onBroken: (error: unknown) => void
  /** Shorter in tests; 30 s each in earnest. */
  requestTimeoutMs?: number
  settleMs?: number
}
export interface Core {
  call: Router
  power(state: Extract<ToCore, { type: 'power' }>['state']): void
  /** Ends when the connections that were there at the start have been woken. */
  whenStarted: Promise<void>
  stop(): Promise<void>
}

const REQUEST_TIMEOUT_MS = 30_000
/** A second more than the longest request: the platform is done with it by then. */
const SETTLE_MS = 31_000
const KEEP_COMMANDS_MS = 90 * 86_400_000

/** Opens the store and makes the core. Calls are answered from the cache at once; connections wake up behind. */
export const createCore = (options: CoreOptions): Core => {
  try {
    return open(options)
  } catch (error) {
    // Damage in a cache that was too large to be read through at once, found by whoever read it first: it is put aside.
    if (!isDamaged(error, 'cache.db')) throw error
    suspectWhole(options.start.dataFolder, 'cache.db')
    return open(options)
  }
}

const open = (options: CoreOptions): Core => {
  const { start, clock } = options
  const { tasks, localChecked = false } = options
  const store = openStore({ folder: start.dataFolder, key: start.databaseKey, clock, localChecked, ...(tasks ? { tasks } : {}) })
  try {
    if (!store.isBeingChecked()) tidyUp(store, options)
    return run(store, options)
  } catch (error) {
    store.close()
    throw error
  }
}

const run = (store: Store, options: CoreOptions): Core => {
  const { start, clock } = options
  const ask = start.databaseKey === null ? inMemory(options.ask) : options.ask
  const workspace = { ...options, ask, cache: store.cache, local: store.local, newId: () => randomUUID() } satisfies Workspace
  const activity = createUserActivity(clock)
  const services = createServices({
    workspace,
    activity,
    notices: store,
    start,
    createAdapter: options.createAdapter(store, options.ask),
    createSync: options.createSync(store, activity),
    applyNote: (id, note) => {
      // Forgotten while the request was under way: its answer has no place any more.
      if (!findConnection(store.local, id)) return
      applyNote(store, id, note)
      rememberAnswer(store, id, { noteId: note.id, at: clock.now() })
    },
    removeNote: (id, noteId) => {
      removeNote(store, id, { noteId, at: clock.now() })
    },
    applyLimits: (id, clientId, answer) => {
      if (!findConnection(store.local, id)) return
      applyClientLimits(store, { connectionId: id, clientId, ...answer, sequence: { syncId: randomUUID(), next: 1 } })
    },
    applyPower: (id, serverId, answer) => {
      applyServerPower(store.cache, { connectionId: id, serverId, ...answer })
    },
    createWorker: options.createWorker,
    suspect: (name) => {
      suspectWhole(start.dataFolder, name)
    },
    forgetRows: async (id) => {
      forgetLocalRows(store.local, id)
      await forgetConnection(store, id)
      await store.renewBackups()
    },
    dropDemoState: async (file) => {
      await Promise.all(['', '-wal', '-shm'].map((end) => rm(file + end, { force: true })))
    },
    notify: options.notify,
    tray: options.tray,
    tell: options.tell,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    settleMs: options.settleMs ?? SETTLE_MS,
  })
  if (!store.isBeingChecked()) wakeUp(services)
  const prune = (now: number): void => {
    services.jobRoom.jobs.prune(now)
  }
  const housekeeping = createHousekeeping({ store, clock, prune }, (error) => {
    options.log('housekeeping failed', error)
  })
  const whenStarted = begin(store, services, options)
    .then(() => {
      housekeeping.start()
    })
    .catch(options.onBroken)
  let stopping: Promise<void> | null = null
  return {
    call: patient(store, services.call),
    whenStarted,
    power: (state) => {
      // Nothing runs yet that could be paused or woken.
      if (!store.isBeingChecked()) onPower(services, state)
    },
    stop: () => (stopping ??= end(store, { services, housekeeping })),
  }
}

/** A call that finds local.db not read through yet has changed nothing: it is made once more when that is known. */
const patient =
  (store: Store, call: Router): Router =>
  async (...asked) => {
    const result = await call(...asked)
    if (result.ok || !isBeingChecked(result.error)) return result
    try {
      await store.checkLocal()
    } catch {
      // The core ends: what is wrong with the file is told by the next one.
      return result
    }
    return call(...asked)
  }

/** What an earlier run left that nobody needs, and what a first one lacks. */
const tidyUp = (store: Store, { start, clock }: CoreOptions): void => {
  firstPreferences(store, start)
  dropOldCommands(store.local, clock.now() - KEEP_COMMANDS_MS)
}

/** A workspace that keeps nothing needs no system store: its secrets end with it. */
const inMemory =
  (ask: Ask): Ask =>
  async (name, input) => {
    const secret = input as Partial<Record<'plain' | 'wrapped', string>>
    if (name === 'wrapSecret') return { wrapped: secret.plain } as never
    if (name === 'unwrapSecret') return { plain: secret.wrapped } as never
    return ask(name, input)
  }

/** Nothing is written to a cache that has not been read through: only then do the connections start. */
const begin = async (store: Store, services: Services, options: CoreOptions): Promise<void> => {
  const { start, log } = options
  if (store.isBeingChecked()) await whenChecked(store, services, options)
  await store.verifyCache()
  await moveChanges(store)
  await finishForgetting(store)
  await Promise.all(services.connectionIds().map((id) => services.runner.wake(id)))
  services.commands.start()
  await services.connections.atStart.run().catch((error: unknown) => {
    log('the platform named on the command line was not connected', error)
  })
  // A demo that does not start is no reason to end: the page offers it again, with the reason.
  if (start.startDemo)
    await services.connections.startDemo().catch((error: unknown) => {
      log('the demo did not start', error)
    })
}

/** What writes to local.db waits until it was read through; the window says so meanwhile. */
const whenChecked = async (store: Store, services: Services, options: CoreOptions): Promise<void> => {
  await store.checkLocal((share) => {
    options.emit('storeCheck', { share })
  })
  tidyUp(store, options)
  options.emit('storeCheck', { share: null })
  wakeUp(services)
}

const wakeUp = ({ scheduler, jobRoom }: Services): void => {
  scheduler.check()
  jobRoom.start()
}

/** A kill in the middle of forgetting leaves rows of a connection that is gone already. */
const finishForgetting = async (store: Store): Promise<void> => {
  const known = new Set(listConnections(store.local).map(({ id }) => id))
  const cached = column<string>(store.cache, sql`SELECT DISTINCT connection_id FROM dataset_state`)
  for (const id of cached) if (!known.has(id)) await forgetConnection(store, id)
}

const firstPreferences = ({ local }: Store, { systemLanguage }: CoreStart): void => {
  const chosen = value<string>(local, sql`SELECT value FROM preference WHERE key = 'language'`)
  if (chosen === undefined) writePreferences(local, { ...readPreferences(local), language: systemLanguage })
}

const onPower = ({ live, scheduler, commands }: Services, state: Parameters<Core['power']>[0]): void => {
  switch (state) {
    case 'suspend':
      for (const { sync } of live.all()) sync.pause()
      return
    case 'resume':
      for (const { id, sync } of live.all()) {
        sync.resume()
        commands.queue.kick(id)
      }
      scheduler.check()
      return
    case 'lock':
    case 'unlock':
      return
    default:
      assertNever(state)
  }
}

const end = async (store: Store, { services, housekeeping }: { services: Services; housekeeping: Housekeeping }): Promise<void> => {
  services.stopGathering()
  services.scheduler.stop()
  await services.jobRoom.stop()
  await services.commands.stop()
  await services.runner.endAll()
  // A check or a backup in another thread is left as a kill would leave it.
  await store.stopTasks()
  await housekeeping.stop()
  // What was about to begin when everything ended finds out that it has, while the files are still open.
  await new Promise((resolve) => setImmediate(resolve))
  store.close()
}
