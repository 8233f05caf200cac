import type { Moment } from '../changes/additions'
import type { DatasetName } from '../datasets'
import type { StoredRow } from '../store'

/** Any row, found by number without counting: the same for the same dice and the same cloud. */
export function anyRow({ cloud, random }: Moment, dataset: DatasetName, where = '1'): StoredRow | undefined {
  const { store } = cloud
  const last = store.sql<[], { last: number | null }>(`SELECT max(n) AS last FROM "${dataset}" WHERE ${where}`).get()?.last ?? 0
  const from = random.int(1, Math.max(1, last))
  return store.sql<[number], StoredRow>(`SELECT * FROM "${dataset}" WHERE n >= ? AND ${where} ORDER BY n LIMIT 1`).get(from)
}

export function countOf({ cloud }: Pick<Moment, 'cloud'>, dataset: DatasetName): number {
  return cloud.store.sql<[], { count: number }>(`SELECT count(*) AS count FROM "${dataset}"`).get()?.count ?? 0
}
