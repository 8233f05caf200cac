import type { ClientFilter, ClientQuery } from '@shared/ipc/clients'
import type { LocationQuery, LocationQueryRaw, LocationQueryValue } from 'vue-router'

/** What the list remembers in the address, so that Back, a link and a saved view bring back the same rows. */
export interface ListState {
  view: ClientQuery['view']
  text: string
  filters: ClientFilter[]
  sort: ClientQuery['sort']
}
export type FilterField = ClientFilter['field']

export const VIEWS = ['all', 'negative', 'near-limit', 'unmanaged', 'new'] as const satisfies readonly ClientQuery['view'][]
const SORTS: readonly string[] = [
  'name',
  'created',
  'balance',
  'plan',
  'contract',
  'projects',
  'partner',
  'servers',
  'cpu',
  'ram',
  'volume',
  'limit',
] satisfies readonly ClientQuery['sort']['by'][]
const TYPES: readonly string[] = ['servers', 'disks', 'volume', 'ip', 'networks', 'routers', 'ram', 'cpu']
const STATES = ['ok', 'near', 'reached', 'over'] as const

export const defaultState = (): ListState => ({ view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } })

type Raw = LocationQueryValue | LocationQueryValue[] | undefined
const all = (raw: Raw): string[] => (Array.isArray(raw) ? raw : [raw]).filter((v): v is string => typeof v === 'string' && v !== '')
const one = (raw: Raw): string => all(raw)[0] ?? ''
const bound = (text: string): number | null => (/^-?\d{1,15}$/.test(text) ? Number(text) : null)
const range = (raw: Raw): [number | null, number | null] | null => {
  const [from = '', to = ''] = one(raw).split('..')
  const pair: [number | null, number | null] = [bound(from), bound(to)]
  return pair[0] === null && pair[1] === null ? null : pair
}
const rangeText = (from: number | null, to: number | null): string => `${from ?? ''}..${to ?? ''}`

const readLimit = (text: string): ClientFilter[] => {
  const [type = '', list = ''] = text.split(':')
  const states = STATES.filter((s) => list.split(',').includes(s))
  if (!states.length || (type !== 'any' && !TYPES.includes(type))) return []
  return [
    { field: 'limit', type: type === 'any' ? null : (type as NonNullable<Extract<ClientFilter, { field: 'limit' }>['type']>), states },
  ]
}

const readFilters = (query: LocationQuery): ClientFilter[] => {
  const out: ClientFilter[] = []
  for (const field of ['partner', 'plan'] as const) {
    const ids = all(query[field])
    if (ids.length) out.push({ field, ids: ids.slice(0, 100) })
  }
  const models = all(query['payment'])
  if (models.length) out.push({ field: 'paymentModel', ids: models.slice(0, 10) })
  const balance = range(query['balance'])
  if (balance) out.push({ field: 'balance', min: balance[0], max: balance[1] })
  const created = range(query['created'])
  if (created) out.push({ field: 'created', from: created[0], to: created[1] })
  const projects = range(query['projects'])
  if (projects) out.push({ field: 'projects', min: projects[0], max: projects[1] })
  return [...out, ...all(query['limit']).flatMap(readLimit)].slice(0, 20)
}

/** Reads the address; anything that makes no sense is left out rather than refused. */
export const readState = (query: LocationQuery): ListState => {
  const start = defaultState()
  const sort = one(query['sort'])
  return {
    view: VIEWS.find((v) => v === one(query['view'])) ?? start.view,
    text: one(query['q']).slice(0, 200),
    filters: readFilters(query),
    sort: SORTS.includes(sort) ? { by: sort as ClientQuery['sort']['by'], desc: one(query['desc']) === '1' } : start.sort,
  }
}

const writeFilter = (query: LocationQueryRaw, filter: ClientFilter): void => {
  if (filter.field === 'partner' || filter.field === 'plan') query[filter.field] = filter.ids
  else if (filter.field === 'paymentModel') query['payment'] = filter.ids
  else if (filter.field === 'created') query['created'] = rangeText(filter.from, filter.to)
  else if (filter.field === 'limit') {
    const before = query['limit']
    const mine = `${filter.type ?? 'any'}:${filter.states.join(',')}`
    query['limit'] = Array.isArray(before) ? [...before, mine] : [mine]
  } else query[filter.field] = rangeText(filter.min, filter.max)
}

/** Writes only what differs from the default, so that the plain list has a plain address. */
export const writeState = (state: ListState): LocationQueryRaw => {
  const query: LocationQueryRaw = {}
  const start = defaultState()
  if (state.view !== start.view) query['view'] = state.view
  if (state.text) query['q'] = state.text
  if (state.sort.by !== start.sort.by || state.sort.desc !== start.sort.desc) {
    query['sort'] = state.sort.by
    if (state.sort.desc) query['desc'] = '1'
  }
  for (const filter of state.filters) writeFilter(query, filter)
  return query
}

/** One condition per field, except limits: those of different types combine. */
export const withFilter = (filters: readonly ClientFilter[], next: ClientFilter): ClientFilter[] => {
  const same = (f: ClientFilter): boolean =>
    f.field === next.field && (f.field !== 'limit' || next.field !== 'limit' || f.type === next.type)
  return filters.some(same) ? filters.map((f) => (same(f) ? next : f)) : [...filters, next]
}
