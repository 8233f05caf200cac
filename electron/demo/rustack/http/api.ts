import type { Random } from '../../random'
import type { Cloud } from '../cloud'
import type { Jobs } from '../jobs'
import { sortsOf, type DatasetName } from '../datasets'
import { ApiError, missing } from './errors'
import { listPage, type PageLimit } from './listing'
import type { Condition, Reader } from './page'
import type { Answer, Call, Handler } from './handler'
import { text } from './texts'

/** Ways in which a deployment differs from the usual. */
export interface Quirks {
  /** Refuses a sort that it does not know and the ports of all data centres at once; users come without their rights. */
  readonly strict: boolean
  /** Every list comes in its own order, whatever is asked. */
  readonly sortIgnored: boolean
}

/** What the routes of both halves work with. */
export interface Api {
  readonly cloud: Cloud
  readonly reader: Reader
  readonly jobs: Jobs
  readonly pageLimit: PageLimit
  readonly quirks: Quirks
  /** Dice for what the API creates while it runs. */
  readonly random: Random
}

export const idOf = (call: Call) => call.params['id'] ?? ''

/** A filter by the field's own name; an unknown key is ignored, as the framework does. */
export type Filter = (value: string) => Condition
export type Filters = Readonly<Record<string, Filter>>

export const byColumn =
  (column: string): Filter =>
  (value) => ({ sql: `"${column}" = ?`, value })
export const byName: Filter = (value) => ({ sql: 'instr(name, ?) > 0', value: value.toLowerCase() })
export const byFlag =
  (column: string): Filter =>
  (value) => ({ sql: `"${column}" = ?`, value: value === 'true' ? 1 : 0 })

export function conditions(query: URLSearchParams, filters: Filters): Condition[] {
  return Object.entries(filters).flatMap(([key, filter]) => {
    const value = query.get(key)
    return value === null || value === '' ? [] : [filter(value)]
  })
}

/** An unknown sort key is ignored, as the framework's ordering filter does; a strict deployment refuses it. */
export function sortOf({ strict, sortIgnored }: Quirks, { query, language }: Call, known: readonly string[]): string | null {
  const asked = query.get('sort')
  if (asked === null || asked === '' || sortIgnored) return null
  if (known.includes(asked.replace(/^-/, ''))) return asked
  if (strict) throw new ApiError(400, { sort: [text(language, 'choice', asked)] })
  return null
}

export function listHandler(api: Api, dataset: DatasetName, filters: Filters, fixed?: (call: Call) => Condition[]): Handler {
  return (call) => {
    const where = [...(fixed?.(call) ?? []), ...conditions(call.query, filters)]
    const sort = sortOf(api.quirks, call, sortsOf(dataset))
    return { body: listPage(api.reader, { dataset, where, sort }, call.query, api.pageLimit) }
  }
}

export function itemBody(api: Api, dataset: DatasetName, id: string): string {
  const body = api.reader.one(dataset, id)
  if (body === undefined) throw missing()
  return body
}

export function itemHandler(api: Api, dataset: DatasetName): Handler {
  return (call): Answer => ({ body: itemBody(api, dataset, idOf(call)) })
}
