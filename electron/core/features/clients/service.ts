import type { z } from 'zod'
import { AppError } from '@shared/errors'
import { clientViews, type ChangeRow, type ClientQuery } from '@shared/ipc/clients'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { ProjectsInput } from '@shared/ipc/project-tree'
import type { ClientRow } from '@shared/ipc/rows'
import { clientChanges, type ChangeEntry } from '../../store/local/changes'
import { findConnection } from '../../store/local/connections'
import { localNoteCounts } from '../../store/local/pending-notes'
import { clientAccess } from '../../store/read/access'
import { clientDetails } from '../../store/read/client-details'
import { countView, partnerFacets, paymentFacets, planFacets } from '../../store/read/client-facets'
import { clientList, type ClientList } from '../../store/read/client-list'
import { clientsByRow, findClient, toClientRow } from '../../store/read/clients'
import { knownFigures } from '../../store/read/known-figures'
import { limitsOf, withUse } from '../../store/read/limits'
import type { Memo } from '../../store/read/memo'
import { lackingLists, treeRows, treeTotals } from '../../store/read/project-rows'
import { projectTree } from '../../store/read/project-tree'
import { asOfAll, asOfOwner } from '../../store/read/sync-status'
import { clientUsage } from '../../store/read/usage'
import { boundedRows } from '../bounded-rows'
import type { LiveConnections } from '../connections/live'
import type { Workspace } from '../workspace'
import { createClientDays } from './days'

type ClientKey = Parameters<Handlers<'clients'>['get']>[0]
export type ClientsService = ReturnType<typeof createClients>

/** "New" moves with the clock: to the minute is fine enough for a memo to help. */
const coarse = (now: number): number => Math.floor(now / 60_000) * 60_000

