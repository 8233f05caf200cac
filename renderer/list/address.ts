import {
  MOST_FILTERS,
  MOST_TEXT,
  MOST_VALUES,
  type AnyFilter,
  type AnyQuery,
  type FilterSpec,
  type ListSpec,
} from '@shared/domain/list-spec'
import type { LocationQuery, LocationQueryRaw, LocationQueryValue } from 'vue-router'

/** What a list remembers in the address, so that Back, a link and a saved view bring back the same rows. */
export type ListState = Omit<AnyQuery, 'connectionId'>
/** How the conditions that only one list knows are read and written, by field. */
export type OwnCodec = Record<string, { read: (text: string) => AnyFilter | null; write: (filter: AnyFilter) => string }>

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

export const startOf = (spec: ListSpec): ListState => ({ view: 'all', text: '', filters: [], sort: { ...spec.first } })

const readFilter = (field: string, { kind, of }: FilterSpec, raw: Raw, own: OwnCodec): AnyFilter[] => {
  if (kind === 'own') return all(raw).flatMap((text) => own[field]?.read(text) ?? [])
  if (kind === 'text') return one(raw) === '' ? [] : [{ field, text: one(raw).slice(0, MOST_TEXT) }]
  if (kind === 'choice') {
    const ids = all(raw).filter((id) => of === undefined || of.includes(id))
    return ids.length === 0 ? [] : [{ field, ids: ids.slice(0, MOST_VALUES) }]
  }
  const pair = range(raw)
  if (pair === null) return []
  return kind === 'days' ? [{ field, from: pair[0], to: pair[1] }] : [{ field, min: pair[0], max: pair[1] }]
}

/** Reads the address; anything that makes no sense is left out rather than refused. */
export const readState = (spec: ListSpec, query: LocationQuery, own: OwnCodec = {}): ListState => {
  const start = startOf(spec)
  const by = one(query['sort'])
  return {
    view: spec.views.find((view) => view === one(query['view'])) ?? start.view,
    text: one(query['q']).slice(0, MOST_TEXT),
    filters: Object.entries(spec.filters)
      .flatMap(([field, filter]) => readFilter(field, filter, query[field], own))
      .slice(0, MOST_FILTERS),
    sort: spec.sorts.includes(by) ? { by, desc: one(query['desc']) === '1' } : start.sort,
  }
}

const filterText = (filter: AnyFilter, own: OwnCodec): string[] => {
  const codec = own[filter.field]
  if (codec) return [codec.write(filter)]
  if ('ids' in filter) return filter.ids
  if ('text' in filter) return [filter.text]
  return [isDays(filter) ? rangeText(filter.from, filter.to) : rangeText(filter.min, filter.max)]
}
const isDays = (filter: Extract<AnyFilter, { min: unknown } | { from: unknown }>): filter is Extract<AnyFilter, { from: unknown }> =>
  'from' in filter

/** Writes only what differs from the start, so that the plain list has a plain address. */
export const writeState = (spec: ListSpec, state: ListState, own: OwnCodec = {}): LocationQueryRaw => {
  const query: Record<string, string | string[]> = {}
  const start = startOf(spec)
  if (state.view !== start.view) query['view'] = state.view
  if (state.text) query['q'] = state.text
  if (state.sort.by !== start.sort.by || state.sort.desc !== start.sort.desc) {
    query['sort'] = state.sort.by
    if (state.sort.desc) query['desc'] = '1'
  }
  for (const filter of state.filters) query[filter.field] = [...(query[filter.field] ?? []), ...filterText(filter, own)]
  return query
}

/** One condition per field, except a list's own ones: `same` says which of those take each other's place. */
export const withFilter = (
  filters: readonly AnyFilter[],
  next: AnyFilter,
  same = (a: AnyFilter, b: AnyFilter) => a.field === b.field,
): AnyFilter[] =>
  filters.some((filter) => same(filter, next)) ? filters.map((filter) => (same(filter, next) ? next : filter)) : [...filters, next]
