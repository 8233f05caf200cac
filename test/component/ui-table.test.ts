import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fitting, gridOf, moved, ordered, widthSum } from '@renderer/ui/table/fit'
import { countOf, everything, isChosen, nothing, withRow, withRows, type Selection } from '@renderer/ui/table/selection'
import { MAX_SCROLL, rowsOffset } from '@renderer/ui/table/use-viewport'
import { RANGE_MAX, useSelection } from '@renderer/ui/table/use-selection'
import { PAGE, useWindowSource } from '@renderer/ui/table/window-source'
import { noLayout, type TableColumn } from '@renderer/ui/table/types'
import { MOST_COPIED } from '@shared/domain/selection'

const column = (key: string, rank: number, width = 100): TableColumn<string> => ({ key, label: key, rank, width, text: (row) => row })
const columns = [column('name', 0, 200), column('b', 3), column('c', 1), column('d', 2)]

describe('columns', () => {
  it('leave by rank, the largest first, and keep their order', () => {
    expect(fitting(columns, noLayout, 500).map((c) => c.key)).toEqual(['name', 'b', 'c', 'd'])
    expect(fitting(columns, noLayout, 420).map((c) => c.key)).toEqual(['name', 'c', 'd'])
    expect(fitting(columns, noLayout, 10).map((c) => c.key)).toEqual(['name'])
  })
  it('never lose the first column, hidden or not', () => {
    expect(fitting(columns, { ...noLayout, hidden: ['name', 'c'] }, 900).map((c) => c.key)).toEqual(['name', 'b', 'd'])
  })
  it('stand in the person’s order; a new one comes last', () => {
    expect(ordered(columns, { ...noLayout, order: ['name', 'd', 'c'] }).map((c) => c.key)).toEqual(['name', 'd', 'c', 'b'])
  })
  it('move to the place of another one, and none to the place of the first', () => {
    const order = (key: string, to: string) => ordered(columns, moved(columns, { layout: noLayout, key, to })).map((c) => c.key)
    expect(order('b', 'd')).toEqual(['name', 'c', 'd', 'b'])
    expect(order('d', 'b')).toEqual(['name', 'd', 'b', 'c'])
    expect([order('b', 'name'), order('name', 'd'), order('b', 'gone')]).toEqual(Array(3).fill(['name', 'b', 'c', 'd']))
  })
  it('all stay where the table may scroll sideways, but those that were taken away', () => {
    expect(fitting(columns, { ...noLayout, scroll: true, hidden: ['c'] }, 10).map((c) => c.key)).toEqual(['name', 'b', 'd'])
  })
  it('keep a width that was set and share the rest', () => {
    const layout = { ...noLayout, widths: { c: 160 } }
    expect(gridOf(columns, layout, { check: true, menu: false })).toBe(
      '40px minmax(200px, 0.5fr) minmax(100px, 0.5fr) 160px minmax(100px, 0.5fr)',
    )
    expect(widthSum(columns, layout, { check: true, menu: true })).toBe(656)
  })
})

describe('scroll space', () => {
  it('reaches both ends of any list exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.constantFrom(28, 36),
        fc.integer({ min: 100, max: 2000 }),
        (total, rowHeight, view) => {
          const at = { total, rowHeight, view }
          const space = Math.min(total * rowHeight, MAX_SCROLL)
          expect(rowsOffset(0, at)).toBe(0)
          const end = rowsOffset(Math.max(0, space - view), at)
          expect(end).toBeCloseTo(Math.max(0, total * rowHeight - view), 3)
        },
      ),
    )
  })
})

describe('selection', () => {
  it('holds rows, or all but some, of a list of any size', () => {
    expect(countOf(withRow(nothing, 'a', true), 10)).toBe(1)
    const but = withRow(everything, 'a', false)
    expect([countOf(but, 1_000_000), isChosen(but, 'a'), isChosen(but, 'z')]).toEqual([999_999, false, true])
    expect(countOf(withRow(but, 'a', true), 10)).toBe(10)
    expect(countOf(withRows(nothing, ['a', 'b', 'a'], true), 10)).toBe(2)
  })
})

