import type { ConnectionSettings } from '../../shared/domain/connections/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import type { Note } from '../../shared/domain/entities'
import type { Output } from '../../shared/ipc/contract'
import type { AlertNotification } from '../../shared/ipc/host-protocol'
import { createAlertReader } from '../../electron/core/features/alerts/reader'
import { createAlertScheduler } from '../../electron/core/features/alerts/scheduler'
import { noteKinds } from '../../electron/core/commands/kinds/notes'
import { runLive } from '../../electron/core/commands/live'
import { createQueue } from '../../electron/core/commands/queue'
import type { Link } from '../../electron/core/commands/queue-options'
import { createKinds } from '../../electron/core/commands/registry'
import { createReview } from '../../electron/core/commands/review'
import { createNoteCommands } from '../../electron/core/features/notes/commands'
import { createNotesReader } from '../../electron/core/features/notes/reader'
import { createNotes } from '../../electron/core/features/notes/service'
import { createOutboxService } from '../../electron/core/features/outbox/service'
import type { Workspace } from '../../electron/core/features/workspace'
import type { Capabilities, PlatformAdapter } from '../../electron/core/platforms/port/core'
import type { NoteWrites } from '../../electron/core/platforms/port/writes'
import { applyNote, removeNote } from '../../electron/core/store/cache/notes'
import type { Store } from '../../electron/core/store/connection'
import { findConnection, insertConnection } from '../../electron/core/store/local/connections'
import { knownNoteIds, wentWithClient } from '../../electron/core/store/read/notes'
import { AppError } from '../../shared/errors'
import { datasets } from '../../shared/domain/datasets'
import type { TestClock } from './core-clock'
import type { NotesPlatform } from './notes-platform'
import { untilKilled } from './killed'

export const CONNECTION = 'c1'

export const settingsAt = (baseUrl: string, utcOffsetMinutes = 0): ConnectionSettings => ({
  ...{ platform: 'rustack', baseUrl, utcOffsetMinutes },
  ...{ caPem: null, clientCertPem: null, proxyUrl: null, profile: null },
})

export const everythingOffered = (): Capabilities => ({
  datasets: Object.fromEntries(
    datasets.map((dataset) => [dataset, { offered: true, certainty: 'known', reason: null, walk: 'collection' }]),
  ),
  writes: { notes: { offered: true, certainty: 'inferred', reason: null } },
  pageSize: null,
})

export const addConnection = (store: Store, clock: { now(): number }, change: { capabilities?: Capabilities; id?: string } = {}): void => {
  insertConnection(store.local, {
    id: change.id ?? CONNECTION,
    name: 'Cloud',
    settings: settingsAt('http://127.0.0.1:1'),
    billingOffsetMinutes: 180,
    language: 'ru',
    color: '#7a63d8',
    demo: false,
    accountId: 'me',
    accountLogin: 'me@example.test',
    accountName: 'Me',
    state: 'active',
    secrets: null,
    capabilities: change.capabilities ?? everythingOffered(),
    createdAt: clock.now() - 86_400_000,
  })
}

let names = 0
export const workspaceOf = (store: Store, clock: TestClock, random: () => number = () => 0.5): Workspace => ({
  cache: store.cache,
  local: store.local,
  clock,
  random,
  newId: () => `id${String(++names)}`,
  emit: () => undefined,
  ask: () => Promise.reject(new Error('nothing to ask')),
  log: () => undefined,
})

/** After a kill nobody is there to hear an answer: what was under way stays under way for ever. */
const mortal = (adapter: NotesPlatform['adapter'], isDead: () => boolean): PlatformAdapter => {
  const heard =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (isDead()) return new Promise(() => undefined)
      const [outcome] = await Promise.allSettled([ask(...args)])
      if (isDead()) return new Promise(() => undefined)
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    }
  const { notes } = adapter
  return {
    ...adapter,
    notes: {
      create: heard((...args: Parameters<NoteWrites['create']>) => notes.create(...args)),
      update: heard((...args: Parameters<NoteWrites['update']>) => notes.update(...args)),
      confirm: heard((...args: Parameters<NoteWrites['confirm']>) => notes.confirm(...args)),
      remove: heard((...args: Parameters<NoteWrites['remove']>) => notes.remove(...args)),
      ofClient: heard((...args: Parameters<NoteWrites['ofClient']>) => notes.ofClient(...args)),
    },
  }
}

