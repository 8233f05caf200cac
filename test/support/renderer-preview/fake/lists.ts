import type { Input, Output } from '@shared/ipc/contract'
import type { AsOf } from '@shared/ipc/rows'
import type { ClientQuery } from '@shared/ipc/clients'
import type { ContractRow, PlanRow } from '@shared/ipc/contracts'
import { clientId, CONNECTION, DAY, indexOfClient, makeClient, NOW, partners, plans, type ClientRow } from './clients'
import { whole } from './random'
import type { FakeState } from './state'

const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/[«»]/g, '')
/** Lists up to this size are really filtered and sorted; longer ones are shown as they are made. */
const REAL = 20_000
const share = (row: ClientRow): number => (row.tightest ? (row.tightest.use ?? 0) / row.tightest.limit : 0)

const views: Record<ClientQuery['view'], (row: ClientRow) => boolean> = {
  all: () => true,
  negative: (row) => (row.balance?.minor ?? 0) < 0,
  'near-limit': (row) => share(row) >= 0.8,
  unmanaged: (row) => row.unmanaged === true,
  new: (row) => (row.createdAt ?? 0) > NOW - 90 * DAY,
}
const keys: Record<ClientQuery['sort']['by'], (row: ClientRow) => string | number> = {
  name: (row) => row.name,
  created: (row) => row.createdAt ?? 0,
  balance: (row) => row.balance?.minor ?? 0,
  plan: (row) => row.planName ?? '',
  contract: (row) => row.contractName ?? '',
  projects: (row) => row.projects ?? 0,
  partner: (row) => row.partnerName ?? '',
  servers: (row) => row.servers ?? 0,
  cpu: (row) => row.cpu ?? 0,
  ram: (row) => row.ramGb ?? 0,
  volume: (row) => row.volumeGb ?? 0,
  limit: share,
}
const passes = (row: ClientRow, query: ClientQuery): boolean =>
  views[query.view](row) &&
  fold(row.name).includes(fold(query.text.trim())) &&
  query.filters.every((filter) => {
    if (filter.field === 'partner') return filter.ids.includes(row.partnerId ?? '')
    if (filter.field === 'plan') return filter.ids.includes(row.planId ?? '')
    if (filter.field === 'paymentModel') return filter.ids.includes(row.paymentModel ?? '')
    if (filter.field === 'projects') return (filter.min ?? 0) <= (row.projects ?? 0) && (row.projects ?? 0) <= (filter.max ?? 1e9)
    if (filter.field === 'balance')
      return (filter.min ?? -1e15) <= (row.balance?.minor ?? 0) && (row.balance?.minor ?? 0) <= (filter.max ?? 1e15)
    if (filter.field === 'created') return (filter.from ?? 0) <= (row.createdAt ?? 0) && (row.createdAt ?? 0) <= (filter.to ?? 1e15)
    return filter.states.includes(row.tightest?.state ?? 'ok')
  })

export const makeLists = (state: FakeState) => {
  const size = (): number => (state.empty || state.first ? 0 : state.size)
  let all: ClientRow[] | null = null
  const whole_ = (): ClientRow[] => (all ??= Array.from({ length: Math.min(size(), REAL) }, (_, i) => makeClient(i)))
  const answers = new Map<string, ClientRow[]>()
  const listed = (query: ClientQuery): ClientRow[] => {
    const key = JSON.stringify(query)
    const known = answers.get(key)
    if (known) return known
    const by = keys[query.sort.by]
    const dir = query.sort.desc ? -1 : 1
    const rows = whole_()
      .filter((row) => passes(row, query))
      .sort((a, b) => {
        const [x, y] = [by(a), by(b)]
        return dir * (typeof x === 'string' ? x.localeCompare(String(y), 'ru') : x - Number(y))
      })
    answers.set(key, rows)
    return rows
  }
  const asOf = (): AsOf => ({
    at: state.first ? null : NOW - (state.offline ? 16 * 60_000 : 20_000),
    complete: !state.first,
    missing: null,
    without: 0,
  })
  const clients = (query: ClientQuery, offset: number, limit: number) => {
    const made = size() > REAL
    const rows = made
      ? Array.from({ length: Math.max(0, Math.min(limit, size() - offset)) }, (_, i) => makeClient(offset + i))
      : listed(query).slice(offset, offset + limit)
    const sum = made ? rows : listed(query)
    const add = (of: (row: ClientRow) => number): number => sum.reduce((total, row) => total + of(row), 0)
    return {
      rows,
      total: made ? size() : listed(query).length,
      count: made ? size() : listed(query).length,
      totals: {
        balance: [{ minor: add((row) => row.balance?.minor ?? 0), currency: 'RUB' }],
        projects: add((row) => row.projects ?? 0),
        servers: add((row) => row.servers ?? 0),
        cpu: add((row) => row.cpu ?? 0),
        ramGb: add((row) => row.ramGb ?? 0),
        volumeGb: add((row) => row.volumeGb ?? 0),
      },
      asOf: asOf(),
      limitsOlder: state.offline ? 60 : 0,
      ...{ lacking: [], names: null, version: '' },
    }
  }
  const viewCounts = () => {
    const rows = whole_()
    const count = (test: (row: ClientRow) => boolean): number => rows.filter(test).length
    return {
      all: size(),
      negative: count(views.negative),
      'near-limit': count(views['near-limit']),
      unmanaged: count(views.unmanaged),
      new: count(views.new),
    }
  }
  const options = ({ field, text, ids, offset, limit }: Input<'lists', 'options'>): Output<'lists', 'options'> => {
    const named = field === 'partner' ? partners : plans
    const found = named.filter(({ id, name }) => (ids ? ids.includes(id) : name.toLowerCase().includes(text.toLowerCase())))
    const count = (id: string): number => whole_().filter((row) => (field === 'partner' ? row.partnerId : row.planId) === id).length
    return { rows: found.slice(offset, offset + limit).map((one) => ({ ...one, count: count(one.id) })), total: found.length }
  }
  const contract = (i: number): ContractRow => {
    const client = makeClient(i)
    return {
      connectionId: CONNECTION,
      id: client.contractId ?? '',
      name: client.contractName ?? '',
      createdAt: client.createdAt,
      partnerId: client.partnerId,
      partnerName: client.partnerName,
      clientId: client.id,
      clientName: client.name,
      balance: client.balance,
      planId: client.planId,
      planName: client.planName,
      inactive: i % 41 === 0,
    }
  }
  const plan = (i: number): PlanRow => ({
    connectionId: CONNECTION,
    id: plans[i]?.id ?? '',
    name: plans[i]?.name ?? '',
    createdAt: NOW - whole(100, 900, i, 77) * DAY,
    contracts: size() ? whole(0, 118, i, 78) : 0,
  })
  const client = (id: string): ClientRow => makeClient(indexOfClient(id))
  return { size, asOf, clients, views: viewCounts, options, contract, plan, client, clientId }
}
