import type { Random } from '../../random'
import type { Cloud } from '../cloud'
import type { Jobs } from '../jobs'
import type { DatasetName } from '../datasets'
import { missingDetail, missingItem, type ApiError } from './errors'
import { listPage } from './listing'
import type { Condition, Reader } from './page'
import type { Answer, Call, Handler } from './resource'

/** What the routes of both halves work with. */
export interface Api {
  readonly cloud: Cloud
  readonly reader: Reader
  readonly jobs: Jobs
  readonly pageSize: number
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

export function listHandler(api: Api, dataset: DatasetName, filters: Filters, fixed?: (call: Call) => Condition[]): Handler {
  return (call) => {
    const where = [...(fixed?.(call) ?? []), ...conditions(call.query, filters)]
    return { body: listPage(api.reader, { dataset, where, sort: call.query.get('sort') }, call.query, api.pageSize) }
  }
}

const ADMINISTRATION = new Set<DatasetName>(['account', 'client', 'contract', 'partner', 'billing_plan', 'note', 'key'])
export const missing = (dataset: DatasetName): ApiError => (ADMINISTRATION.has(dataset) ? missingDetail() : missingItem())

export function itemBody(api: Api, dataset: DatasetName, id: string): string {
  const body = api.reader.one(dataset, id)
  if (body === undefined) throw missing(dataset)
  return body
}

export function itemHandler(api: Api, dataset: DatasetName): Handler {
  return (call): Answer => ({ body: itemBody(api, dataset, idOf(call)) })
}
