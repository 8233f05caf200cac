import type { Dataset } from '@shared/domain/datasets'
import type { Money } from '@shared/domain/money'
import { nameOf } from '@shared/domain/text'
import type { AnyQuery, FiltersOf, ListSpec, QueryOf } from '@shared/domain/list-spec'
import type { FilterOption } from '@shared/ipc/list'
import type { Missing } from '@shared/ipc/rows'
import { all, join, sql, trusted, type Db, type Query } from '../sql'
import { withDays, type Days } from './day-heads'
import type { MadeOf, Memo } from './memo'
import { column, every, listOf } from './query'

type Own<S extends ListSpec> = Extract<
  { [F in keyof S['filters']]: S['filters'][F]['kind'] extends 'own' ? F : never }[keyof S['filters']],
  string
>
type Named<Filter, Field> = Extract<Filter, { field: Field }>
/** A column for a condition of the usual kind, otherwise the condition itself. */
type Conditions<S extends ListSpec, Filter> = {
  [F in keyof S['filters'] & string]: F extends Own<S>
    ? (filter: Named<Filter, F>) => Query
    : string | ((filter: Named<Filter, F>) => Query)
}

/** What a view may depend on besides the rows: the time, and what the accounts behind the connections are called. */
export interface ViewTime {
  now: number
  own: readonly { connectionId: string; name: string }[]
}

/**
 * A list as the store reads it. Columns are written with the alias of their table; a table beside the list's own is
 * joined only where the question names a column of it, because a join per row is what a long list costs.
 */
export interface ListSource<S extends ListSpec, Row, Totals, Figures, OwnFilter = never> {
  spec: S
  /** The list's own table: with `rowid`, `connection_id` and `id`. */
  table: string
  alias: string
  joins?: Record<string, string>
  sorts: Record<S['sorts'][number], string>
  /** What rows of equal value follow by: never null, and with an index of its own. */
  tie: string
  /** What each view asks for; null = cannot be told, because nobody's own name is known. */
  views: Record<Exclude<S['views'][number], 'all'>, (at: ViewTime) => Query | null>
  filters: Conditions<S, FiltersOf<S> | OwnFilter>
  /** What a choice offers: id and name columns. */
  options?: Partial<Record<keyof S['filters'] & string, { id: string; name: string }>>
  /** What each part is read from, and so how long it is remembered. */
  madeOf: (part: 'order' | 'figures' | 'meeting', sortedBy: string) => MadeOf
  /** Row numbers that the text is found in, of all connections; null = no condition. */
  search: (cache: Db, text: string, memo: Memo) => number[] | null
  /** The rows of these numbers, in this order. */
  rows: (cache: Db, rowids: readonly number[]) => Row[]
  /** Read once for all queries, then added up for the rows of each. */
  figures: (cache: Db, connectionId: string | null) => Figures
  totals: (rowids: readonly number[], figures: Figures) => Totals
  /** A list by days: while it is sorted so, each day has a head with its count and sum. */
  days?: {
    sort: S['sorts'][number]
    at: (rowid: number, figures: Figures) => number | null
    sum: (rowids: readonly number[], figures: Figures) => Money[] | null
  }
  /** Lists beside its own that names in its rows come from. */
  names?: readonly Dataset[]
  /** Lists that the question stands on and that were never read to their end. */
  lacking?: (cache: Db, query: Pick<QueryOf<S, OwnFilter>, 'connectionId' | 'view' | 'filters'>) => Missing[]
}
/** Everything that a query shows: row numbers in its order, so that a window is a slice wherever the scrollbar is. */
export interface Listed<Totals> extends Days {
  rowids: readonly number[]
  /** Added up when first asked for. */
  totals: () => Totals
  /** Whether adding up takes no reading of the whole list. */
  addsUpFast: () => boolean
}
type AnySource<Row, Totals, Figures> = ListSource<ListSpec, Row, Totals, Figures>

/**
 * A query in four parts, each remembered by itself until something of it is written: the order of the whole list, its
 * figures, the rows that meet the conditions and those that hold the text. While a person types only the last is read anew.
 */