describe('a windowed list', () => {
  const setUp = (total: number) => {
    const asked: number[] = []
    const load = (q: string, offset: number, limit: number) => {
      asked.push(offset)
      return Promise.resolve({ rows: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => `${q}-${offset + i}`), total })
    }
    const scope = effectScope()
    const source = scope.run(() => useWindowSource<string, string>({ query: () => 'first', load }))
    if (!source) throw new Error('no source')
    return { asked, source }
  }
  const settle = async () => {
    for (let i = 0; i < 6; i++) await Promise.resolve()
    await nextTick()
  }
  it('asks for the pages in view only, and keeps a bounded number', async () => {
    const { asked, source } = setUp(100_000)
    await settle()
    for (let at = 0; at < 100_000; at += PAGE) {
      source.look(at, at + 30)
      await settle()
    }
    expect(asked.filter((offset) => offset === 0)).toHaveLength(1)
    expect(source.rowAt(99_999)).toBe('first-99999')
    expect(source.rowAt(0)).toBeUndefined()
  })
  it('shows its rows before what takes longer, which is asked for once and dropped with its question', async () => {
    interface Answer {
      rows: string[]
      total: number
      sum: number | null
    }
    const query = ref('first')
    const sums = new Map<string, (more: Partial<Answer>) => void>()
    const load = (asked: string) => Promise.resolve({ rows: [asked], total: 1, sum: asked === 'known' ? 7 : null })
    const complete = (asked: string, { sum }: Answer) =>
      sum === null ? new Promise<Partial<Answer>>((done) => sums.set(asked, done)) : null
    const source = effectScope().run(() => useWindowSource<string, string, Answer>({ query: () => query.value, load, complete }))
    await settle()
    expect([source?.rowAt(0), source?.answer.value?.sum]).toEqual(['first', null])
    query.value = 'second'
    await nextTick()
    await settle()
    sums.get('first')?.({ sum: 1 })
    await settle()
    expect(source?.answer.value?.sum).toBeNull()
    sums.get('second')?.({ sum: 2 })
    await settle()
    expect([source?.rowAt(0), source?.answer.value?.sum]).toEqual(['second', 2])
    query.value = 'known'
    await nextTick()
    await settle()
    expect(source?.answer.value?.sum).toBe(7)
    expect([...sums.keys()]).toEqual(['first', 'second'])
  })
  it('reads rows and sums anew where the sums are of another moment than the rows', async () => {
    let moment = 1
    let answered = 0
    const load = () => Promise.resolve({ rows: [`row ${moment}`], total: 1, sum: ++answered > 1 ? moment : null, moment })
    const complete = (_: string, got: { sum: number | null; moment: number }) =>
      got.sum === null ? ((moment += 1), Promise.resolve('moved' as const)) : null
    const source = effectScope().run(() =>
      useWindowSource<string, string, { rows: string[]; total: number; sum: number | null; moment: number }>({
        query: () => '',
        load,
        complete,
      }),
    )
    await settle()
    await settle()
    expect([source?.rowAt(0), source?.answer.value?.sum]).toEqual(['row 2', 2])
  })
  it('keeps the old rows until the new ones are there, and drops late answers', async () => {
    const query = ref('first')
    const answers = new Map<string, (value: { rows: string[]; total: number }) => void>()
    const load = (q: string) => new Promise<{ rows: string[]; total: number }>((done) => answers.set(q, done))
    const source = effectScope().run(() => useWindowSource<string, string>({ query: () => query.value, load }))
    const answer = async (q: string) => {
      answers.get(q)?.({ rows: [q], total: 1 })
      await settle()
    }
    await answer('first')
    query.value = 'second'
    await nextTick()
    query.value = 'third'
    await nextTick()
    expect(source?.rowAt(0)).toBe('first')
    await answer('third')
    await answer('second')
    expect(source?.rowAt(0)).toBe('third')
  })
  it('brings a range that is not loaded', async () => {
    const { source } = setUp(1000)
    await settle()
    const rows = await source.fetchRange(150, 450, 10_000)
    expect([rows.length, rows[0], rows.at(-1)]).toEqual([301, 'first-150', 'first-450'])
  })
  it('puts a page together from answers that hold fewer rows than were asked for', async () => {
    const all = Array.from({ length: 100 }, (_, n) => `row-${n}`)
    const load = (_: string, offset: number, limit: number) =>
      Promise.resolve({ rows: all.slice(offset, offset + Math.min(limit, 7)), total: all.length })
    const source = effectScope().run(() => useWindowSource<string, string>({ query: () => '', load }))
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect([source?.rowAt(0), source?.rowAt(PAGE - 1)]).toEqual(['row-0', `row-${PAGE - 1}`])
    expect(await source?.fetchRange(0, 99, 100)).toEqual(all)
  })
  it('tells an error and goes on', async () => {
    const scope = effectScope()
    let fail = true
    const source = scope.run(() =>
      useWindowSource<string, string>({
        query: () => '',
        load: () => (fail ? Promise.reject(new Error('no')) : Promise.resolve({ rows: ['a'], total: 1 })),
      }),
    )
    await settle()
    expect(source?.error.value).toBeInstanceOf(Error)
    fail = false
    source?.reload()
    await settle()
    expect([source?.error.value, source?.rowAt(0)]).toEqual([null, 'a'])
  })
})

