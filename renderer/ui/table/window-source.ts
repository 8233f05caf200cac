import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** Rows of one call: a screenful and what is scrolled to next. More would only make each key press wait for its bytes. */
export const PAGE = 80
/** Pages kept in memory: what lies further from the view than this is asked for again. */
const KEPT = 30
const SLOW_AFTER = 200

export interface WindowAnswer<Row> {
  rows: Row[]
  total: number
}
export interface WindowSource<Row, Answer extends WindowAnswer<Row> = WindowAnswer<Row>> {
  total: Ref<number>
  /** The last answer whole: totals, as-of and whatever else came along. */
  answer: ShallowRef<Answer | null>
  error: ShallowRef<unknown>
  loading: Ref<boolean>
  /** True when the first rows take longer than 200 ms. */
  slow: Ref<boolean>
  /** Goes up when rows may look different; a table reads it before `rowAt`. */
  version: Ref<number>
  rowAt: (index: number) => Row | undefined
  /** Every row that is held just now. */
  loaded: () => Row[]
  /** Says what is looked at: missing pages are asked for, far ones forgotten. */
  look: (first: number, last: number) => void
  /** Brings the rows of a range, for a range that is chosen or copied: from its start, no more than `most`. */
  fetchRange: (first: number, last: number, most: number) => Promise<Row[]>
  reload: () => void
}

export interface WindowSourceOptions<Query, Answer> {
  /** What is listed; a change starts anew, and the old rows stay until the new ones are there. */
  query: () => Query
  load: (query: Query, offset: number, limit: number) => Promise<Answer>
  /**
   * What an answer may lack that takes longer than its rows: asked for once they stand. null = nothing is lacking;
   * `moved` = the rows are others by now, so both are read anew.
   */
  complete?: (query: Query, answer: Answer) => Promise<Partial<Answer> | 'moved'> | null
}

/** A list of any size, held a few pages at a time around what is looked at. */
export const useWindowSource = <Query, Row, Answer extends WindowAnswer<Row> = WindowAnswer<Row>>(
  options: WindowSourceOptions<Query, Answer>,
): WindowSource<Row, Answer> => {
  const total = ref(0)
  const answer: ShallowRef<Answer | null> = shallowRef(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  const slow = ref(false)
  const version = ref(0)
  let pages = new Map<number, Row[]>()
  let stale = new Set<number>()
  let asked = new Map<number, Promise<void>>()
  let turn = 0
  let seen = { first: 0, last: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined

  /** One page, whole: an answer may hold fewer rows than were asked for, because no message is large. */
  const readPage = async (page: number): Promise<Answer> => {
    const query = options.query()
    let answer = await options.load(query, page * PAGE, PAGE)
    for (;;) {
      const { rows, total: all } = answer
      const next = page * PAGE + rows.length
      if (rows.length === 0 || rows.length >= PAGE || next >= all) return answer
      const more = await options.load(query, next, PAGE - rows.length)
      if (more.rows.length === 0) return answer
      answer = { ...more, rows: [...rows, ...more.rows] }
    }
  }
  const forget = (): void => {
    const middle = Math.floor((seen.first + seen.last) / 2 / PAGE)
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const page of far.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(page)
  }
  const settle = (): void => {
    loading.value = asked.size > 0
    if (loading.value) return
    clearTimeout(timer)
    timer = undefined
    slow.value = false
  }
  const ask = (page: number, fresh: boolean): Promise<void> => {
    const known = asked.get(page)
    if (known) return known
    const mine = turn
    loading.value = true
    timer ??= setTimeout(() => (slow.value = true), SLOW_AFTER)
    const run = async (): Promise<void> => {
      try {
        const got = await readPage(page)
        if (mine !== turn) return
        if (fresh) pages = new Map()
        pages.set(page, got.rows)
        stale.delete(page)
        total.value = got.total
        answer.value = got
        error.value = null
        forget()
        version.value++
        void complete(got, mine)
      } catch (thrown) {
        if (mine === turn) error.value = thrown
      } finally {
        if (mine === turn) {
          asked.delete(page)
          settle()
        }
      }
    }
    const going = run()
    asked.set(page, going)
    return going
  }
  /** One that fails leaves what is lacking unsaid. */
  const complete = async (got: Answer, mine: number): Promise<void> => {
    const more = await options.complete?.(options.query(), got)?.catch(() => null)
    if (!more || mine !== turn || !answer.value) return
    if (more === 'moved') reload()
    else answer.value = { ...answer.value, ...more }
  }
  const look = (first: number, last: number): void => {
    seen = { first, last }
    for (let page = Math.floor(first / PAGE); page <= Math.floor(Math.max(first, last - 1) / PAGE); page++) {
      if ((!pages.has(page) || stale.has(page)) && page * PAGE < total.value) void ask(page, false)
    }
  }
  const reload = (): void => {
    turn++
    asked = new Map()
    stale = new Set(pages.keys())
    void ask(Math.floor(seen.first / PAGE), false).then(() => look(seen.first, seen.last))
  }
  const restart = (): void => {
    turn++
    asked = new Map()
    stale = new Set()
    seen = { first: 0, last: 0 }
    void ask(0, true)
  }
  const fetchRange = async (first: number, end: number, most: number): Promise<Row[]> => {
    const last = Math.min(end, first + most - 1)
    const from = Math.floor(first / PAGE)
    const to = Math.floor(last / PAGE)
    const rows: Row[] = []
    for (let page = from; page <= to; page++) {
      const held = pages.get(page) ?? (await readPage(page)).rows
      rows.push(...held.slice(Math.max(0, first - page * PAGE), last - page * PAGE + 1))
    }
    return rows
  }

  watch(() => JSON.stringify(options.query()), restart, { immediate: true })
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return {
    total,
    answer,
    error,
    loading,
    slow,
    version,
    rowAt: (index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    loaded: () => [...pages.values()].flat(),
    look,
    fetchRange,
    reload,
  }
}
