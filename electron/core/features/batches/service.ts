import { batchGroupOf, batchGroups, type BatchGroup } from '@shared/domain/batches'
import { BatchAbout, type BatchHead, type BatchProgress, type BatchRow } from '@shared/ipc/batches'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { Batches, BatchProgress as Counted } from '../../commands/batch'
import type { CommandKinds } from '../../commands/kind'
import type { CommandTimes } from '../../commands/step'
import { batchWindow, undosOf } from '../../store/local/batches'
import { HELD } from '../../store/local/command-queue'
import type { Command } from '../../store/local/commands'
import { listConnections } from '../../store/local/connections'
import { clientName } from '../../store/read/notes'
import { boundedRows, cutLong, cutTexts } from '../answer-size'
import { toOutboxRow } from '../outbox/rows'
import type { Workspace } from '../workspace'

export interface BatchesOptions {
  workspace: Workspace
  kinds: CommandKinds
  batches: Batches
  timesOf: (command: Command) => CommandTimes
}
type Get = Parameters<Handlers<'batches'>['get']>[0]
const MOST_NAMES = 50

/** Batches as their pages show them, and what a person may do about one. */
export const createBatchesFeature = ({ workspace, kinds, batches, timesOf }: BatchesOptions): Handlers<'batches'> => {
  const { cache, local } = workspace
  const nameOf = (connectionId: string, clientId: string | null): string =>
    clientId === null ? '' : cutLong(clientName(cache, connectionId, clientId))
  const told = ({ batch, counts, total, done, waiting, dropped }: Counted): BatchProgress => {
    const of = (state: Parameters<typeof counts.get>[0]): number => counts.get(state) ?? 0
    const { id, connectionId, kind, state, first, undoOf, createdAt } = batch
    return {
      ...{ id, connectionId, kind, state, first, undoOf, createdAt, total, done, dropped },
      connectionName: listConnections(local).find((one) => one.id === connectionId)?.name ?? '',
      about: aboutOf(batch.about),
      undoneBy: undosOf(local, id)[0] ?? null,
      ...{ rejected: of('rejected'), conflicts: of('conflict'), blocked: of('blocked'), unknown: of('unknown') },
      ...{ sending: of('sending') + of('running'), retrying: of('tried'), waiting: waiting - of('tried') },
    }
  }
  const toRow = (command: Command): BatchRow => {
    const { id, connectionId, clientId, fields, words, error, known, attempts } = toOutboxRow(kinds, command)
    const held = command.state === 'pending' && command.dueAt === HELD
    return cutTexts({
      ...{ id, connectionId, clientId, fields, words, error, attempts, held, state: command.state },
      known: { theirs: known.theirs },
      group: batchGroupOf(command.state, !held && command.error !== null),
      clientName: nameOf(connectionId, clientId),
      ...timesOf(command),
      at: command.updatedAt,
    })
  }

  const lines = (
    { id, view, offset, limit }: Get,
    counts: Record<BatchGroup, number>,
  ): { rows: (BatchHead | BatchRow)[]; total: number } => {
    if (view !== 'all') return { rows: batchWindow(local, { id, group: view, offset, limit }).map(toRow), total: counts[view] }
    const heads = headsOf(counts)
    const total = heads.length + batchGroups.reduce((sum, group) => sum + counts[group], 0)
    const end = offset + limit
    const before = heads.filter(({ at }) => at < offset).length
    const within = heads.filter(({ at }) => at >= offset && at < end)
    const most = Math.max(0, Math.min(end, total) - offset - within.length)
    const rows: (BatchHead | BatchRow)[] = batchWindow(local, { id, group: null, offset: offset - before, limit: most }).map(toRow)
    for (const { at, head } of within) rows.splice(at - offset, 0, head)
    return { rows, total }
  }

  return {
    list: ({ limit }) => ({ rows: boundedRows(batches.list(limit).map(told)) }),
    get: (asked): Output<'batches', 'get'> => {
      const batch = told(batches.progress(asked.id))
      const { rejected, conflicts, blocked, unknown, sending, retrying, waiting, done, dropped } = batch
      const counts = { decide: rejected + conflicts + blocked, unknown, work: sending + retrying, waiting, done, dropped }
      const { rows, total } = lines(asked, counts)
      return { batch, rows: boundedRows(rows), total, counts }
    },
    goOn: ({ id }) => {
      batches.goOn(id)
      return {}
    },
    cancel: ({ id }) => {
      batches.cancel(id)
      return {}
    },
    retryFailed: ({ id }) => ({ commands: batches.retryFailed(id) }),
    undoPreview: async ({ id }) => {
      const { connectionId } = batches.progress(id).batch
      const { changed, ...found } = await batches.undoPreview(id)
      const names = changed.slice(0, MOST_NAMES).map(({ clientId }) => nameOf(connectionId, clientId))
      return { ...found, changed: changed.length, names: boundedRows(names) }
    },
    undo: ({ id }) => batches.undo(id),
  }
}

/** Where each group's head stands among the lines. */
const headsOf = (counts: Record<BatchGroup, number>): { at: number; head: BatchHead }[] => {
  let at = 0
  return batchGroups.flatMap((group) => {
    if (counts[group] === 0) return []
    const head = { at, head: { id: `head ${group}`, connectionId: '' as const, group, count: counts[group] } }
    at += counts[group] + 1
    return [head]
  })
}

/** Of a version that this one cannot read, or of a batch that keeps none: nothing. */
const aboutOf = (stored: string | null): BatchProgress['about'] => {
  if (stored === null) return null
  const read = BatchAbout.safeParse(JSON.parse(stored))
  return read.success ? read.data : null
}