type Rows = Output<'outbox', 'list'>['rows']
/** The three sides of each row as objects too, which read better in tests than fields do. */
export const sidesOf = ({ fields, known }: Rows[number]) => {
  const side = (of: 'base' | 'mine' | 'theirs') => Object.fromEntries(fields.map((field) => [field.key, field[of]]))
  return { base: known.base ? side('base') : null, mine: side('mine'), theirs: known.theirs ? side('theirs') : null }
}
const withSides = (list: Output<'outbox', 'list'>) => ({ ...list, rows: list.rows.map((row) => ({ ...row, ...sidesOf(row) })) })

export interface DeskOptions {
  store: Store
  clock: TestClock
  platform: NotesPlatform
  random?: () => number
  online?: () => boolean
  applyNote?: (store: Store, connectionId: string, note: Note) => void
  settleMs?: number
  colleagues?: () => boolean
}

/** Notes, outbox and alerts over one store, as the core wires them; a "kill" is to forget the app and make another. */
export const createNotesConsole = (options: DeskOptions) => {
  const { store, clock, platform } = options
  const workspace = workspaceOf(store, clock, options.random)
  const notified: AlertNotification[] = []
  let dead = false
  const online = options.online ?? (() => true)
  const reader = createNotesReader(workspace)
  const kinds = createKinds(
    noteKinds({
      local: store.local,
      knownNoteIds: (id, clientId) => knownNoteIds(store.cache, id, clientId),
      applyNote: (id, note) => {
        ;(options.applyNote ?? applyNote)(store, id, note)
      },
      removeNote: (id, noteId) => {
        removeNote(store, id, { noteId, at: clock.now() })
      },
    }),
  )
  const commands = createNoteCommands(workspace, kinds)
  const adapter = mortal(platform.adapter, () => dead)
  const link = (): Link | null => (online() && !dead ? { adapter, accountId: 'me' } : null)
  const alertReader = createAlertReader({
    local: store.local,
    clock,
    memo: createMemo(store, 10),
    isGone: (note) => wentWithClient(store.cache, note),
    notesWithAlert: (connection, open) => reader.withAlert(connection, open),
  })
  const scheduler = createAlertScheduler({
    local: store.local,
    clock,
    reader: alertReader,
    since: (id) => findConnection(store.local, id)?.createdAt ?? 0,
    tells: () => ({ own: true, colleagues: options.colleagues?.() ?? false }),
    notify: (notification) => notified.push(notification),
    counted: () => undefined,
    tray: () => undefined,
    log: () => undefined,
  })
  const onChanged = (): void => {
    if (!dead) scheduler.check()
  }
  const outbox = createQueue({
    local: store.local,
    kinds,
    clock,
    random: workspace.random,
    link,
    onChanged,
    onUnauthorized: () => undefined,
    requestTimeoutMs: 30_000,
    settleMs: options.settleMs ?? 31_000,
    log: () => undefined,
    ...untilKilled(store, () => dead),
  })
  const kick = (): void => {
    outbox.kick(CONNECTION)
  }
  const notes = createNotes({
    workspace,
    reader,
    commands,
    runLive: (wanted) =>
      runLive(
        {
          ...workspace,
          kinds,
          queue: outbox,
          link: () => {
            const found = link()
            if (!found) throw new AppError('needs-connection', 'not reachable')
            return found
          },
        },
        wanted,
      ),
    onChanged: () => {
      onChanged()
      kick()
    },
  })
  const service = createOutboxService({
    workspace,
    kinds,
    review: createReview({ local: store.local, kinds, clock, queue: outbox, onChanged }),
    timesOf: (command) => outbox.timesOf(command),
  })
  /** As a page writes it: each note under a name of its own. */
  const create = (input: Omit<Parameters<typeof notes.create>[0], 'requestId'> & { requestId?: string }) =>
    notes.create({ requestId: `page-${workspace.newId()}-request`, ...input })
  return {
    notes: { ...notes, create },
    outbox,
    scheduler,
    alertReader,
    notified,
    kick,
    kinds,
    commands: { ...service, list: (input: Parameters<typeof service.list>[0]) => withSides(service.list(input)) },
    list: (clientId: string) =>
      notes.list({ connectionId: CONNECTION, clientId, filter: { today: null, authorId: null, system: null }, offset: 0, limit: 200 }).rows,
    kill: () => {
      dead = true
      scheduler.stop()
    },
  }
}
export type NotesConsole = ReturnType<typeof createNotesConsole>