export const readList = <S extends ListSpec, Row, Totals, Figures, OwnFilter>(
  cache: Db,
  listSource: ListSource<S, Row, Totals, Figures, OwnFilter>,
  { query, at, memo }: { query: QueryOf<S, OwnFilter>; at: ViewTime; memo: Memo },
): Listed<Totals> => {
  const source = listSource as unknown as AnySource<Row, Totals, Figures>
  const { connectionId, view, filters, sort, text } = query as AnyQuery
  const key = (part: string, of: unknown): string => `${source.spec.name}.${part} ${JSON.stringify([connectionId, of])}`
  const order = memo(key('order', sort), () => wholeOrder(cache, source, query as AnyQuery), source.madeOf('order', sort.by))
  const [figuresKey, figuresOf] = [key('figures', null), source.madeOf('figures', sort.by)] as const
  const conditions = conditionsOf(source, query as AnyQuery, at)
  const meeting =
    conditions.length === 0
      ? null
      : memo(
          key('meeting', [view, filters, at]),
          () => masked(rowsMeeting(cache, source, connectionId, conditions)),
          source.madeOf('meeting', sort.by),
        )
  const holding = source.search(cache, text, memo)
  const masks = [...(meeting ? [meeting] : []), ...(holding ? [masked(holding)] : [])]
  const rowids = masks.length === 0 ? order : order.filter((rowid) => masks.every((mask) => mask[rowid] === 1))
  const figures = (): Figures => memo<Figures>(figuresKey, () => source.figures(cache, connectionId), figuresOf)
  let totals: Totals | undefined
  return {
    rowids,
    ...daysOf(source, rowids, { figures, by: sort.by }),
    totals: () => (totals ??= source.totals(rowids, figures())),
    addsUpFast: () => totals !== undefined || memo.has(figuresKey, figuresOf),
  }
}

/** Days and their sums, where the list is ordered by them. */
const daysOf = <R, T, F>(
  { days }: AnySource<R, T, F>,
  rowids: readonly number[],
  { figures, by }: { figures: () => F; by: string },
): Days => {
  if (days?.sort !== by) return { lines: rowids, heads: [] }
  const known = figures()
  return withDays(
    rowids,
    (rowid) => days.at(rowid, known),
    (own) => days.sum(own, known),
  )
}

/** How many rows a view shows. */
export const countView = (
  cache: Db,
  listSource: unknown,
  { connectionId, view, at }: { connectionId: string | null; view: string; at: ViewTime },
): number => {
  const source = listSource as AnySource<unknown, unknown, unknown>
  const conditions = conditionsOf(source, { view, filters: [] }, at)
  const [count = 0] = column<number>(
    cache,
    sql`SELECT count(*) FROM ${tablesFor(source, conditions)} WHERE ${every([...inConnection(source, connectionId), ...conditions])}`,
  )
  return count
}

/** What a choice offers, by name; null = this field is no choice from the store. */
export const optionsOf = (cache: Db, listSource: unknown, field: string, connectionId: string | null): FilterOption[] | null => {
  const source = listSource as AnySource<unknown, unknown, unknown>
  const offered = source.options && Object.hasOwn(source.options, field) ? source.options[field] : undefined
  if (!offered) return null
  const [id, name] = [trusted(offered.id), trusted(offered.name)]
  const known = [sql`${id} IS NOT NULL`, ...inConnection(source, connectionId)]
  const rows = all<FilterOption>(
    cache,
    sql`SELECT ${id} AS id, ifnull(max(${name}), ${id}) AS name, count(*) AS count FROM ${tablesFor(source, [id])} WHERE ${every(known)}
      GROUP BY ${id} ORDER BY name, id`,
  )
  return rows.map((row) => ({ ...row, name: nameOf(row.name, row.id) }))
}

const wholeOrder = <R, T, F>(cache: Db, source: AnySource<R, T, F>, { connectionId, sort }: AnyQuery): number[] => {
  const order = orderOf(source, sort)
  const rowid = trusted(`${source.alias}.rowid`)
  return column<number>(
    cache,
    sql`SELECT ${rowid} FROM ${tablesFor(source, [order])} WHERE ${every(inConnection(source, connectionId))} ORDER BY ${order}`,
  )
}

