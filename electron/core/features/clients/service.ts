import type { z } from 'zod'
import { foldText } from '@shared/domain/search-text'
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
import { countView, optionsOf, paymentFacets } from '../../store/read/client-facets'
import { lackingOf } from '../../store/read/client-lists'
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
import { cutText } from '../cut-text'
import type { LiveConnections } from '../connections/live'
import type { Workspace } from '../workspace'
import { createClientDays } from './days'
import { shownExtra } from './extra'

type ClientKey = Parameters<Handlers<'clients'>['get']>[0]
type ClientWindow = Parameters<Handlers<'clients'>['access']>[0]
type OptionsInput = Parameters<Handlers<'clients'>['options']>[0]
export type ClientsService = ReturnType<typeof createClients>

const MOST_NAME = 300
const MOST_VALUE = 500
/** Lists inside one record, beside each other in one message. */
const MOST_PART = 30 * 1024

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
    findConnection(local, connectionId)?.capabilities?.datasets[dataset]?.offered ?? false
  const accessKnown = (connectionId: string): boolean =>
    offers(connectionId, 'accounts') && asOfAll(cache, connectionId, ['accounts']).at !== null
  const mustFind = ({ connectionId, clientId }: ClientKey) => {
    const row = findClient(cache, connectionId, clientId)
    if (!row) throw new AppError('not-found', 'no such client')
    return row
  }

  return {
    list: ({ query, offset, limit }: { query: ClientQuery; offset: number; limit: number }): Output<'clients', 'list'> => {
      const { rowids, totals } = listFor(query)
      const rows = boundedRows(withLocalNotes(clientsByRow(cache, rowids.slice(offset, offset + limit))))
      const asOf = asOfAll(cache, query.connectionId, ['clients'])
      const offered = new Map([...new Set(rows.map((row) => row.connectionId))].map((id) => [id, offers(id, 'limits')]))
      const older = (row: ClientRow): boolean =>
        offered.get(row.connectionId) === true && (row.limitsAt === null || row.limitsAt < (asOf.at ?? 0))
      return { rows, total: rowids.length, totals, asOf, limitsOlder: rows.filter(older).length, lacking: lackingOf(cache, query) }
    },
    /** null where the query stands on a list that was not read. */
    count: (query: ClientQuery): number | null =>
      memo(`clients.count ${String(coarse(clock.now()))} ${JSON.stringify(query)}`, () =>
        lackingOf(cache, query).length > 0 ? null : listFor(query).rowids.length,
      ),
    /** Everything that a query shows, a batch at a time, in its order. */
    batches: function* (query: ClientQuery, size: number): Generator<ClientRow[]> {
      const { rowids } = listFor(query)
      for (let at = 0; at < rowids.length; at += size) yield withLocalNotes(clientsByRow(cache, rowids.slice(at, at + size)))
    },
    facets: (connectionId: string | null): Output<'clients', 'facets'> =>
      memo(`clients.facets ${String(coarse(clock.now()))} ${connectionId ?? ''}`, () => ({
        paymentModels: boundedRows(paymentFacets(cache, connectionId)),
        views: viewCounts(workspace, connectionId),
      })),
    options: ({ connectionId, field, text, ids, offset, limit }: OptionsInput): Output<'clients', 'options'> => {
      const all = memo(`clients.options ${field} ${connectionId ?? ''}`, () => optionsOf(cache, field, connectionId))
      const needle = foldText(text)
      const wanted = ids === null ? null : new Set(ids)
      const found = all.filter(({ id, name }) => (wanted === null ? foldText(name).includes(needle) : wanted.has(id)))
      const rows = found.slice(offset, offset + limit).map((row) => ({ ...row, name: cutText(row.name, MOST_NAME) }))
      return { rows: boundedRows(rows), total: found.length }
    },
    get: (key: ClientKey): Output<'clients', 'get'> => {
      const row = mustFind(key)
      const more = clientDetails(cache, key.connectionId, key.clientId)
      if (!more) throw new AppError('not-found', 'no such client')
      const known = knownFigures(cache, key.connectionId)
      const [listed] = withLocalNotes([toClientRow(row, known)])
      return {
        ...(listed ?? toClientRow(row, known)),
        ...more,
        contacts: boundedRows(more.contacts, MOST_PART),
        hypervisors: boundedRows(more.hypervisors, MOST_PART),
        ...shownExtra(more.extra),
        disks: known.disks ? row.disks : null,
        asOf: asOfAll(cache, key.connectionId, ['clients']),
        limitCount: row.limits ?? 0,
        accessCount: accessKnown(key.connectionId) ? clientAccess(cache, key.connectionId, key.clientId).length : null,
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
    limits: ({ connectionId, clientId }: ClientKey): Output<'clients', 'limits'> => {
      const rows = withUse(
        limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId }),
        clientUsage(cache, connectionId, clientId),
      )
      const asOf = asOfOwner(cache, { connectionId, dataset: 'limits', ownerId: clientId })
      return { offered: offers(connectionId, 'limits'), rows: boundedRows(rows), total: rows.length, asOf }
    },
    access: ({ connectionId, clientId, offset, limit }: ClientWindow): Output<'clients', 'access'> => {
      const rows = clientAccess(cache, connectionId, clientId)
      const asOf = asOfAll(cache, connectionId, ['accounts'])
      return { offered: offers(connectionId, 'accounts'), rows: boundedRows(rows.slice(offset, offset + limit)), total: rows.length, asOf }
    },
    changes: ({ connectionId, clientId, offset, limit }: ClientWindow): Output<'clients', 'changes'> => {
      const rows = clientChanges(local, connectionId, clientId).flatMap(toChangeRows)
      return { rows: boundedRows(rows.slice(offset, offset + limit)), total: rows.length }
    },
    days: createClientDays(workspace, live),
    opened: ({ connectionId, clientId }: ClientKey): void => live.find(connectionId)?.sync.opened(clientId),
  }
}

const viewCounts = ({ cache, clock }: Workspace, connectionId: string | null) => {
  const now = coarse(clock.now())
  const known = (view: (typeof clientViews)[number]): boolean => lackingOf(cache, { connectionId, view, filters: [] }).length === 0
  const counts = clientViews.map((view) => [view, known(view) ? countView(cache, { connectionId, view, now }) : null] as const)
  return Object.fromEntries(counts) as Record<(typeof clientViews)[number], number | null>
}

/** One row a field; an object that came or went is told by its kind. */
const toChangeRows = ({ dataset, kind, changes, since, at }: ChangeEntry): z.infer<typeof ChangeRow>[] => {
  const between = { from: since, to: at }
  const fields = JSON.parse(changes) as Record<string, [unknown, unknown]>
  if (kind !== 'changed') {
    const [before, after] = fields['name'] ?? [null, null]
    return [{ dataset, field: kind, before: plain(before), after: plain(after), between }]
  }
  return Object.entries(fields).map(([field, [before, after]]) => ({ dataset, field, before: plain(before), after: plain(after), between }))
}
const plain = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return cutText(typeof value === 'string' ? value : JSON.stringify(value), MOST_VALUE)
}
