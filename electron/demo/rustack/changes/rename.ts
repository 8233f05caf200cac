import type { Cloud } from '../cloud'
import type { DatasetName } from '../datasets'
import { rewrite } from '../rows'
import type { StoredRow } from '../store'
import { spread } from './spread'

/** The new name stands in all copies too. */
export function rename(cloud: Cloud, dataset: DatasetName, row: StoredRow, name: string): void {
  rewrite(cloud, dataset, row, { name })
  spread(cloud, dataset, row, { name })
}
