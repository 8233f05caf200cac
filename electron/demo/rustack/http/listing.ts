import { ApiError, pastTheEnd } from './errors'
import type { Reader, Selection } from './page'

/** `{items,total,limit}`, ten rows a page; a page past the end is 404, an empty list is page 1 with nothing in it. */
function pageNumber(query: URLSearchParams): number {
  const asked = query.get('page') ?? '1'
  if (!/^\d+$/.test(asked)) throw new ApiError(404, { non_field_errors: ['That page number is not an integer'] })
  if (Number(asked) < 1) throw new ApiError(404, { non_field_errors: ['That page number is less than 1'] })
  return Number(asked)
}

const envelope = (items: readonly string[], total: number, limit: number) =>
  `{"items":[${items.join(',')}],"total":${total},"limit":${limit}}`

export function listPage(reader: Reader, selection: Selection, query: URLSearchParams, limit: number): string {
  const page = pageNumber(query)
  const total = reader.count(selection)
  if (page > 1 && (page - 1) * limit >= total) throw pastTheEnd(String(page))
  return envelope(reader.rows(selection, limit, (page - 1) * limit), total, limit)
}

/** The same for what is no table: a fixed directory, or figures computed for the request. */
export function arrayPage(rows: readonly object[], query: URLSearchParams, limit: number): string {
  const page = pageNumber(query)
  if (page > 1 && (page - 1) * limit >= rows.length) throw pastTheEnd(String(page))
  const items = rows.slice((page - 1) * limit, page * limit).map((row) => JSON.stringify(row))
  return envelope(items, rows.length, limit)
}