describe('rows that are copied', () => {
  interface Line {
    id: string
    name: string
    sum: number
    head?: boolean
  }
  const text = (key: 'name' | 'sum', copy?: (row: Line) => string): TableColumn<Line> => ({
    ...{ key, label: key, rank: 0, width: 10, text: (row: Line) => `${String(row[key])} ₽` },
    ...(copy ? { copy } : {}),
  })
  const copying = async (lines: Line[], count = lines.length) => {
    const load = () => Promise.resolve({ rows: lines, total: lines.length })
    const source = effectScope().run(() => useWindowSource<string, Line>({ query: () => '', load }))
    if (!source) throw new Error('no scope')
    await new Promise((resolve) => setTimeout(resolve, 0))
    const selection = ref<Selection>(nothing)
    const rows = useSelection(selection, {
      ...{ source: () => source, rowKey: (row: Line) => row.id, count: () => count, isRow: (row: Line) => !row.head, cut: () => undefined },
      columns: () => [text('name'), text('sum', (row) => String(row.sum).replace('.', ','))],
    })
    return { rows, selection }
  }
  it('stand under the names of their columns, figures as a spreadsheet of this language reads them, and no cell is a formula', async () => {
    const { rows } = await copying([{ id: 'a', name: '=HYPERLINK("x")\tb', sum: -1.5 }])
    rows.all()
    expect((await rows.copy(undefined)).text).toBe(`name\tsum\n'=HYPERLINK("x") b ₽\t-1,5`)
  })
  it('are counted without the heads of their days, which are no rows', async () => {
    const lines = [{ id: 'day', name: '', sum: 0, head: true }, ...['a', 'b'].map((id) => ({ id, name: id, sum: 1 }))]
    const { rows, selection } = await copying(lines, 2)
    rows.all()
    expect([countOf(selection.value, 2), (await rows.copy(undefined)).rows]).toEqual([2, 2])
    rows.all()
    expect(countOf(selection.value, 2)).toBe(0)
    rows.toggle(1, lines[1]!)
    await rows.range(2)
    expect([...selection.value.ids]).toEqual(['a', 'b'])
  })
  it('say how many were copied where the clipboard takes no more', async () => {
    const { rows } = await copying(Array.from({ length: 50 }, (_, n) => ({ id: String(n), name: 'x'.repeat(4_000), sum: 1 })))
    rows.all()
    const copied = await rows.copy(undefined)
    expect([copied.rows < copied.of, copied.of, copied.text.length <= MOST_COPIED]).toEqual([true, 50, true])
  })
  it('are the row under the keyboard where none is chosen', async () => {
    const { rows } = await copying([])
    expect(await rows.copy({ id: 'a', name: 'b', sum: 2 })).toEqual({ text: 'b ₽\t2', rows: 1, of: 1 })
  })
})

describe('a range that is chosen', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  const size = 20_000
  const picking = () => {
    const load = (_: string, offset: number, limit: number) =>
      Promise.resolve({ rows: Array.from({ length: Math.min(limit, size - offset) }, (__, n) => `row-${offset + n}`), total: size })
    const source = effectScope().run(() => useWindowSource<string, string>({ query: () => '', load }))
    if (!source) throw new Error('no scope')
    const selection = ref<Selection>(nothing)
    const told: [number, number][] = []
    const rows = useSelection(selection, {
      ...{ source: () => source, rowKey: (row: string) => row, columns: () => columns, count: () => size, isRow: () => true },
      cut: (taken, of) => told.push([taken, of]),
    })
    return { rows, selection, told }
  }
  it('holds every row of it, those that were never shown too', async () => {
    const { rows, selection, told } = picking()
    await settle()
    rows.toggle(10, 'row-10')
    await rows.range(3509)
    expect([countOf(selection.value, size), isChosen(selection.value, 'row-3509'), told]).toEqual([3500, true, []])
  })
  it('that is longer than can be chosen says how much of it was', async () => {
    const { rows, selection, told } = picking()
    await settle()
    rows.toggle(0, 'row-0')
    await rows.range(9999)
    expect([countOf(selection.value, size), told]).toEqual([RANGE_MAX, [[RANGE_MAX, 10_000]]])
  })
  it('over the whole list chooses the whole list', async () => {
    const { rows, selection } = picking()
    await settle()
    rows.toggle(0, 'row-0')
    await rows.range(size - 1)
    expect(selection.value).toEqual(everything)
  })
})
