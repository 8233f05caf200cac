import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../shared/domain/datasets'
import { settleAggregates } from '../../electron/core/store/cache/aggregates'
import { readStates } from '../../electron/core/store/cache/dataset-state'
import { commitPage } from '../../electron/core/store/cache/page'
import { beginWalk } from '../../electron/core/store/cache/walk-state'
import type { Store } from '../../electron/core/store/connection'
import { totalUsage } from '../../electron/core/store/read/usage'
import { cloud, listed, made, step, type Listed } from '../support/made-rows'
import { keptFigures, recountedFigures } from '../support/recounted-figures'
import { client, project } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { walkInto } from '../support/store-walks'

const bench = storeBench()
const soon = () => Promise.resolve()
const extra = {}

const walk = (
  store: Store,
  from: ReturnType<typeof cloud>,
  { dataset, at, then }: { dataset: Listed; at: number; then?: () => void },
): void => {
  walkInto<Dataset>(store, { dataset, rows: from.rows(dataset), at, pageSize: 3, ...(then && { then }) })
}
const countable = ['clients', 'contracts', 'projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports', 'accounts'] as const

describe('figures kept beside the rows', () => {
  it('equal a plain recount after any changes, in the transaction that made them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.tuple(step, fc.boolean()), { maxLength: 60 }),
        async (first, later) => {
          const store = bench.memory()
          const platform = cloud()
          for (const one of first) platform.change(one)
          for (const dataset of listed) walk(store, platform, { dataset, at: 1000 })
          await settleAggregates(store, 'c1', { pause: soon })
          expect(keptFigures(store)).toEqual(recountedFigures(store))
          const then = (): void => {
            expect(keptFigures(store)).toEqual(recountedFigures(store))
          }
          for (const [index, [one, sync]] of later.entries()) {
            platform.change(one)
            if (sync) walk(store, platform, { dataset: one.dataset, at: 2000 + index, then })
          }
          for (const dataset of listed) walk(store, platform, { dataset, at: 9000, then })
          const states = readStates(store.cache, 'c1')
          expect(countable.map((dataset) => states.get(dataset)?.countedAsOf)).toEqual(countable.map(() => 9000))
          store.close()
        },
      ),
      { numRuns: 40, interruptAfterTimeLimit: 6000 },
    )
  })

  const many = (count: number, of: (n: number) => { vdc: number; cpu: number }) =>
    Array.from({ length: count }, (_, n) => ({
      ...made.servers(n, 1),
      id: `s${String(n)}`,
      vdcId: `v${String(of(n).vdc)}`,
      cpu: of(n).cpu,
    }))
  const large = (store: Store, at: number): void => {
    const each = <T>(of: (n: number) => T): T[] => Array.from({ length: 400 }, (_, n) => of(n))
    const hypervisor = { id: 'h', name: 'KVM', type: 'kvm' }
    const vdc = (n: number) => ({ id: `v${String(n)}`, name: '', createdAt: null, projectId: `p${String(n % 90)}`, hypervisor, extra })
    walkInto(store, { dataset: 'clients', rows: each((n) => client(`c${String(n)}`)).slice(0, 60), at, pageSize: 500 })
    walkInto(store, {
      dataset: 'projects',
      rows: each((n) => project(`p${String(n)}`, `c${String(n % 80)}`)).slice(0, 90),
      at,
      pageSize: 500,
    })
    walkInto(store, { dataset: 'vdcs', rows: each(vdc), at, pageSize: 500 })
    walkInto(store, { dataset: 'servers', rows: many(800, (n) => ({ vdc: n % 400, cpu: 1 })), at, pageSize: 500 })
  }
  const countedAt = (store: Store) => readStates(store.cache, 'c1').get('servers')?.countedAsOf ?? null

  it('wait where a page changes many, under the moment that they were counted at, and end right though rows change meanwhile', async () => {
    const store = bench.memory()
    large(store, 1000)
    expect(countedAt(store)).toBeNull()
    await settleAggregates(store, 'c1', { pause: soon })
    expect([countedAt(store), keptFigures(store)]).toEqual([1000, recountedFigures(store)])
    walkInto(store, { dataset: 'servers', rows: many(800, (n) => ({ vdc: (n * 7) % 400, cpu: 2 })), at: 2000, pageSize: 500 })
    expect(countedAt(store)).toBe(1000)
    expect(keptFigures(store)).not.toEqual(recountedFigures(store))
    let slices = 0
    const meanwhile = (): Promise<void> => {
      if (++slices % 3 === 1 && slices < 12)
        walkInto(store, {
          dataset: 'servers',
          rows: many(700, (n) => ({ vdc: (n * slices) % 300, cpu: slices })),
          at: 2000 + slices,
          pageSize: 500,
        })
      return Promise.resolve()
    }
    await settleAggregates(store, 'c1', { pause: meanwhile })
    expect(slices).toBeGreaterThan(12)
    expect([countedAt(store), keptFigures(store)]).toEqual([2010, recountedFigures(store)])
  })

  it('are counted to the end at the next start where the program was killed in the middle', async () => {
    const folder = bench.folder()
    large(bench.open(folder), 1000)
    for (let starts = 0, ended = false; !ended; starts++) {
      const store = bench.open(folder)
      let slices = 0
      const killed = new Error('killed')
      const pause = () => (++slices === 3 ? Promise.reject(killed) : soon())
      ended = await settleAggregates(store, 'c1', { pause }).then(
        () => true,
        (error: unknown) => error !== killed,
      )
      if (!ended) expect(countedAt(store)).toBeNull()
      else expect([countedAt(store), keptFigures(store)]).toEqual([1000, recountedFigures(store)])
      store.close()
      expect(starts).toBeLessThan(50)
    }
  })

  it('follow rows that only vanish', async () => {
    const store = bench.memory()
    large(store, 1000)
    await settleAggregates(store, 'c1', { pause: soon })
    expect(totalUsage(store.cache, 'c1')).toMatchObject([{ servers: 800, cpu: 800 }])
    walkInto(store, { dataset: 'servers', rows: many(795, (n) => ({ vdc: n % 400, cpu: 1 })), at: 2000, pageSize: 500 })
    expect(totalUsage(store.cache, 'c1')).toMatchObject([{ servers: 795, cpu: 795 }])
    expect([countedAt(store), keptFigures(store)]).toEqual([2000, recountedFigures(store)])
    walkInto(store, { dataset: 'servers', rows: [], at: 3000, pageSize: 500 })
    await settleAggregates(store, 'c1', { pause: soon })
    expect([countedAt(store), keptFigures(store)]).toEqual([3000, recountedFigures(store)])
  })

  it('count one changed row without counting other clients again', async () => {
    const store = bench.memory()
    large(store, 1000)
    await settleAggregates(store, 'c1', { pause: soon })
    const written = (): number => Number(store.cache.prepare('SELECT total_changes()').pluck().get())
    const one = (n: number) => ({ vdc: n % 400, cpu: n === 5 ? 9 : 1 })
    const rows = many(800, one).slice(0, 6)
    beginWalk(store, { connectionId: 'c1', dataset: 'servers' })
    const before = written()
    const page = { items: rows, total: 800, unreadable: [], partial: [], next: 'more', at: 2000, sideload: {} }
    commitPage(store, { connectionId: 'c1', dataset: 'servers', page, sideloads: [], sequence: { syncId: 'x', next: 1 }, askedAt: 0 })
    expect(written() - before).toBeLessThan(30)
    expect(keptFigures(store)).toEqual(recountedFigures(store))
  })
})
