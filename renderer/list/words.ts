import type { TextKey, Translate } from '@renderer/locales'
import type { Format } from '@renderer/ui/format'
import type { AnyFilter, ListSpec } from '@shared/domain/list-spec'
import { shortId } from '@shared/domain/text'

/** The texts that every list has under its own name; columns, views and filters by their keys. A test compares them. */
export type ListTexts = 'clients' | 'contracts' | 'plans' | 'payments' | 'tickets' | 'events' | 'users'
export type ListText =
  | 'title'
  | 'table'
  | 'search'
  | 'searchLabel'
  | 'none'
  | 'noneHint'
  | 'empty'
  | 'emptyHint'
  | 'showAll'
  | `${'col' | 'view' | 'filter' | 'value'}.${string}`

export type Say = (key: ListText) => string
/** A list's own words. */
export const sayFor =
  (texts: ListTexts, t: Translate): Say =>
  (key) =>
    t(`${texts}.${key}` as TextKey)

export interface FilterWords {
  say: Say
  t: Translate
  f: Format
  /** The name of a chosen value, as far as it is known. */
  nameOf: (field: string, id: string) => string | undefined
}

/** «Партнер: Северный ЦОД», «Баланс: от −1 000»: a condition in a chip's words. */
export const filterWords = (spec: ListSpec, filter: AnyFilter, { say, t, f, nameOf }: FilterWords): string => {
  const { field } = filter
  const { kind, of } = spec.filters[field] ?? { kind: 'choice' }
  const head = say(`filter.${field}`)
  if ('ids' in filter) {
    const called = (id: string): string => (of ? say(`value.${field}.${id}`) : (nameOf(field, id) ?? shortId(id)))
    const [first = '', ...rest] = filter.ids.map(called)
    return `${head}: ${rest.length ? t('list.many', { first, n: f.num(rest.length) }) : first}`
  }
  if ('text' in filter) return `${head}: ${filter.text}`
  const shown = (value: number | null): string | null => {
    if (value === null) return null
    if (kind === 'days') return f.dateShort(value)
    return f.num(kind === 'money' ? value / 100 : value)
  }
  const [from, to] = 'from' in filter ? [shown(filter.from), shown(filter.to)] : [shown(filter.min), shown(filter.max)]
  if (from !== null && to !== null) return `${head}: ${from} – ${to}`
  return `${head}: ${from !== null ? `${t('list.from').toLowerCase()} ${from}` : `${t('list.to').toLowerCase()} ${to ?? ''}`}`
}
