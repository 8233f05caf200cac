import { useConnections } from '@renderer/api/connections'
import { useOptionNames } from '@renderer/api/filter-options'
import { useSync } from '@renderer/api/sync'
import { followChanges } from '@renderer/api/use-query'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import { useWindowSource } from '@renderer/ui/table/window-source'
import { useAddress } from '@renderer/ui/use-address'
import type { Dataset } from '@shared/domain/datasets'
import type { AnyFilter, AnyQuery, ListSpec } from '@shared/domain/list-spec'
import type { ListName } from '@shared/ipc/lists'
import type { AsOf, Missing } from '@shared/ipc/rows'
import { computed, ref, shallowRef, triggerRef, watch } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'
import { readState, withFilter, writeState, type ListState, type OwnCodec } from './address'
import { filterWords, sayFor, type ListTexts } from './words'

/** Rows that were shown, remembered by key: for sums of the chosen ones and for the open one. */
const REMEMBERED_MAX = 5000

interface ListRow {
  connectionId: string
  id: string
}
interface ListAnswer {
  rows: ListRow[]
  total: number
  count: number
  asOf: AsOf
  names: AsOf | null
  version: string
  lacking: Missing[]
  totals: unknown
}
export interface ListSetup<Answer> {
  spec: ListSpec & { name: ListName }
  texts: ListTexts
  load: (input: { query: never; offset: number; limit: number; totals?: 'if-known' }) => Promise<Answer>
  /** Datasets whose changes make the rows old, and those that the counts of the views stand on besides. */
  follow: readonly Dataset[]
  counted?: readonly Dataset[]
  /** Views whose count is something to act on. */
  hot?: readonly string[]
  /** The word for a value that the platform gives as a code. */
  valueName?: (field: string, id: string) => string | undefined
  /** Conditions of this list alone. */
  own?: OwnCodec & Record<string, { words: (filter: AnyFilter) => string; same: (a: AnyFilter, b: AnyFilter) => boolean }>
}

type ReadAs<Answer, Row> = Omit<Answer, 'rows'> & { rows: Row[]; total: number }

/** What makes a row of any list: two platforms may give two rows the same id. */
export const keyOf = (row: ListRow): string => `${row.connectionId}/${row.id}`

const openIn = (query: LocationQuery): string | null => (typeof query['open'] === 'string' ? query['open'] : null)
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A list's question, kept in the address, and its rows, a window at a time. */
export const useList = <Row extends ListRow, Answer extends ListAnswer>(setup: ListSetup<Answer>) => {
  const { spec, own = {} } = setup
  const { standingOf } = useSync()
  const route = useRoute()
  const connections = useConnections()
  const state = ref<ListState>(readState(spec, route.query, own))
  /** The key of the row that stands open beside the list. */
  const current = ref<string | null>(openIn(route.query))
  const query = computed<AnyQuery>(() => ({ connectionId: connections.currentId, ...state.value }))
  const { follow } = useAddress(
    () => ({ ...writeState(spec, state.value, own), ...(current.value ? { open: current.value } : {}) }),
    (asked) => {
      const next = readState(spec, asked, own)
      if (!same(next, state.value)) state.value = next
      current.value = openIn(asked)
    },
  )
  const remembered = shallowRef(new Map<string, Row>())
  const source = useWindowSource<AnyQuery, Row, ReadAs<Answer, Row>>({
    query: () => query.value,
    load: async (asked, offset, limit) => {
      // A list by days has their heads among its rows: only the table looks at those.
      const answer = (await setup.load({ query: asked as never, offset, limit, totals: 'if-known' })) as unknown as ReadAs<Answer, Row>
      if (remembered.value.size > REMEMBERED_MAX) remembered.value.clear()
      for (const row of answer.rows) remembered.value.set(keyOf(row), row)
      triggerRef(remembered)
      return answer
    },
    // A long list is on the screen before it is added up.
    complete: (asked, { totals, version }) =>
      totals === null
        ? setup
            .load({ query: asked as never, offset: 0, limit: 1 })
            .then((added) =>
              added.version === version ? ({ totals: added.totals } as unknown as Partial<ReadAs<Answer, Row>>) : ('moved' as const),
            )
        : null,
  })
  followChanges(setup.follow, source.reload)
  // A list that fails, is refused or ends empty changes no row.
  watch(() => standingOf(spec.dataset), source.reload)

  const chosen = (field: string): string[] =>
    state.value.filters.flatMap((filter) => (filter.field === field && 'ids' in filter ? filter.ids : []))
  const named = Object.entries(spec.filters).filter(([, { kind, of }]) => kind === 'choice' && of === undefined)
  const naming = named.map(
    ([field]) =>
      [
        field,
        useOptionNames(() => ({ list: spec.name, connectionId: connections.currentId, field, ids: chosen(field) }), setup.follow),
      ] as const,
  )
  const names = computed(() => Object.fromEntries(naming.map(([field, known]) => [field, known.value])))

  const t = useText()
  const f = useFormat()
  const say = sayFor(setup.texts, t)
  const nameOf = (field: string, id: string): string | undefined => setup.valueName?.(field, id) ?? names.value[field]?.get(id)
  const change = (next: Partial<ListState>): void => void (state.value = { ...state.value, ...next })
  return {
    ...setup,
    say,
    state,
    query,
    source,
    remembered,
    /** A condition in words, for its chip and for a file. */
    wordsOf: (filter: AnyFilter): string => own[filter.field]?.words(filter) ?? filterWords(spec, filter, { say, t, f, nameOf }),
    current,
    open: (key: string | null) => void (current.value = key),
    follow,
    followed: setup.follow,
    change,
    filtered: computed(() => state.value.filters.length > 0 || state.value.text !== ''),
    setFilter: (filter: AnyFilter) => change({ filters: withFilter(state.value.filters, filter, own[filter.field]?.same) }),
    dropFilter: (at: number) => change({ filters: state.value.filters.filter((_, i) => i !== at) }),
    reset: () => change({ filters: [], text: '' }),
    showAll: () => change({ filters: [], text: '', view: 'all' }),
  }
}
export type List<Row extends ListRow = ListRow, Answer extends ListAnswer = ListAnswer> = ReturnType<typeof useList<Row, Answer>>
