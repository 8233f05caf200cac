import { join } from 'node:path'
import type { Db } from './sql'
import { storageFailure } from './storage-error'
import { suspect } from './suspect'
import type { TaskRunner, TellShare } from './tasks/tasks'
import { isCutShort, stillDamaged } from './verify'

interface Checked {
  db: Db
  name: 'local.db' | 'cache.db'
  thorough: boolean
  /** Writes into the file what stands in its log. */
  fold: () => void
}

/**
 * Reads an open file through in another thread. A second thread may read half of what is just being written: what looks
 * damaged to it is looked at again on this one, where nothing is being written meanwhile.
 */
export const createCheck =
  ({ folder, key, tasks }: { folder: string; key: string; tasks: TaskRunner }) =>
  async ({ db, name, thorough, fold }: Checked, tell?: TellShare): Promise<void> => {
    const path = join(folder, name)
    const { pages, sound } = await tasks.run('check', { path, key, thorough }, tell)
    // What was committed meanwhile belongs to the file's length.
    fold()
    const damaged = stillDamaged({ path, key }, pages)
    if (damaged.length === 0 && sound && !isCutShort(db, path)) return
    suspect({ folder, name }, { pages: damaged, unsound: !sound })
    throw storageFailure('damaged', `${name} is damaged`, { file: name })
  }
