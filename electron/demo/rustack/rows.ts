import type { Cloud } from './cloud'
import type { DatasetName } from './datasets'
import type { StoredRow, Value } from './store'

/** Changing stored bodies. Holes survive, because they are plain strings in the parsed object. */
export type Body = Record<string, unknown>

export const bodyOf = (row: Pick<StoredRow, 'body'>) => JSON.parse(row.body) as Body

export function rewrite(
  cloud: Cloud,
  dataset: DatasetName,
  row: StoredRow,
  fields: Body,
  columns: Readonly<Record<string, Value>> = {},
): Body {
  const body = { ...bodyOf(row), ...fields }
  const name = typeof fields['name'] === 'string' ? { name: fields['name'].toLowerCase() } : {}
  cloud.store.update(dataset, row.n, { ...name, ...columns, body: JSON.stringify(body) })
  return body
}

/** Every object of the list, also those nested deeper, that has the id gets the new fields: nested copies stay true. */
export function patchNested(value: unknown, id: string, fields: Body): unknown {
  if (Array.isArray(value)) return value.map((one) => patchNested(one, id, fields))
  if (typeof value !== 'object' || value === null) return value
  const patched = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, patchNested(one, id, fields)]))
  if (patched['id'] !== id) return patched
  const known = Object.entries(fields).filter(([key]) => Object.hasOwn(patched, key))
  return { ...patched, ...Object.fromEntries(known) }
}

export function patchRows(cloud: Cloud, dataset: DatasetName, where: readonly [string, Value], id: string, fields: Body): void {
  for (const row of cloud.store.rowsBy(dataset, where[0], where[1])) {
    if (row.body.includes(id)) cloud.store.update(dataset, row.n, { body: JSON.stringify(patchNested(bodyOf(row), id, fields)) })
  }
}
