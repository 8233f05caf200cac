import type { Dataset } from '@shared/domain/datasets'
import type { Note } from '@shared/domain/entities'
import type { CoreStart, AlertNotification, TrayState } from '@shared/ipc/host-protocol'
import type { UserActivity } from './user-activity'
import { createCommandRoom } from './command-room'
import { createJobRoom, type JobRoomOptions } from './job-room'
import type { LimitStore } from './commands/kinds/limits-set'
import type { ServerStore } from './commands/kinds/server-power'
import { isCounted } from './features/alerts/rules'
import type { TellFault } from './log'
import { createAlertReader } from './features/alerts/reader'
import { createAlertScheduler } from './features/alerts/scheduler'
import { alertsHandlers } from './features/alerts/handlers'
import { createAlerts } from './features/alerts/service'
import { createBatchesFeature } from './features/batches/service'
import { clientsHandlers } from './features/clients/handlers'
import { createClients } from './features/clients/service'
import { connectionsHandlers } from './features/connections/handlers'
import { createLiveConnections } from './features/connections/live'
import { createRunner } from './features/connections/runner'
import { wakeDemoAt } from './features/connections/demo'
import { createDemoRevival } from './features/connections/revive-demo'
import { createConnections } from './features/connections/service'
import type { CreateAdapter, CreateSync } from './features/connections/sync-handle'
import { contractsHandlers } from './features/contracts/handlers'
import { dashboardHandlers } from './features/dashboard/handlers'
import { takeSample } from './features/dashboard/sampler'
import { createDashboard } from './features/dashboard/service'
import { createLimits } from './features/limits/service'
import { listsHandlers, type Lists } from './features/lists/handlers'
import { createList } from './features/lists/list'
import { filesHandlers } from './features/files/handlers'
import { internalHandlers } from './features/internal/handlers'
import { jobsHandlers } from './features/jobs/handlers'
import { createJobsService } from './features/jobs/service'
import { createNoteCommands } from './features/notes/commands'
import { notesHandlers } from './features/notes/handlers'
import { createNotesReader } from './features/notes/reader'
import { createNotes } from './features/notes/service'
import { outboxHandlers } from './features/outbox/handlers'
import { createOutboxService } from './features/outbox/service'
import { preferencesHandlers } from './features/preferences/handlers'
import { createPreferences } from './features/preferences/service'
import { createServers } from './features/servers/service'
import { createRouter } from './features/router'
import { searchHandlers } from './features/search/handlers'
import { storeHandlers } from './features/store/handlers'
import { syncHandlers } from './features/sync/handlers'
import { tariffPlansHandlers } from './features/tariff-plans/handlers'
import { createTrayPublisher } from './features/tray'
import type { Workspace } from './features/workspace'
import type { Store } from './store/connection'
import { findConnection, listConnections } from './store/local/connections'
import { outboxCounts } from './store/local/command-counts'
import { contractSource } from './store/read/contracts'
import { eventSource } from './store/read/events'
import { createMemo } from './store/read/memo'
import { wentWithClient } from './store/read/notes'
import { paymentSource } from './store/read/payments'
import { planSource } from './store/read/tariff-plans'
import { ticketSource } from './store/read/tickets'
import { userSource } from './store/read/users'

export interface ServicesOptions {
  workspace: Workspace
  activity: UserActivity
  notices: Pick<Store, 'notices' | 'noticeRead' | 'checkedShare'>
  start: CoreStart
  createAdapter: CreateAdapter
  createSync: CreateSync
  /** The store's write side, for answers of the platform to our own commands. */
  applyNote: (connectionId: string, note: Note) => void
  removeNote: (connectionId: string, noteId: string) => void
  applyLimits: LimitStore['applyLimits']
  applyPower: ServerStore['applyPower']
  createWorker: JobRoomOptions['createWorker']
  suspect: JobRoomOptions['suspect']
  forgetRows: (connectionId: string) => Promise<void>
  dropDemoState: (stateFile: string) => Promise<void>
  notify: (notification: AlertNotification) => void
  tray: (state: TrayState) => void
  tell: TellFault
  requestTimeoutMs: number
  /** After an unknown outcome, how long the platform may still be at it. */
  settleMs: number
}
export type Services = ReturnType<typeof createServices>

