import { clientList } from '@shared/domain/lists/clients'
import { sumByCurrency, type Money } from '@shared/domain/money'
import type { LimitFilter } from '@shared/ipc/clients'
import type { ClientRow } from '@shared/ipc/rows'
import { sql } from '../sql'
import { clientFigures, type ClientFigures } from './client-figures'
import { lackingOf } from './client-lists'
import { clientJoins, limitCondition } from './client-query'
import { clientsByRow } from './clients'
import { unmanagedKnown } from './known-figures'
import type { ListSource } from './list'
import { listOf } from './query'
import { rowidsMatching } from './search'

/** A client is new for a month. */
const NEW_FOR_MS = 30 * 86_400_000
/** A platform's clock may be ahead of ours; what lies further ahead is no moment at all. */
const CLOCKS_DIFFER_MS = 3_600_000

export interface ClientTotals {
  balance: Money[]
  projects: number
  /** null where some of it is not known. */
  servers: number | null
  cpu: number | null
  ramGb: number | null
  volumeGb: number | null
}

export const clientSource: ListSource<typeof clientList, ClientRow, ClientTotals, ClientFigures, LimitFilter> = {
  spec: clientList,
  table: 'client',
  alias: 'c',
  joins: clientJoins,
  tie: 'c.name_folded',
  sorts: {
    name: 'c.name_folded',
    created: 'c.created_at',
    balance: 'k.balance_minor',
    plan: 'k.plan_name',
    contract: 'k.name',
    projects: 'c.projects',
    partner: 'c.partner_name',
    servers: 's.servers',
    cpu: 's.cpu',
    ram: 's.ram_gb',
    volume: 's.volume_gb',
    limit: 's.tight_share',
  },
  views: {
    negative: () => sql`k.balance_minor < 0`,
    'near-limit': () => sql`s.tight_state IN ('near', 'reached', 'over')`,
    unmanaged: () => sql`s.unmanaged = 1 AND ${unmanagedKnown}`,
    new: ({ now }) => sql`c.created_at BETWEEN ${now - NEW_FOR_MS} AND ${now + CLOCKS_DIFFER_MS}`,
  },
  filters: {
    partner: 'c.partner_id',
    plan: 'k.plan_id',
    paymentModel: 'c.payment_model',
    balance: 'k.balance_minor',
    created: 'c.created_at',
    projects: 'c.projects',
    limit: ({ type, states }) => (type === null ? sql`s.tight_state IN ${listOf(states)}` : limitCondition(type, states)),
  },
  options: {
    partner: { id: 'c.partner_id', name: 'c.partner_name' },
    plan: { id: 'k.plan_id', name: 'k.plan_name' },
    paymentModel: { id: 'c.payment_model', name: 'c.payment_model' },
  },
  // Notes and limits are read all day long: only an order by the limit, and conditions, look at what they change.
  madeOf: (part, sortedBy) => (part === 'meeting' || (part === 'order' && sortedBy === 'limit') ? 'cache' : 'client-rows'),
  search: (cache, text) => rowidsMatching(cache, 'client', text),
  rows: clientsByRow,
  figures: clientFigures,
  totals: (rowids, figures) => totalsOf(rowids, figures),
  lacking: lackingOf,
}

const totalsOf = (rowids: readonly number[], { at, contracts, sums }: ClientFigures): ClientTotals => {
  const counted = new Set<number>()
  const total = { projects: 0, servers: 0, cpu: 0, ramGb: 0, volumeGb: 0 }
  for (const rowid of rowids) {
    const row = at[rowid]
    if (row === undefined || row < 0) continue
    const contract = contracts.of[row] ?? -1
    // A contract that two clients share is one balance.
    if (contract >= 0) counted.add(contract)
    total.projects += sums.projects[row] ?? 0
    total.servers += sums.servers[row] ?? 0
    total.cpu += sums.cpu[row] ?? 0
    total.ramGb += sums.ramGb[row] ?? 0
    total.volumeGb += sums.volumeGb[row] ?? 0
  }
  const balances = [...counted].flatMap((contract) => contracts.balances[contract] ?? [])
  const { projects, ...use } = total
  return {
    balance: byCurrency(sumByCurrency(balances)),
    projects,
    ...{ servers: known(use.servers), cpu: known(use.cpu), ramGb: known(use.ramGb), volumeGb: known(use.volumeGb) },
  }
}

const known = (sum: number): number | null => (Number.isNaN(sum) ? null : sum)
const byCurrency = (totals: Money[]): Money[] => totals.sort((a, b) => (a.currency < b.currency ? -1 : 1))
