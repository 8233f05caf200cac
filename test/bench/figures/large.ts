import { join } from 'node:path'
import { freshFolder, type Measure } from '../support/context'
import { fillLargeStore, LARGE } from '../support/large-store'
import { dashboardRows } from './dashboard'
import { restOfLargeCore } from './rest'
import { searchRows } from './search'

/**
 * P10 at the size of the first delivery and at the full one, and the search of P7 and the rest of P20 at the full one. The rows marked
 * `@100k` stand beside the figure of their key and do not decide about it.
 */
export const measure: Measure = async (context) => {
  const first = await fillLargeStore(freshFolder(context, 'first'), context.clients)
  const rows = await dashboardRows(first, context.clients)
  first.close()
  const folder = freshFolder(context, 'large')
  const store = await fillLargeStore(folder)
  rows.push(...(await dashboardRows(store, LARGE, '@100k')), ...searchRows(store, join(folder, 'cache.db'), LARGE))
  store.close()
  return [...rows, ...(await restOfLargeCore(folder))]
}
