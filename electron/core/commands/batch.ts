import type { CommandState } from '@shared/domain/commands'
import { AppError } from '@shared/errors'
import { logAction } from '../store/local/journals'
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
  undosOf,
  type Batch,
  type BatchCountKey,
} from '../store/local/batches'
import { HELD } from '../store/local/command-queue'
import type { Command } from '../store/local/commands'
import { inTransaction } from '../store/sql'
import { collectReverse, SLICE, type Reversal } from './batch-undo'
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
  /** What it was made of, for its page. */
  about?: unknown
  /** The page's own name for it: asked for again, the batch that is there is answered. */
  id?: string
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
  counts: ReadonlyMap<BatchCountKey, number>
}
export interface UndoPreview extends Pick<Reversal, 'without' | 'changed'>, Pick<BatchProgress, 'underWay' | 'waiting'> {
  commands: number
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
  /** What taking it back would do now. Nothing is written. */
  undoPreview(id: string): Promise<UndoPreview>
  /**
   * Takes the whole batch back: what has not left is dropped, what was done is reversed by a batch of its own. A subject that
   * was changed since is not overwritten: the reverse stands on what was written, and ends as a conflict. `without`: done, and
   * there is no way back; `underWay`: not known to be done yet, and so not reversed: asked again, it is the turn of those.
   */
  undo(id: string): Promise<{ id: string | null; commands: number; without: number; underWay: number }>
  /** A command moved: the rest may begin. */
  moved(command: Pick<Command, 'batchId'>): void
}

export const createBatches = (options: BatchOptions): Batches => {
  const { local, kinds, clock, newId, queue } = options
  const reversing = { local, kinds, pause: options.pause }
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
    const sum = (...states: BatchCountKey[]): number => states.reduce((all, state) => all + (counts.get(state) ?? 0), 0)
    return {
      batch,
      total: [...counts.values()].reduce((all, count) => all + count, 0),
      done: sum('done'),
      failed: sum('rejected', 'conflict', 'blocked'),
      underWay: sum('sending', 'running', 'unknown'),
      waiting: sum('pending', 'held', 'tried'),
      dropped: sum('dropped'),
      counts,
    }
  }

  const create = async (wanted: NewBatch): Promise<string> => {
    const { connectionId, kind, words, first, commands, undoOf = null, about = null } = wanted
    const there = wanted.id === undefined ? null : findBatch(local, wanted.id)
    if (there && there.state !== 'cancelled') return there.id
    // One of that name that a kill left half-written was given up at the start.
    const id = there ? newId() : (wanted.id ?? newId())
    if (kinds.get(kind).mode !== 'queued') throw new AppError('internal', `${kind} is live: it is no part of a batch`)
    if (commands.length === 0) throw new AppError('invalid-input', 'a batch needs a command')
    const at = clock.now()
    const batch: Batch = {
      id,
      connectionId,
      kind,
      words,
      state: 'preparing',
      first: Math.min(first ?? commands.length, commands.length),
      undoOf,
      about: about === null ? null : JSON.stringify(about),
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
    undoPreview: async (id) => {
      const { waiting, underWay } = progressOf(mustFind(id))
      const { commands, without, changed } = await collectReverse(reversing, id)
      return { commands: commands.length, without, changed, underWay, waiting }
    },
    undo: async (id) => {
      const batch = mustFind(id)
      const { waiting, underWay } = progressOf(batch)
      if (waiting > 0) cancel(id)
      const { kind, commands, without } = await collectReverse(reversing, id)
      if (kind === null) return { id: undosOf(local, id)[0] ?? null, commands: 0, without, underWay }
      const { connectionId, words } = batch
      const about = batch.about === null ? null : (JSON.parse(batch.about) as unknown)
      const undo = await create({ connectionId, kind, words, first: null, commands, undoOf: id, about })
      return { id: undo, commands: commands.length, without, underWay }
    },
    moved: ({ batchId }) => {
      const batch = batchId === null ? null : findBatch(local, batchId)
      if (batch) decide(batch)
    },
  }
}
