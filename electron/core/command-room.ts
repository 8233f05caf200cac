import type { Dataset } from '@shared/domain/datasets'
import type { Note } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import { createBatches } from './commands/batch'
import type { NewOf } from './commands/enqueue'
import { limitsSet, type LimitStore } from './commands/kinds/limits-set'
import { noteKinds } from './commands/kinds/notes'
import { serverPower, type ServerStore } from './commands/kinds/server-power'
import { runLive } from './commands/live'
import { createQueue } from './commands/queue'
import type { Link } from './commands/queue-options'
import { createKinds } from './commands/registry'
import { createReview } from './commands/review'
import type { LiveConnections } from './features/connections/live'
import type { Workspace } from './features/workspace'
import type { Command } from './store/local/commands'
import { findConnection } from './store/local/connections'
import { knownLimits } from './store/read/limits'
import { inTransaction } from './store/sql'
import { knownNoteIds } from './store/read/notes'

export interface CommandRoomOptions {
  workspace: Workspace
  live: LiveConnections
  /** The store's write side, for answers of the platform to our own commands. */
  applyNote: (connectionId: string, note: Note) => void
  removeNote: (connectionId: string, noteId: string) => void
  applyLimits: LimitStore['applyLimits']
  applyPower: ServerStore['applyPower']
  /** Commands about these datasets moved: their screens read again. */
  onMoved: (connectionId: string, datasets: readonly Dataset[]) => void
  requestTimeoutMs: number
  settleMs: number
}

/** A thousand commands move three times each: what follows from it is done once for all that moved meanwhile. */
const GATHER_MS = 50

/** Puts the kinds of command together with what carries them out. */
export const createCommandRoom = ({ workspace, live, onMoved, ...options }: CommandRoomOptions) => {
  const { cache, local, clock } = workspace
  const kinds = createKinds([
    ...noteKinds({
      local,
      knownNoteIds: (id, clientId) => knownNoteIds(cache, id, clientId),
      applyNote: options.applyNote,
      removeNote: options.removeNote,
    }),
    limitsSet({
      now: () => clock.now(),
      applyLimits: options.applyLimits,
      knownLimits: (connectionId, clientId) => knownLimits(cache, connectionId, clientId),
    }),
    serverPower({ applyPower: options.applyPower }),
  ])
  const moved = new Map<string, Set<Dataset>>()
  let cancel: (() => void) | null = null
  const tell = (): void => {
    cancel = null
    const all = [...moved]
    moved.clear()
    for (const [connectionId, datasets] of all) onMoved(connectionId, [...datasets])
  }
  const move = (connectionId: string, dataset: Dataset): void => {
    const of = moved.get(connectionId) ?? new Set<Dataset>()
    moved.set(connectionId, of.add(dataset))
    cancel ??= clock.after(GATHER_MS, tell)
  }
  const onChanged = (command: Pick<Command, 'connectionId' | 'subject' | 'batchId'>): void => {
    move(command.connectionId, command.subject.dataset)
    batches.moved(command)
  }
  const link = (id: string): Link | null => {
    const connection = live.find(id)
    return connection && live.online(id) ? { adapter: connection.adapter, accountId: findConnection(local, id)?.accountId ?? null } : null
  }
  const queue = createQueue({
    ...options,
    ...workspace,
    kinds,
    link,
    onChanged,
    inCache: (work) => inTransaction(cache, work),
    soon: setImmediate,
    onUnauthorized: (id) => {
      live.find(id)?.sync.doubtToken()
    },
  })
  const review = createReview({ local, kinds, clock, queue, onChanged })
  const batches = createBatches({
    ...workspace,
    kinds,
    queue,
    review,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onChanged: ({ connectionId, kind }) => {
      move(connectionId, kinds.get(kind).dataset)
    },
  })
  return {
    kinds,
    queue,
    review,
    batches,
    start: (): void => {
      queue.start()
      batches.start()
    },
    /** @throws AppError `needs-connection`, and whatever the platform refuses it with. */
    runLive: (wanted: NewOf): Promise<Command> => {
      const mustLink = (id: string): Link => {
        const found = link(id)
        if (!found) throw new AppError('needs-connection', 'the platform is not reachable now')
        return found
      }
      return runLive({ ...workspace, kinds, queue, link: mustLink }, wanted)
    },
    stop: async (): Promise<void> => {
      await queue.stop()
      cancel?.()
    },
  }
}
