import type { Cloud } from '../cloud'
import { DATASET_NAMES, DATASETS, type DatasetName } from '../datasets'
import { patchRows, type Body } from '../rows'
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
