import { foldText } from '@shared/domain/text'
import type { ListSpec, QueryOf } from '@shared/domain/list-spec'
import type { DayHead, FilterOption } from '@shared/ipc/list'
import type { AsOf, Missing } from '@shared/ipc/rows'
import { viewTimeOf } from '../../store/local/own-names'
import { countView, optionsOf, readList, viewOf, type Listed, type ListSource, type ViewTime } from '../../store/read/list'
import type { Memo } from '../../store/read/memo'
import { asOfAll } from '../../store/read/sync-status'
import { boundedRows } from '../answer-size'
import type { Workspace } from '../workspace'

/** Lists of one round are read within moments of each other, and shown to the minute. */
const SAME_MOMENT_MS = 60_000

/** Views by time move with the clock: to the minute is fine enough for a memo to help. */
const coarse = (now: number): number => Math.floor(now / 60_000) * 60_000

interface ListAnswer<Row, Totals> {
  /** Of a list by days with their heads among them, as its contract says. */
  rows: Row[]
  total: number
  count: number
  totals: Totals | null
  asOf: AsOf
  names: AsOf | null
  version: string
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
  const { cache, local, clock } = workspace
  const { name, dataset, views } = source.spec
  const viewTime = (connectionId: string | null): ViewTime => viewTimeOf(local, connectionId, coarse(clock.now()))
  const lackingOf = (query: Pick<Query, 'connectionId' | 'view' | 'filters'>): Missing[] => [
    ...(source.lacking?.(cache, query) ?? []),
    ...(viewOf(source, query.view, viewTime(query.connectionId)) === null
      ? [{ dataset: 'accounts' as const, why: 'without-fields' as const, text: null }]
      : []),
  ]
  /** What is not read is not nothing: neither is a list without those of its rows that could not be read. */
  const counted = (connectionId: string | null, count: number): number | null => {
    const { at, without } = asOfAll(cache, connectionId, [dataset])
    return at === null || (count === 0 && without > 0) ? null : count
  }
  /** Names from a list that is older than this one, or was never read: said beside the rows. */
  const namesAsOf = (connectionId: string | null, { at }: AsOf): AsOf | null => {
    if (!source.names || at === null) return null
    const names = asOfAll(cache, connectionId, source.names)
    return names.at === null || names.at < at - SAME_MOMENT_MS ? names : null
  }
  const listed = (query: Query): Listed<Totals> => {
    const at = viewTime(query.connectionId)
    const key = `${name}.list ${JSON.stringify([at, query])}`
    return memo(key, () => readList(cache, source, { query, at, memo }))
  }
  const viewCount = (connectionId: string | null, view: S['views'][number]): number | null => {
    if (lackingOf({ connectionId, view, filters: [] }).length > 0) return null
    return counted(connectionId, countView(cache, source, { connectionId, view, at: viewTime(connectionId) }))
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
      const asOf = asOfAll(cache, query.connectionId, [dataset])
      return {
        rows: boundedRows(heads.length === 0 ? rows : withHeads(shown, heads, rows)),
        total: lines.length,
        count: rowids.length,
        totals: wish === 'if-known' && !addsUpFast() ? null : totals(),
        asOf,
        names: namesAsOf(query.connectionId, asOf),
        version: memo.versionOf(source.madeOf('meeting', query.sort.by)),
        lacking: lackingOf(query),
      }
    },
    rowids: (query) => listed(query).rowids,
    count: (asked) => {
      const query = asked as Query
      const key = `${name}.count ${JSON.stringify([viewTime(query.connectionId), query])}`
      return memo(key, () => (lackingOf(query).length > 0 ? null : counted(query.connectionId, listed(query).rowids.length)))
    },
    viewCounts: (connectionId) =>
      memo(`${name}.views ${JSON.stringify([connectionId, viewTime(connectionId)])}`, () =>
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
