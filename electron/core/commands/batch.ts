import type { CommandState } from '@shared/domain/commands'
import { AppError } from '@shared/errors'
import { logAction } from '../store/local/action-log'
import {
  batchCommands,
  batchCounts,
  batchesIn,
  dropEmptyBatches,
  dropUnsent,
  findBatch,
  insertBatch,
  listBatches,
  releaseHeld,
  retryRejected,
  saveBatchState,
  type Batch,
} from '../store/local/batches'
import { HELD } from '../store/local/command-queue'
import type { Command } from '../store/local/commands'
import { inTransaction } from '../store/sql'
import { enqueue, type Enqueue, type NewOf } from './enqueue'
import type { CommandQueue } from './queue'
import type { CommandReview } from './review'

export interface BatchOptions extends Enqueue {
  queue: Pick<CommandQueue, 'kick'>
  review: Pick<CommandReview, 'discard'>
  /** Lets the rest of the program run between two slices of work. */
  pause: () => Promise<void>
  onChanged: (batch: Batch) => void
}
export interface NewBatch {
  connectionId: string
  kind: string
  /** What it does, in one line. */
  words: string
  /** So many go first, and the rest when all of them are done; null = all at once. */
  first: number | null
  commands: readonly Pick<NewOf, 'subject' | 'clientId' | 'payload' | 'base'>[]
  undoOf?: string | null
}
export interface BatchProgress {
  batch: Batch
  total: number
  done: number
  /** Refused, in conflict or of an outcome that cannot be told: each waits for a person. */
  failed: number
  underWay: number
  waiting: number
  dropped: number
}
export interface Batches {
  /** Ends what an earlier run left half-written, and goes on with what it began. */
  start(): void
  /** Writes a batch and its commands, and begins. When it is answered, all of it is on disk. @returns its id. */
  create(wanted: NewBatch): Promise<string>
  /** @throws AppError `not-found`. */
  progress(id: string): BatchProgress
  list(limit: number): BatchProgress[]
  commands(of: { id: string; after: number; limit: number; state?: CommandState }): Command[]
  /** Sends the rest though not all of the first were carried out. */
  goOn(id: string): void
  /** Drops what has not left; what is under way ends as it ends. */
  cancel(id: string): void
  /** Sends again what the platform refused. @returns how many. */
  retryFailed(id: string): number
  /**
   * Takes the whole batch back: what has not left is dropped, what was done is reversed by a batch of its own. A subject that
   * was changed since is not overwritten: the reverse stands on what was written, and ends as a conflict. `without`: done, and
   * there is no way back; `underWay`: not known to be done yet, and so not reversed.
   */
  undo(id: string): Promise<{ id: string | null; commands: number; without: number; underWay: number }>
  /** A command moved: the rest may begin. */
  moved(command: Pick<Command, 'batchId'>): void
}

const SLICE = 50

