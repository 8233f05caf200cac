import { AppError } from '@shared/errors'
import type { PageSize } from '../port/core'
import type { Lists } from './api'
import type { ListAnswer } from './paging'
import { isRefusal } from './ports'

/** No published client names such a parameter: these are the usual ones. */
const PARAMS = ['page_size', 'limit', 'per_page']
const SIZES = [500, 100]

/**
 * The largest page that the deployment honours, tried on the list of clients: 200 servers at ten a page are 20 requests.
 * One that refuses the question, or answers as before, keeps its own size.
 */
export const largestPage = async (
  { lists, signal }: { lists: Lists; signal: AbortSignal },
  usual: ListAnswer,
): Promise<PageSize | null> => {
  const before = usual.limit ?? usual.items.length
  const hasMore = (usual.total ?? 0) > usual.items.length
  if (usual.bare || (usual.limit === null && !hasMore)) return null
  for (const param of PARAMS)
    for (const size of SIZES) {
      if (size <= before) continue
      const answer = await lists.plain({ path: '/v1/client', query: { [param]: String(size) }, signal }, 1).catch(refused)
      if (answer === 'failing') return null
      const got = answer === null ? 0 : honoured(answer, before)
      if (got > before) return { param, size: Math.min(got, size) }
      // Not refused but not heeded: a smaller size would not be either.
      if (answer !== null) break
    }
  return null
}

const refused = (thrown: unknown): 'failing' | null => {
  const error = AppError.from(thrown)
  if (error.code === 'unauthorized' || error.code === 'cancelled') throw error
  return isRefusal(error) ? null : 'failing'
}

/** The size that the answer names, if it is full of as many rows as it says; else the rows that came. */
const honoured = ({ items, limit, total }: ListAnswer, before: number): number => {
  if (limit !== null && limit > before && items.length === Math.min(limit, total ?? limit)) return limit
  return items.length > before ? items.length : 0
}
