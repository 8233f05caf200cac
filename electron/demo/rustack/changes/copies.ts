import type { Cloud } from '../cloud'
import { DATASET_NAMES, type DatasetName, DATASETS } from '../datasets'
import { type Body, patchRows, rewrite } from '../rows'
import type { StoredRow } from '../store'

export const hasClientNumber = (dataset: DatasetName) => DATASETS[dataset].numbers.includes('cn')

/** What is shown inside other rows of the same client changes there too. */
export function spread(cloud: Cloud, dataset: DatasetName, row: StoredRow, fields: Body): void {
  const own = dataset === 'client' || dataset === 'contract'
  if (!own && !hasClientNumber(dataset)) return
  const client = own ? row.n : Number(row['cn'])
  for (const other of DATASET_NAMES) {
    if (hasClientNumber(other)) patchRows(cloud, other, ['cn', client], row.id, fields)
  }
  patchRows(cloud, 'contract', ['n', client], row.id, fields)
}

/** The new name stands in all copies too. */
export function rename(cloud: Cloud, dataset: DatasetName, row: StoredRow, name: string): void {
  rewrite(cloud, dataset, row, { name })
  spread(cloud, dataset, row, { name })
}

/** Every client shows how many contracts its plan has, so the number is a fragment that is set anew when it changes. */
export function planCounts(cloud: Cloud): void {
  const rows = cloud.store
    .sql<[], { plan: number; contracts: number }>('SELECT plan, count(*) AS contracts FROM contract GROUP BY plan')
    .all()
  const counts = new Map(rows.map((row) => [row.plan, row.contracts]))
  for (const [place, { id, name }] of cloud.plans.entries()) {
    const contracts = counts.get(place) ?? 0
    cloud.fragments.set(`l${place}`, JSON.stringify({ id, name, contracts }))
    cloud.fragments.set(`n${place}`, String(contracts))
  }
}
