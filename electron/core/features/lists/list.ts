import { foldText } from '@shared/domain/text'
import type { ListSpec, QueryOf } from '@shared/domain/list-spec'
import type { DayHead, FilterOption } from '@shared/ipc/list'
import type { AsOf, Missing } from '@shared/ipc/rows'
import { countView, optionsOf, readList, type Listed, type ListSource } from '../../store/read/list'
import type { Memo } from '../../store/read/memo'
import { asOfAll } from '../../store/read/sync-status'
import { boundedRows } from '../bounded-rows'
import type { Workspace } from '../workspace'

/** Views by time move with the clock: to the minute is fine enough for a memo to help. */
const coarse = (now: number): number => Math.floor(now / 60_000) * 60_000

interface ListAnswer<Row, Totals> {
  /** Of a list by days with their heads among them, as its contract says. */
  rows: Row[]
  total: number
  count: number
  totals: Totals | null
  asOf: AsOf
  lacking: Missing[]
}
/** A list as those see it who do not know its rows: saved views and choices. The query was checked before. */
export interface AnyList {
  /** null where the query stands on a list that was not read. */
  count: (query: unknown) => number | null
  viewCounts: (connectionId: string | null) => Record<string, number | null>
  /** null = nothing to choose from for this field. */
  options: (field: string, connectionId: string | null) => FilterOption[] | null
}
export interface List<Query, Row, Totals> extends AnyList {
  /** Numbers of all rows that a query shows, in its order. */
  rowids: (query: Query) => readonly number[]
  list: (asked: { query: Query; offset: number; limit: number; totals?: 'if-known' | undefined }) => ListAnswer<Row, Totals>
}

/** A list's own calls and what the rest of the core asks of it, from its source. `finished` adds what is not in the cache. */
export const createList = <S extends ListSpec, Row extends object, Totals, Figures, OwnFilter>(
  source: ListSource<S, Row, Totals, Figures, OwnFilter>,
  { workspace, memo, finished = (rows) => rows }: { workspace: Workspace; memo: Memo; finished?: (rows: Row[]) => Row[] },
): List<QueryOf<S, OwnFilter>, Row, Totals> => {
  type Query = QueryOf<S, OwnFilter>
  const { cache, clock } = workspace
  const { name, dataset, views } = source.spec
  const lackingOf = (query: Pick<Query, 'connectionId' | 'view' | 'filters'>): Missing[] => source.lacking?.(cache, query) ?? []
  const listed = (query: Query): Listed<Totals> => {
    const now = coarse(clock.now())
    const key = `${name}.list ${String(now)} ${JSON.stringify(query)}`
    return memo(key, () => readList(cache, source, { query, now, memo }))
  }
  const viewCount = (connectionId: string | null, view: S['views'][number]): number | null => {
    if (lackingOf({ connectionId, view, filters: [] }).length > 0) return null
    return countView(cache, source, { connectionId, view, now: coarse(clock.now()) })
  }
  return {
    list: ({ query, offset, limit, totals: wish }) => {
      const { rowids, lines, heads, totals, addsUpFast } = listed(query)
      const shown = lines.slice(offset, offset + limit)
      const rows = finished(
        source.rows(
          cache,
          shown.filter((line) => line > 0),
        ),
      )
      return {
        rows: boundedRows(heads.length === 0 ? rows : withHeads(shown, heads, rows)),
        total: lines.length,
        count: rowids.length,
        totals: wish === 'if-known' && !addsUpFast() ? null : totals(),
        asOf: asOfAll(cache, query.connectionId, [dataset]),
        lacking: lackingOf(query),
      }
    },
    rowids: (query) => listed(query).rowids,
    count: (asked) => {
      const query = asked as Query
      const key = `${name}.count ${String(coarse(clock.now()))} ${JSON.stringify(query)}`
      return memo(key, () => (lackingOf(query).length > 0 ? null : listed(query).rowids.length))
    },
    viewCounts: (connectionId) =>
      memo(`${name}.views ${String(coarse(clock.now()))} ${connectionId ?? ''}`, () =>
        Object.fromEntries(views.map((view) => [view, viewCount(connectionId, view)])),
      ),
    options: (field, connectionId) =>
      memo(`${name}.options ${field} ${connectionId ?? ''}`, () => optionsOf(cache, source, field, connectionId)),
  }
}

/** The rows with the heads of their days between them. */
const withHeads = <Row>(lines: readonly number[], heads: readonly DayHead[], rows: readonly Row[]): Row[] => {
  const waiting = rows.values()
  return lines.flatMap((line) => {
    const next = line < 0 ? heads[-line - 1] : waiting.next().value
    return next === undefined ? [] : [next as Row]
  })
}

/** Of the values that are offered: those whose name holds the text, or exactly these. */
export const wantedOptions = (
  offered: readonly FilterOption[],
  { text, ids }: { text: string; ids: readonly string[] | null },
): FilterOption[] => {
  const needle = foldText(text)
  const wanted = ids === null ? null : new Set(ids)
  return offered.filter(({ id, name }) => (wanted === null ? foldText(name).includes(needle) : wanted.has(id)))
}
