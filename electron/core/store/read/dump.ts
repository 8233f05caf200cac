import { datasets, type Dataset } from '@shared/domain/datasets'
import { tables } from '../cache/tables'
import { all, sql, trusted, type Db } from '../sql'

/** What says when and how a row was read, or which workspace read it; and what is only derived from another column. */
const LEFT_OUT = new Set(['connection_id', 'hash', 'walk', 'name_folded', 'login_folded'])
const JSON_COLUMNS = new Set(['extra', 'ns_servers', 'hypervisors', 'payment_methods', 'contacts', 'objects', 'disk_gb'])

const fieldName = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const canonical = (dataset: Dataset, row: Record<string, unknown>): string => {
  const fields = Object.entries(row)
    .filter(([column]) => !LEFT_OUT.has(column) && column !== 'id')
    .map(([column, cell]) => [fieldName(column), JSON_COLUMNS.has(column) ? sorted(JSON.parse(String(cell))) : cell] as const)
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
      sql`SELECT * FROM ${trusted(tables[dataset].table)} ${conditionOf(dataset)} ORDER BY id`,
    )
    for (const row of rows) yield canonical(dataset, row)
  }
}
