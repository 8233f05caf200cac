import type { Cloud } from './cloud'
import { DATASET_NAMES } from './datasets'
import { planCounts } from './changes/copies'

/**
 * A backup of the platform, and the platform restored from it: rows, ids and texts as they were then. The time does not go
 * back, and numbers that were given since are not given again, so that what is made afterwards is new.
 */
const TABLES = [...DATASET_NAMES, 'usage'] as const
const tableOf = (name: string, table: string) => `"backup ${name} ${table}"`

export const isBackupName = (text: string) => /^[\w-]{1,40}$/.test(text)

export function takeBackup({ store }: Cloud, name: string): void {
  store.transaction(() => {
    for (const table of TABLES) {
      store.sql(`DROP TABLE IF EXISTS ${tableOf(name, table)}`).run()
      store.sql(`CREATE TABLE ${tableOf(name, table)} AS SELECT * FROM "${table}"`).run()
    }
    store.setMeta(`backup ${name}`, 'yes')
  })
}

/** False = there is no backup of that name. */
export function restoreBackup(cloud: Cloud, name: string): boolean {
  const { store } = cloud
  if (store.meta(`backup ${name}`) === undefined) return false
  store.transaction(() => {
    for (const table of TABLES) {
      store.sql(`DELETE FROM "${table}"`).run()
      store.sql(`INSERT INTO "${table}" SELECT * FROM ${tableOf(name, table)}`).run()
    }
  })
  for (const dataset of DATASET_NAMES) store.touch(dataset)
  cloud.usage.load()
  planCounts(cloud)
  return true
}