const MEMO_SIZE = 40
/** A sync tells of many pages in a row: alerts are looked at once for all of them. */
const GATHER_MS = 100

/** Makes every service of the core and ties them together. Nothing is started here. */
export const createServices = (options: ServicesOptions) => {
  const { workspace, start } = options
  const { cache, local, clock, emit } = workspace
  const memo = createMemo(workspace, MEMO_SIZE)
  const preferences = createPreferences(workspace)
  const live = createLiveConnections()
  const reader = createNotesReader(workspace)
  const commands = createCommandRoom({
    ...options,
    live,
    onMoved: (id, datasets) => {
      commandsMoved(id, datasets)
    },
  })
  const { queue } = commands
  const jobRoom = createJobRoom({
    ...options,
    disk: start.databaseKey === null ? null : { dataFolder: start.dataFolder, key: start.databaseKey },
    onChanged: () => {
      emit('jobs', { rows: jobs.rows() })
    },
  })
  const jobs = createJobsService({ workspace, jobs: jobRoom.jobs, batches: commands.batches })
  const noteCommands = createNoteCommands(workspace, commands.kinds)
  const alertReader = createAlertReader({
    local,
    clock,
    memo,
    notesWithAlert: (connection, open) => reader.withAlert(connection, open),
    isGone: (note) => wentWithClient(cache, note),
  })
  const trayPublisher = createTrayPublisher({
    tray: options.tray,
    online: () => live.all().some(({ id }) => live.online(id)),
    waiting: () => outboxCounts(local).waiting,
  })

  const colleagues = (): boolean => preferences.get().notifyColleagues
  const scheduler = createAlertScheduler({
    local,
    clock,
    reader: alertReader,
    since: (id) => findConnection(local, id)?.createdAt ?? 0,
    tells: () => ({ own: preferences.get().notifyOwn, colleagues: preferences.get().notifyColleagues }),
    notify: options.notify,
    counted: (counts) => {
      emit('alerts', counts)
    },
    tray: (top, due) => {
      trayPublisher.alerts(top, due)
    },
    log: workspace.log,
  })
  let gathering: (() => void) | null = null
  const checkAlertsSoon = (): void => {
    gathering ??= clock.after(GATHER_MS, () => {
      gathering = null
      scheduler.check()
    })
  }

  const commandsMoved = (connectionId: string, datasets: readonly Dataset[]): void => {
    emit('changed', { connectionId, datasets: [...datasets], ids: null })
    emit('outbox', outboxCounts(local))
    jobRoom.moved()
    trayPublisher.refresh()
    if (datasets.includes('notes')) scheduler.check()
  }
  const noteChanged = (connectionId: string): void => {
    commandsMoved(connectionId, ['notes'])
  }
  const noteWritten = (connectionId: string): void => {
    noteChanged(connectionId)
    queue.kick(connectionId)
  }

  const wakeDemo = wakeDemoAt(workspace, start.dataFolder)
  const reviveDemo = createDemoRevival({
    workspace,
    live,
    wakeDemo,
    restart: async (id) => {
      await runner.end(id)
      await runner.wake(id)
    },
  })
  const wasOnline = new Set<string>()
  const runner = createRunner({
    workspace,
    live,
    preferences,
    createAdapter: options.createAdapter,
    createSync: options.createSync,
    syncIntervalSeconds: start.syncIntervalSeconds,
    wakeDemo,
    listeners: {
      onStatus: ({ connectionId, online }) => {
        if (online && !wasOnline.has(connectionId)) {
          queue.kick(connectionId)
          runner.probeAgain(connectionId)
        }
        if (online) wasOnline.add(connectionId)
        else wasOnline.delete(connectionId)
        if (!online) reviveDemo(connectionId)
        trayPublisher.refresh()
      },
      onChanged: (_id, datasets) => {
        if (datasets.includes('notes') || datasets.includes('clients')) checkAlertsSoon()
      },
      onListsComplete: (id) => {
        takeSample(workspace, id)
      },
      onUnauthorized: (id) => {
        runner.reject(id)
      },
      onCapabilityDoubt: (id) => {
        runner.probeAgain(id, true)
      },
    },
  })
  preferences.onChange((now, before) => {
    if (now.syncIntervalSeconds !== before.syncIntervalSeconds) runner.setIntervalSeconds(now.syncIntervalSeconds)
    scheduler.check()
  })

  const connections = createConnections({
    workspace,
    live,
    preferences,
    runner,
    createAdapter: options.createAdapter,
    dataFolder: start.dataFolder,
    wanted: start.connect,
    forgetRows: async (id) => {
      await jobRoom.jobs.forget(id)
      await options.forgetRows(id)
      noteChanged(id)
    },
    dropDemoState: options.dropDemoState,
  })
  const clients = createClients({ workspace, live, memo })
  const contracts = createList(contractSource, { workspace, memo })
  const plans = createList(planSource, { workspace, memo })
  const payments = createList(paymentSource, { workspace, memo })
  const tickets = createList(ticketSource, { workspace, memo })
  const events = createList(eventSource, { workspace, memo })
  const users = createList(userSource, { workspace, memo })
  const lists: Lists = { clients, contracts, 'tariff-plans': plans, payments, tickets, events, users }
  const notes = createNotes({
    workspace,
    reader,
    commands: noteCommands,
    runLive: commands.runLive,
    onChanged: noteWritten,
  })
  const alerts = createAlerts({ workspace, reader: alertReader, scheduler, commands: noteCommands, colleagues, onChanged: noteWritten })
  const written = (dataset: Dataset) => (connectionId: string) => {
    commandsMoved(connectionId, [dataset])
    queue.kick(connectionId)
  }
  const limits = createLimits({
    workspace,
    kinds: commands.kinds,
    batches: commands.batches,
    listed: (query) => clients.rowids(query),
    onQueued: written('limits'),
  })
  const servers = createServers({ workspace, runLive: commands.runLive, review: commands.review, onChanged: written('servers') })
  const dashboard = createDashboard({
    workspace,
    memo,
    alertsDue: (id) => {
      const due = alertReader.open(id).filter((alert) => alert.dueAt <= clock.now() && isCounted(colleagues())(alert))
      return { count: due.length, since: due[0]?.dueAt ?? null }
    },
  })
  const call = createRouter({
    handlers: {
      preferences: preferencesHandlers(preferences),
      connections: connectionsHandlers(connections),
      sync: syncHandlers({ workspace, live, runner }),
      dashboard: dashboardHandlers(dashboard),
      clients: clientsHandlers(clients),
      contracts: contractsHandlers(workspace, contracts),
      tariffPlans: tariffPlansHandlers(workspace, plans),
      payments: { list: (asked) => payments.list(asked) },
      limits,
      batches: createBatchesFeature({ workspace, ...commands, timesOf: (command) => queue.timesOf(command) }),
      servers,
      tickets: { list: (asked) => tickets.list(asked) },
      events: { list: (asked) => events.list(asked) },
      users: { list: (asked) => users.list(asked) },
      notes: notesHandlers(notes),
      alerts: alertsHandlers(alerts),
      outbox: outboxHandlers(createOutboxService({ workspace, ...commands, timesOf: (command) => queue.timesOf(command) })),
      search: searchHandlers(workspace, memo),
      lists: listsHandlers(workspace, lists),
      store: storeHandlers(options.notices),
      jobs: jobsHandlers(jobs, { checks: start.databaseKey !== null }),
      files: filesHandlers(workspace, jobRoom.files),
    },
    internal: internalHandlers({ workspace, jobs, preferences }),
    activity: options.activity,
    tell: options.tell,
  })
  return {
    call,
    preferences,
    live,
    runner,
    connections,
    commands,
    jobRoom,
    scheduler,
    connectionIds: () => listConnections(local).map(({ id }) => id),
    stopGathering: () => gathering?.(),
  }
}
