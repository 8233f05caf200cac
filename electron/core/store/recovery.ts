import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreChoice, StoreChoices } from '@shared/ipc/shell'
import type { Clock } from '../clock'
import { backupFolder, isWholeBackup, localBackups, restoreLocalBackup } from './backup'
import { dropSalvage, moveInto, remove, salvagePath, setAside, setStoreAside, sizeOf } from './files'
import { holdsOf } from './holds'
import { openFile } from './open-file'
import { salvage } from './salvage'
import { storageFailure } from './storage-error'

export interface ClosedStore {
  folder: string
  key: string
  clock: Pick<Clock, 'now'>
}

/** What there is to go on with, where local.db does not open: looked at, and nothing changed. */
export const storeChoices = ({ folder, key }: ClosedStore): StoreChoices => ({
  salvage: salvage(folder, key),
  backups: localBackups(folder).flatMap((name) => {
    const holds = lookInto(join(backupFolder(folder), name), key)
    return holds === null ? [] : [{ ...holds, name }]
  }),
})

/** A copy is opened: SQLite writes beside what it reads. */
const lookInto = (backup: string, key: string): ReturnType<typeof holdsOf> | null => {
  if (!isWholeBackup(backup, key)) return null
  const copy = `${backup}.look`
  try {
    copyFileSync(backup, copy)
    const db = openFile({ path: copy, key, cacheKib: 2000 })
    try {
      return holdsOf(db, statSync(backup).mtimeMs)
    } finally {
      db.close()
    }
  } catch {
    return null
  } finally {
    remove(copy)
  }
}

/** Does what a person decided; what stood there is put aside. @throws AppError `storage` when it is not there any more. */
export const takeChoice = (store: ClosedStore, choice: StoreChoice): void => {
  const { folder, clock } = store
  const path = join(folder, 'local.db')
  if (choice.kind === 'salvage') {
    if (sizeOf(salvagePath(folder)) === 0) throw storageFailure('damaged', 'nothing was salvaged', { file: 'local.db' })
    setAside(path, clock.now())
    moveInto(salvagePath(folder), path)
  } else if (choice.kind === 'backup') {
    restoreLocalBackup({ ...store, name: choice.name })
  } else {
    setStoreAside(folder, clock.now())
  }
  dropSalvage(folder)
}
