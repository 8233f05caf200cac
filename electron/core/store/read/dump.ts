import { datasets, type Dataset } from '@shared/domain/datasets'
import { descriptorOf } from '../datasets'
import { all, sql, trusted, type Db } from '../sql'

const fieldName = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** A row as one line: without what is only derived, and what says when, how and by which workspace it was read. */
const canonical = (dataset: Dataset, row: Record<string, unknown>): string => {
  const told = descriptorOf(dataset).columns.filter(({ field }) => field !== null)
  const fields = [...told, { name: 'extra', json: true }]
    .map(({ name, json }) => [fieldName(name), json ? sorted(JSON.parse(String(row[name]))) : row[name]] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ dataset, id: row['id'], ...Object.fromEntries(fields) })
}

/** Keys in one order, whatever order they came in. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

/** Hours come and go with the moment of reading; days stay. */
const conditionOf = (dataset: Dataset) => (dataset === 'statistics' ? sql`WHERE resolution = 'day'` : sql``)

/** Every cached row as one line of JSON, in one order: two stores that hold the same give the same lines. */
export function* dumpLines(cache: Db): Generator<string> {
  for (const dataset of [...datasets].sort()) {
    const rows = all<Record<string, unknown>>(
      cache,
      sql`SELECT * FROM ${trusted(descriptorOf(dataset).table)} ${conditionOf(dataset)} ORDER BY id`,
    )
    for (const row of rows) yield canonical(dataset, row)
  }
}
