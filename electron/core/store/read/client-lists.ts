import type { Dataset } from '@shared/domain/datasets'
import type { ClientFilter, ClientQuery } from '@shared/ipc/clients'
import type { Missing } from '@shared/ipc/rows'
import type { Db } from '../sql'
import { clientStandsOn, knownFigures } from './known-figures'
import { asOfAll, figuresAsOf } from './sync-status'

const viewLists: Record<ClientQuery['view'], readonly Dataset[]> = {
  all: ['clients'],
  new: ['clients'],
  negative: ['clients', 'contracts'],
  unmanaged: ['clients', 'accounts'],
  'near-limit': ['limits', ...clientStandsOn('servers'), 'disks'],
}
const filterLists = (filter: ClientFilter): readonly Dataset[] => {
  if (filter.field === 'plan' || filter.field === 'balance') return ['contracts']
  if (filter.field === 'limit') return filter.type === null ? viewLists['near-limit'] : ['limits', ...clientStandsOn(filter.type)]
  return []
}

/** The lists that decide which clients a query shows. */
const listsOf = ({ view, filters }: Pick<ClientQuery, 'view' | 'filters'>): Dataset[] => [
  ...new Set([...viewLists[view], ...filters.flatMap(filterLists)]),
]

/** Counted beside the rows: known only once they were computed. */
const counted: ReadonlySet<Dataset> = new Set<Dataset>(['limits', 'accounts', 'servers', 'disks', 'networks', 'routers', 'ports'])

/** Which of them were never read to their end, and why: a condition on what is not known is met by nobody so far. */
export const lackingOf = (cache: Db, query: Pick<ClientQuery, 'connectionId' | 'view' | 'filters'>): Missing[] => {
  const { connectionId } = query
  const lists = listsOf(query)
  const lacking = lists.flatMap((dataset) => {
    const { at, missing } = (counted.has(dataset) ? figuresAsOf : asOfAll)(cache, connectionId, [dataset])
    return at === null && missing !== null ? [missing] : []
  })
  if (!lists.includes('accounts') || connectionId === null || lacking.some(({ dataset }) => dataset === 'accounts')) return lacking
  // Accounts whose access the platform does not say may administer anyone.
  return knownFigures(cache, connectionId).unmanaged ? lacking : [...lacking, { dataset: 'accounts', why: 'without-fields', text: null }]
}
