import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { listAnswer, readPage, readWhole, type ListAnswer, type RawPage } from '../../electron/core/platforms/rustack/paging'

const rows = (count: number): { id: string }[] => Array.from({ length: count }, (_, at) => ({ id: `r${String(at)}` }))

interface PageSizes {
  size: number
  /** What the answer says of its size and of the whole; undefined = nothing. */
  limit?: number | undefined
  total?: number | undefined
}
const answering =
  (all: readonly unknown[], sizesAt: (request: number) => PageSizes) =>
  (request: number) =>
  (page: number): Promise<ListAnswer | { past: number }> => {
    const { size, limit, total } = sizesAt(request)
    const items = all.slice((page - 1) * size, page * size)
    if (items.length === 0 && page > 1) return Promise.resolve({ past: 5 })
    const answer = listAnswer({ items, limit, total }, 5)
    if (answer === null) throw new Error('not a list')
    return Promise.resolve(answer)
  }

/** Walks to the end; the ids that came, and how many requests it took. */
const walk = async (ask: (request: number) => (page: number) => Promise<ListAnswer | { past: number }>) => {
  const ids = new Set<string>()
  let requests = 0
  let cursor: string | null = null
  for (let pages = 0; pages < 2_000; pages++) {
    const page: RawPage = await readPage(cursor, (number) => ask(requests++)(number))
    for (const item of page.items) ids.add((item as { id: string }).id)
    if (page.next === null) return { ids, requests }
    cursor = page.next
  }
  throw new Error('no end')
}

describe('a walk by pages', () => {
  it('asks for no more than the list holds where the last page is short, and once more where it is full', async () => {
    expect((await walk(answering(rows(21), () => ({ size: 10, limit: 10, total: 21 })))).requests).toBe(3)
    expect((await walk(answering(rows(20), () => ({ size: 10, limit: 10, total: 20 })))).requests).toBe(3)
    expect((await walk(answering(rows(3), () => ({ size: 10, limit: 10, total: 3 })))).requests).toBe(1)
    expect((await walk(answering([], () => ({ size: 10, limit: 10, total: 0 })))).requests).toBe(1)
  })

  it.each([
    ['a total that is the page', 10],
    ['half of the true total', 30],
    ['no total', undefined],
    ['a total far too large', 5_000],
  ])('sees every row with %s', async (_what, total) => {
    const seen = await walk(answering(rows(61), () => ({ size: 10, limit: 10, total })))
    expect(seen.ids.size).toBe(61)
  })

  it('takes a plain array for the whole list, whatever page was asked for', async () => {
    const answer = listAnswer(rows(40), 5)
    const seen = await walk(() => () => Promise.resolve(answer ?? { past: 0 }))
    expect([seen.ids.size, seen.requests]).toEqual([40, 1])
  })

  it('ends at a platform that knows no pages: it sends the same rows again past its own total', async () => {
    const answer = listAnswer({ items: rows(35), total: 35 }, 5)
    const seen = await walk(() => () => Promise.resolve(answer ?? { past: 0 }))
    expect([seen.ids.size, seen.requests]).toEqual([35, 2])
  })

  it('asks for the right page in the same call when pages have grown', async () => {
    const asked: number[] = []
    const all = rows(1_000)
    const ask = answering(all, (request) => ({ size: request < 3 ? 10 : 100, limit: request < 3 ? 10 : 100, total: 1_000 }))
    const seen = await walk((request) => (page) => {
      asked.push(page)
      return ask(request)(page)
    })
    expect(seen.ids.size).toBe(1_000)
    expect(asked.slice(0, 6)).toEqual([1, 2, 3, 4, 1, 2])
  })

  it('begins anew from a cursor of another version', async () => {
    const page = await readPage('3:20', (number) => answering(rows(25), () => ({ size: 10, limit: 10, total: 25 }))(0)(number))
    expect(page.items[0]).toEqual({ id: 'r0' })
  })

  it('misses no row of a list that stands still, whatever its pages do and its totals say', async () => {
    const plans = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 })
    const told = fc.record({ limit: fc.boolean(), total: fc.constantFrom('true', 'none', 'page', 'half', 'double') })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 160 }), plans, told, async (count, plan, { limit, total }) => {
        // One that says nothing of its size may change it once; more than that is beyond finding out.
        const sizes = limit ? plan : plan.slice(0, 2)
        const totals = { true: count, none: undefined, page: plan[0], half: Math.floor(count / 2), double: count * 2 }
        const seen = await walk(
          answering(rows(count), (request) => {
            const size = sizes[Math.floor(request / 3)] ?? sizes.at(-1) ?? 10
            return { size, limit: limit ? size : undefined, total: totals[total] }
          }),
        )
        // A size that changes without being told, under a total that is right: a row may be missed, and the total shows it.
        const shows = !limit && (total === 'true' || total === 'double')
        // One that is reached where pages begin to be larger: it looks like the end of the list.
        const liesTwice = total === 'page' || total === 'half'
        if (!liesTwice && !shows) expect(seen.ids.size).toBe(count)
        if (sizes.every((size) => size === sizes[0])) expect(seen.ids.size).toBe(count)
      }),
      { numRuns: 400 },
    )
  })
})