export const createClients = ({ workspace, live, memo }: { workspace: Workspace; live: LiveConnections; memo: Memo }) => {
  const { cache, local, clock } = workspace
  const listFor = (query: ClientQuery): ClientList => {
    const now = coarse(clock.now())
    return memo(`clients.list ${String(now)} ${JSON.stringify(query)}`, () => clientList(cache, query, { now, memo }))
  }
  const withLocalNotes = (rows: ClientRow[]): ClientRow[] => {
    const counts = new Map(
      [...Map.groupBy(rows, (row) => row.connectionId)].map(([id, own]) => [
        id,
        localNoteCounts(
          local,
          id,
          own.map((row) => row.id),
        ),
      ]),
    )
    return rows.map((row) => ({ ...row, notes: row.notes + (counts.get(row.connectionId)?.get(row.id) ?? 0) }))
  }
  const offers = (connectionId: string, dataset: 'limits' | 'accounts' | 'notes'): boolean =>
    findConnection(local, connectionId)?.capabilities?.datasets[dataset].offered ?? false
  const mustFind = ({ connectionId, clientId }: ClientKey) => {
    const row = findClient(cache, connectionId, clientId)
    if (!row) throw new AppError('not-found', 'no such client')
    return row
  }

  return {
    list: ({ query, offset, limit }: { query: ClientQuery; offset: number; limit: number }): Output<'clients', 'list'> => {
      const { rowids, totals } = listFor(query)
      const rows = withLocalNotes(clientsByRow(cache, rowids.slice(offset, offset + limit)))
      const asOf = asOfAll(cache, query.connectionId, ['clients'])
      const offered = new Map([...new Set(rows.map((row) => row.connectionId))].map((id) => [id, offers(id, 'limits')]))
      const older = (row: ClientRow): boolean =>
        offered.get(row.connectionId) === true && (row.limitsAt === null || row.limitsAt < (asOf.at ?? 0))
      return { rows, total: rowids.length, totals, asOf, limitsOlder: rows.filter(older).length }
    },
    count: (query: ClientQuery): number =>
      memo(`clients.count ${String(coarse(clock.now()))} ${JSON.stringify(query)}`, () => listFor(query).rowids.length),
    /** Everything that a query shows, a batch at a time, in its order. */
    batches: function* (query: ClientQuery, size: number): Generator<ClientRow[]> {
      const { rowids } = listFor(query)
      for (let at = 0; at < rowids.length; at += size) yield withLocalNotes(clientsByRow(cache, rowids.slice(at, at + size)))
    },
    facets: (connectionId: string | null): Output<'clients', 'facets'> =>
      memo(`clients.facets ${String(coarse(clock.now()))} ${connectionId ?? ''}`, () => ({
        partners: partnerFacets(cache, connectionId),
        plans: planFacets(cache, connectionId),
        paymentModels: paymentFacets(cache, connectionId),
        views: viewCounts(workspace, connectionId),
      })),
    get: (key: ClientKey): Output<'clients', 'get'> => {
      const row = mustFind(key)
      const more = clientDetails(cache, key.connectionId, key.clientId)
      if (!more) throw new AppError('not-found', 'no such client')
      const known = knownFigures(cache, key.connectionId)
      const [listed] = withLocalNotes([toClientRow(row, known)])
      return {
        ...(listed ?? toClientRow(row, known)),
        ...more,
        disks: known.disks ? row.disks : null,
        asOf: asOfAll(cache, key.connectionId, ['clients']),
        limitCount: row.limits ?? 0,
        accessCount: offers(key.connectionId, 'accounts') ? clientAccess(cache, key.connectionId, key.clientId).length : null,
      }
    },
    projects: ({ connectionId, clientId, text, folds, offset, limit }: ProjectsInput): Output<'clients', 'projects'> => {
      const asked = { owner: { connectionId, clientId }, text, folds }
      const tree = memo(`clients.projects ${JSON.stringify(asked)}`, () => projectTree(cache, asked))
      const lacking = lackingLists(cache, connectionId)
      return {
        rows: boundedRows(treeRows(cache, tree.nodes.slice(offset, offset + limit), lacking)),
        total: tree.nodes.length,
        totals: treeTotals(tree, lacking),
        asOf: asOfAll(cache, connectionId, ['projects', 'vdcs', 'servers', 'disks']),
        lacking,
      }
    },
    limits: ({ connectionId, clientId }: ClientKey): Output<'clients', 'limits'> => ({
      offered: offers(connectionId, 'limits'),
      rows: withUse(limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId }), clientUsage(cache, connectionId, clientId)),
      asOf: asOfOwner(cache, { connectionId, dataset: 'limits', ownerId: clientId }),
    }),
    access: ({ connectionId, clientId }: ClientKey): Output<'clients', 'access'> => ({
      offered: offers(connectionId, 'accounts'),
      rows: clientAccess(cache, connectionId, clientId),
      asOf: asOfAll(cache, connectionId, ['accounts']),
    }),
    changes: ({ connectionId, clientId }: ClientKey): Output<'clients', 'changes'> =>
      clientChanges(local, connectionId, clientId).flatMap(toChangeRows).slice(0, 500),
    days: createClientDays(workspace, live),
    opened: ({ connectionId, clientId }: ClientKey): void => live.find(connectionId)?.sync.opened(clientId),
  }
}

const viewCounts = ({ cache, clock }: Workspace, connectionId: string | null) => {
  const now = coarse(clock.now())
  const counts = clientViews.map((view) => [view, countView(cache, { connectionId, view, now })] as const)
  return Object.fromEntries(counts) as Record<(typeof clientViews)[number], number>
}

/** One row a field; an object that came or went is told by its kind. */
const toChangeRows = ({ dataset, kind, changes, since, at }: ChangeEntry): z.infer<typeof ChangeRow>[] => {
  const between = { from: since, to: at }
  if (kind !== 'changed') return [{ dataset, field: kind, before: null, after: null, between }]
  const fields = JSON.parse(changes) as Record<string, [unknown, unknown]>
  return Object.entries(fields).map(([field, [before, after]]) => ({ dataset, field, before: plain(before), after: plain(after), between }))
}
const plain = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
