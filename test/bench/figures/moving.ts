import { capabilitiesWith } from '../../support/scripted-platform'
import { movingList } from '../../support/moving-list'
import { syncOf } from '../../support/synced-console'
import { freshFolder, type Measure } from '../support/context'
import { row } from '../support/row'
import { largest, must } from '../support/sample'
import { openInFolder } from '../support/store'

/** One change a second, at 40 ms a request. */
const CHANGES_OF_100_REQUESTS = 4
const LISTS = [
  { pageSize: 1, size: 500 },
  { pageSize: 10, size: 2_000 },
  { pageSize: 100, size: 20_000 },
]
const WALKS = 3

/** P21: requests of a walk over a list that one row a second is added to or removed from, beside the pages of the list. */
export const measure: Measure = async (context) => {
  const found: { pageSize: number; cost: number }[] = []
  for (const { pageSize, size } of LISTS)
    for (const order of ['newest', 'oldest', 'scattered'] as const) {
      const store = openInFolder(freshFolder(context, `moving-${String(pageSize)}-${order}`))
      const list = movingList({ order, totals: 'true', size, pageSize, seed: 7, rate: CHANGES_OF_100_REQUESTS })
      const sync = syncOf({ store, adapter: list.platform.adapter, capabilities: capabilitiesWith(['clients']) })
      sync.start()
      await sync.whenIdle()
      for (let walk = 0; walk < WALKS; walk++) {
        const before = list.platform.asked
        sync.now()
        await sync.whenIdle()
        must(sync.status().complete, `a walk of ${String(size)} rows, ${order} first, did not become complete`)
        found.push({ pageSize, cost: (list.platform.asked - before) / Math.ceil(list.ids().length / pageSize) })
      }
      await sync.stop()
      store.close()
    }
  const worst = (pageSize: number): number => largest(found.filter((one) => one.pageSize === pageSize).map(({ cost }) => cost))
  return [
    row({
      key: 'P21',
      what: 'requests of a complete walk over a moving list, the worst',
      unit: '× its pages',
      figure: largest(found.map(({ cost }) => cost)),
      atMost: 2.5,
      size: LISTS.map(({ pageSize, size }) => `${size.toLocaleString('en')} rows at ${String(pageSize)}`).join(', '),
      note: LISTS.map(({ pageSize }) => `${String(pageSize)} a page: ${worst(pageSize).toFixed(2)}`).join(' · '),
    }),
  ]
}
