import type { datasets } from './dataset-names'

/**
 * How a condition is put: some of several values, from … to … (of numbers, money or days), words in one field, or in a
 * way of the list's own.
 */
export type FilterKind = 'choice' | 'number' | 'money' | 'days' | 'text' | 'own'
export interface FilterSpec {
  kind: FilterKind
  /** The only values there are; without it they are asked of the store. */
  of?: readonly string[]
}

/** A list, declared once: address, conditions, sorts, store and screen are made from it. Nothing here needs a library. */
export interface ListSpec {
  name: string
  /** Whose "as of" the list shows. */
  dataset: (typeof datasets)[number]
  /** The fixed views; the first is all rows. */
  views: readonly ['all', ...string[]]
  sorts: readonly [string, ...string[]]
  /** Sorts that go downwards first. */
  down: readonly string[]
  /** How a list stands before anybody sorts it. */
  first: { by: string; desc: boolean }
  filters: Record<string, FilterSpec>
}

/** A condition on any list. Conditions combine with AND, the values of one with OR. */
export type AnyFilter =
  | { field: string; ids: string[] }
  | { field: string; min: number | null; max: number | null }
  | { field: string; from: number | null; to: number | null }
  | { field: string; text: string }
export interface AnyQuery<Filter = AnyFilter> {
  /** null = all connections. */
  connectionId: string | null
  view: string
  text: string
  filters: Filter[]
  sort: { by: string; desc: boolean }
}

interface ConditionOf<Field> {
  choice: { field: Field; ids: string[] }
  number: { field: Field; min: number | null; max: number | null }
  money: { field: Field; min: number | null; max: number | null }
  days: { field: Field; from: number | null; to: number | null }
  text: { field: Field; text: string }
  own: never
}
export type FiltersOf<S extends ListSpec> = {
  [Field in keyof S['filters'] & string]: ConditionOf<Field>[S['filters'][Field]['kind']]
}[keyof S['filters'] & string]
export type QueryOf<S extends ListSpec, Own = never> = {
  connectionId: string | null
  view: S['views'][number]
  text: string
  filters: (FiltersOf<S> | Own)[]
  sort: { by: S['sorts'][number]; desc: boolean }
}

/** The longest text that is searched for, and the most values and conditions that are put at once. */
export const MOST_TEXT = 200
export const MOST_VALUES = 100
export const MOST_FILTERS = 20