/** Unknown values stand last in both directions; equal ones follow by the tie, so that windows never overlap. */
const orderOf = <R, T, F>(source: AnySource<R, T, F>, { by, desc }: AnyQuery['sort']): Query => {
  const direction = trusted(desc ? 'DESC' : 'ASC')
  const [tie, id] = [trusted(source.tie), trusted(`${source.alias}.id`)]
  const sorted = source.sorts[by] ?? source.tie
  if (sorted === source.tie) return sql`${tie} ${direction}, ${id} ${direction}`
  return sql`${trusted(sorted)} IS NULL, ${trusted(sorted)} ${direction}, ${tie}, ${id}`
}

const rowsMeeting = <R, T, F>(
  cache: Db,
  source: AnySource<R, T, F>,
  connectionId: string | null,
  conditions: readonly Query[],
): number[] => {
  const met = every([...inConnection(source, connectionId), ...conditions])
  return column<number>(cache, sql`SELECT ${trusted(`${source.alias}.rowid`)} FROM ${tablesFor(source, conditions)} WHERE ${met}`)
}

const inConnection = (source: { alias: string }, connectionId: string | null): Query[] =>
  connectionId === null ? [] : [sql`${trusted(`${source.alias}.connection_id`)} = ${connectionId}`]

const tablesFor = (source: Pick<AnySource<unknown, unknown, unknown>, 'table' | 'alias' | 'joins'>, parts: readonly Query[]): Query => {
  const text = parts.map((part) => part.text).join(' ')
  const joined = Object.entries(source.joins ?? {}).filter(([alias]) => new RegExp(`\\b${alias}\\.`).test(text))
  return join([trusted(`${source.table} ${source.alias}`), ...joined.map(([, join]) => trusted(join))], ' ')
}

/** What the view and the filters ask for; the connection and the text are the list's own affair. */
const conditionsOf = <R, T, F>(
  source: AnySource<R, T, F>,
  { view, filters }: Pick<AnyQuery, 'view' | 'filters'>,
  at: ViewTime,
): Query[] => [...(view === 'all' ? [] : [viewOf(source, view, at) ?? sql`0`]), ...filters.flatMap((filter) => conditionOf(source, filter))]

/** null = what the view asks for cannot be told. */
export const viewOf = (source: { views: unknown }, view: string, at: ViewTime): Query | null => {
  const views = source.views as Record<string, (at: ViewTime) => Query | null>
  return view === 'all' || !Object.hasOwn(views, view) ? sql`1` : (views[view]?.(at) ?? null)
}

const conditionOf = <R, T, F>(source: AnySource<R, T, F>, filter: AnyQuery['filters'][number]): Query[] => {
  const put = source.filters[filter.field]
  if (typeof put === 'function') return [put(filter)]
  return put === undefined ? [] : usualCondition(trusted(put), filter)
}

const usualCondition = (column: Query, filter: AnyQuery['filters'][number]): Query[] => {
  if ('ids' in filter) return [sql`${column} IN ${listOf(filter.ids)}`]
  if ('min' in filter) return between(column, filter.min, filter.max)
  if ('from' in filter) return between(column, filter.from, filter.to)
  return filter.text.split(/\s+/).flatMap((word) => (word === '' ? [] : [holdsWord(column, word)]))
}

/** SQLite folds no Cyrillic: a word is looked for as people write it. */
const holdsWord = (column: Query, word: string): Query => {
  const lower = word.toLowerCase()
  const ways = [...new Set([word, lower, word.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)])]
  return join(
    ways.map((way) => sql`instr(ifnull(${column}, ''), ${way}) > 0`),
    ' OR ',
  )
}

const between = (column: Query, low: number | null, high: number | null): Query[] => [
  ...(low === null ? [] : [sql`${column} >= ${low}`]),
  ...(high === null ? [] : [sql`${column} <= ${high}`]),
]

/** 1 at the number of each of these rows. */
const masked = (rowids: readonly number[]): Uint8Array => {
  const mask = new Uint8Array(rowids.reduce((most, rowid) => Math.max(most, rowid), 0) + 1)
  for (const rowid of rowids) mask[rowid] = 1
  return mask
}
