import { ApiError, pastTheEnd } from './errors'
import type { Reader, Selection } from './page'

/** Rows of a page, by what is asked: a deployment may know a parameter for it. */
export type PageLimit = (query: URLSearchParams) => number

export interface PageSizes {
  readonly usual: number
  /** Name of the query parameter that may ask for more; absent = there is none. */
  readonly parameter?: string | undefined
  readonly most: number
}

export function pageLimitOf({ usual, parameter, most }: PageSizes): PageLimit {
  return (query) => {
    const asked = parameter === undefined ? null : query.get(parameter)
    return asked !== null && /^[1-9]\d{0,8}$/.test(asked) ? Math.min(Number(asked), most) : usual
  }
}

/** `{items,total,limit}`, ten rows a page; a page past the end is 404, an empty list is page 1 with nothing in it. */
function pageNumber(query: URLSearchParams): number {
  const asked = query.get('page') ?? '1'
  if (!/^\d+$/.test(asked)) throw new ApiError(404, { non_field_errors: ['That page number is not an integer'] })
  if (Number(asked) < 1) throw new ApiError(404, { non_field_errors: ['That page number is less than 1'] })
  return Number(asked)
}

const envelope = (items: readonly string[], total: number, limit: number) =>
  `{"items":[${items.join(',')}],"total":${total},"limit":${limit}}`

export function listPage(reader: Reader, selection: Selection, query: URLSearchParams, sizes: PageLimit): string {
  const page = pageNumber(query)
  const limit = sizes(query)
  const total = reader.count(selection)
  if (page > 1 && (page - 1) * limit >= total) throw pastTheEnd(String(page))
  return envelope(reader.rows(selection, limit, (page - 1) * limit), total, limit)
}

/** The same for what is no table: a fixed directory, or figures computed for the request. */
export function arrayPage(rows: readonly object[], query: URLSearchParams, sizes: PageLimit): string {
  const page = pageNumber(query)
  const limit = sizes(query)
  if (page > 1 && (page - 1) * limit >= rows.length) throw pastTheEnd(String(page))
  const items = rows.slice((page - 1) * limit, page * limit).map((row) => JSON.stringify(row))
  return envelope(items, rows.length, limit)
}
