import type { z } from 'zod'
import { AppError } from '@shared/errors'
import type { ChangeRow } from '@shared/ipc/clients'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { ProjectsInput } from '@shared/ipc/project-tree'
import type { ClientRow } from '@shared/ipc/rows'
import { type ChangeEntry, clientChanges } from '../../store/local/journals'
import { findConnection } from '../../store/local/connections'
import { withLocalNotes } from '../../store/local/local-notes'
import { clientAccess } from '../../store/read/access'
import { clientDetails } from '../../store/read/client-details'
import { clientSource } from '../../store/read/client-list'
import { findClient, toClientRow } from '../../store/read/clients'
import { knownFigures } from '../../store/read/known-figures'
import { limitsOf, withUse } from '../../store/read/limits'
import type { Memo } from '../../store/read/memo'
import { lackingLists, treeRows, treeTotals } from '../../store/read/project-rows'
import { projectTree } from '../../store/read/project-tree'
import { asOfAll, asOfOwner } from '../../store/read/sync-status'
import { clientUsage } from '../../store/read/usage'
import { boundedRows, cutText } from '../answer-size'
import type { LiveConnections } from '../connections/live'
import { createList } from '../lists/list'
import type { Workspace } from '../workspace'
import { createClientDays } from './days'
import { shownExtra } from './extra'

type ClientKey = Parameters<Handlers<'clients'>['get']>[0]
type ClientWindow = Parameters<Handlers<'clients'>['access']>[0]
type ListInput = Parameters<Handlers<'clients'>['list']>[0]
export type ClientsService = ReturnType<typeof createClients>

const MOST_VALUE = 500
/** Lists inside one record, beside each other in one message. */
const MOST_PART = 30 * 1024

export const createClients = ({ workspace, live, memo }: { workspace: Workspace; live: LiveConnections; memo: Memo }) => {
  const { cache, local } = workspace
  const list = createList(clientSource, { workspace, memo, finished: (rows) => withLocalNotes(local, rows) })
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
    ...list,
    list: (asked: ListInput): Output<'clients', 'list'> => {
      const answer = list.list(asked)
      const offered = new Map([...new Set(answer.rows.map((row) => row.connectionId))].map((id) => [id, offers(id, 'limits')]))
      const older = (row: ClientRow): boolean =>
        offered.get(row.connectionId) === true && (row.limitsAt === null || row.limitsAt < (answer.asOf.at ?? 0))
      return { ...answer, limitsOlder: answer.rows.filter(older).length }
    },
    get: (key: ClientKey): Output<'clients', 'get'> => {
      const row = mustFind(key)
      const more = clientDetails(cache, key.connectionId, key.clientId)
      if (!more) throw new AppError('not-found', 'no such client')
      const known = knownFigures(cache, key.connectionId)
      const [listed] = withLocalNotes(local, [toClientRow(row, known)])
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