describe('a short list read whole', () => {
  const pages =
    (readings: { ids: string[]; total: number | null }[][]) =>
    (cursor: string | null): Promise<RawPage> => {
      if (cursor === null) reading = readings.shift() ?? reading
      const at = Number(cursor ?? '0')
      const { ids, total } = reading[at] ?? { ids: [], total: null }
      return Promise.resolve({ items: ids.map((id) => ({ id })), total, next: at + 1 < reading.length ? String(at + 1) : null, at: 7 + at })
    }
  let reading: { ids: string[]; total: number | null }[] = []
  const idsOf = async (readings: Parameters<typeof pages>[0]): Promise<unknown[]> => (await readWhole(pages(readings))).items
  const failure = async (readings: Parameters<typeof pages>[0]): Promise<unknown> =>
    readWhole(pages(readings)).catch((error: unknown) => error)

  it('is believed at once when as many rows came as its one total says', async () => {
    expect(
      await idsOf([
        [
          { ids: ['a', 'b'], total: 3 },
          { ids: ['c'], total: 3 },
        ],
      ]),
    ).toHaveLength(3)
    expect(
      (
        await readWhole(
          pages([
            [
              { ids: ['a'], total: 2 },
              { ids: ['b'], total: 2 },
            ],
          ]),
        )
      ).at,
    ).toBe(7)
  })

  it('is read again when a row went between two pages: the next one slipped to the page that was read', async () => {
    const slipped = [
      { ids: ['a', 'b'], total: 4 },
      { ids: ['d'], total: 3 },
    ]
    const whole = [
      { ids: ['b', 'c'], total: 3 },
      { ids: ['d'], total: 3 },
    ]
    expect(await idsOf([slipped, whole])).toEqual([{ id: 'b' }, { id: 'c' }, { id: 'd' }])
  })

  it('is never complete with fewer rows than its total: one page that is not found proves nothing', async () => {
    const cut = [
      { ids: ['a', 'b'], total: 3 },
      { ids: [], total: null },
    ]
    expect(await failure([cut, cut, cut, cut])).toMatchObject({ code: 'bad-answer', retryable: true })
    expect(
      await idsOf([
        cut,
        [
          { ids: ['a', 'b'], total: 3 },
          { ids: ['c'], total: 3 },
        ],
      ]),
    ).toHaveLength(3)
  })

  it('without a total is believed when two readings in a row agree', async () => {
    const short = [
      { ids: ['a'], total: null },
      { ids: [], total: null },
    ]
    const long = [
      { ids: ['a'], total: null },
      { ids: ['b'], total: null },
    ]
    expect(await idsOf([short, long, long])).toHaveLength(2)
  })

  it('that repeats itself for ever is no list', async () => {
    let asked = 0
    const same = (): Promise<RawPage> => {
      asked++
      return Promise.resolve({ items: [{ id: 'a' }], total: null, next: 'again', at: 1 })
    }
    await expect(readWhole(same)).rejects.toThrow(AppError)
    expect(asked).toBeLessThan(10)
  })
})