export const createBatches = (options: BatchOptions): Batches => {
  const { local, kinds, clock, newId, queue } = options
  const mustFind = (id: string): Batch => {
    const found = findBatch(local, id)
    if (!found) throw new AppError('not-found', 'no such batch')
    return found
  }
  const record = ({ id, connectionId, kind, words }: Batch, action: string, details: Record<string, unknown> = {}): void => {
    logAction(local, { at: clock.now(), connectionId, action, subject: id, details: { kind, words, ...details } })
  }
  const move = (batch: Batch, state: Batch['state'], work: () => void = () => undefined): void => {
    inTransaction(local, () => {
      saveBatchState(local, { id: batch.id, state, at: clock.now() })
      work()
    })
    options.onChanged({ ...batch, state })
    queue.kick(batch.connectionId)
  }
  const releaseAll = (batch: Batch): void => {
    move(batch, 'all', () => {
      releaseHeld(local, batch.id, HELD)
    })
  }
  /** The first are done: the rest goes. One that ended otherwise stops it; one that is still open is waited for. */
  const decide = (batch: Batch): void => {
    if (batch.state !== 'first' && batch.state !== 'stopped') return
    const { done, failed, dropped } = progressOf(batch)
    if (done >= batch.first) releaseAll(batch)
    else if (batch.state === 'first' && failed + dropped > 0) move(batch, 'stopped')
  }
  const progressOf = (batch: Batch): BatchProgress => {
    const counts = batchCounts(local, batch.id)
    const sum = (...states: (CommandState | 'held')[]): number => states.reduce((all, state) => all + (counts.get(state) ?? 0), 0)
    return {
      batch,
      total: [...counts.values()].reduce((all, count) => all + count, 0),
      done: sum('done'),
      failed: sum('rejected', 'conflict', 'blocked'),
      underWay: sum('sending', 'running', 'unknown'),
      waiting: sum('pending', 'held'),
      dropped: sum('dropped'),
    }
  }

  const create = async ({ connectionId, kind, words, first, commands, undoOf = null }: NewBatch): Promise<string> => {
    if (kinds.get(kind).mode !== 'queued') throw new AppError('internal', `${kind} is live: it is no part of a batch`)
    if (commands.length === 0) throw new AppError('invalid-input', 'a batch needs a command')
    const at = clock.now()
    const batch: Batch = {
      id: newId(),
      connectionId,
      kind,
      words,
      state: 'preparing',
      first: Math.min(first ?? commands.length, commands.length),
      undoOf,
      createdAt: at,
      updatedAt: at,
    }
    insertBatch(local, batch)
    for (let from = 0; from < commands.length; from += SLICE) {
      inTransaction(local, () => {
        for (const command of commands.slice(from, from + SLICE))
          enqueue(options, { ...command, connectionId, kind, batchId: batch.id, dueAt: HELD })
      })
      await options.pause()
    }
    inTransaction(local, () => {
      record(batch, 'batch.start', { commands: commands.length, first: batch.first, undoOf: batch.undoOf })
      saveBatchState(local, { id: batch.id, state: batch.first < commands.length ? 'first' : 'all', at: clock.now() })
      releaseHeld(local, batch.id, batch.first)
    })
    options.onChanged(mustFind(batch.id))
    queue.kick(connectionId)
    return batch.id
  }

  const dropRest = (batch: Batch): void => {
    for (const id of dropUnsent(local, batch.id, clock.now())) options.review.discard(id)
  }
  const cancel = (id: string): void => {
    const batch = mustFind(id)
    move(batch, 'cancelled', () => {
      dropRest(batch)
      record(batch, 'batch.cancel')
    })
  }

  return {
    start: () => {
      for (const batch of batchesIn(local, 'preparing'))
        move(batch, 'cancelled', () => {
          dropRest(batch)
        })
      for (const batch of [...batchesIn(local, 'first'), ...batchesIn(local, 'stopped')]) decide(batch)
      dropEmptyBatches(local)
    },
    create,
    progress: (id) => progressOf(mustFind(id)),
    list: (limit) => listBatches(local, limit).map(progressOf),
    commands: (of) => batchCommands(local, of),
    goOn: (id) => {
      const batch = mustFind(id)
      if (batch.state === 'cancelled') throw new AppError('rejected', 'the batch was cancelled')
      record(batch, 'batch.go-on')
      releaseAll(batch)
    },
    cancel,
    retryFailed: (id) => {
      const batch = mustFind(id)
      let count = 0
      move(batch, batch.state, () => {
        count = retryRejected(local, id, clock.now())
        record(batch, 'batch.retry', { commands: count })
      })
      return count
    },
    undo: async (id) => {
      const batch = mustFind(id)
      const { waiting, underWay } = progressOf(batch)
      if (waiting > 0) cancel(id)
      const reverse: { kind: string; command: NewBatch['commands'][number] }[] = []
      let without = 0
      for (let after = 0; ;) {
        const slice = batchCommands(local, { id, after, limit: SLICE, state: 'done' })
        for (const command of slice) {
          const kind = kinds.get(command.kind)
          const back = kind.undo?.(command) ?? null
          if (back === null) without++
          else
            reverse.push({
              kind: back.kind,
              command: { subject: command.subject, clientId: command.clientId, payload: back.payload, base: back.base },
            })
        }
        if (slice.length < SLICE) break
        after = slice.at(-1)?.seq ?? after
        await options.pause()
      }
      const [one] = reverse
      if (!one) return { id: null, commands: 0, without, underWay }
      if (reverse.some(({ kind }) => kind !== one.kind)) throw new AppError('internal', 'a batch is taken back by one kind of command')
      const { connectionId, words } = batch
      const commands = reverse.map(({ command }) => command)
      const undo = await create({ connectionId, kind: one.kind, words, first: null, commands, undoOf: id })
      return { id: undo, commands: commands.length, without, underWay }
    },
    moved: ({ batchId }) => {
      const batch = batchId === null ? null : findBatch(local, batchId)
      if (batch) decide(batch)
    },
  }
}
