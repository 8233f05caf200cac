import { copyFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreChoice, StoreChoices } from '@shared/ipc/shell'
import type { Clock } from '../clock'
import { backupFolder, isWholeBackup, localCopies, restoreLocalBackup } from './backup'
import { dropSalvage, keepShelfBeside, moveInto, remove, restoredMark, salvagePath, setAside, setStoreAside, sizeOf } from './files'
import { holdsOf, type Holds } from './holds'
import { openFile } from './open-file'
import { readLedger, recentAfter } from './safe/ledger'
import { salvage } from './salvage'
import { storageFailure } from './storage-error'
import { dropSuspicion } from './suspect'
import { isSound } from './verify'

export interface ClosedStore {
  folder: string
  key: string
  clock: Pick<Clock, 'now'>
}

/** What there is to go on with, where local.db does not open: looked at, and nothing changed. */
export const storeChoices = ({ folder, key }: ClosedStore): StoreChoices => {
  const known = readLedger(join(folder, 'commits.ledger'), key)
  const lacking = ({ commits }: Holds): Pick<StoreChoices['backups'][number], 'missing' | 'recent'> => ({
    missing: known === null || commits === null ? null : Math.max(0, known.count - commits),
    recent: recentAfter(known, commits ?? 0),
  })
  const read = salvage(folder, key)
  const looked = localCopies(folder).map((name) => {
    const path = join(backupFolder(folder), name)
    return { name, madeAt: Math.floor(statSync(path).mtimeMs), holds: lookInto(path, key) }
  })
  return {
    salvage: read && { ...read, ...lacking(read) },
    backups: looked.flatMap(({ name, holds }) => (holds === null ? [] : [{ ...holds, ...lacking(holds), name }])),
    damaged: looked.flatMap(({ name, madeAt, holds }) => (holds === null ? [{ name, madeAt }] : [])),
  }
}

/** A copy is opened: SQLite writes beside what it reads. @returns null: it is damaged too. */
const lookInto = (backup: string, key: string): Holds | null => {
  if (!isWholeBackup(backup, key)) return null
  const copy = `${backup}.look`
  try {
    copyFileSync(backup, copy)
    const db = openFile({ path: copy, key, cacheKib: 2000 })
    try {
      return isSound(db) ? holdsOf(db, statSync(backup).mtimeMs) : null
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
  if (choice.kind !== 'new') keepShelfBeside(folder, clock.now())
  if (choice.kind === 'salvage') {
    if (sizeOf(salvagePath(folder)) === 0) throw storageFailure('damaged', 'nothing was salvaged', { file: 'local.db' })
    setAside(path, clock.now())
    moveInto(salvagePath(folder), path)
    rmSync(restoredMark(folder), { force: true })
  } else if (choice.kind === 'backup') {
    restoreLocalBackup({ ...store, name: choice.name })
  } else {
    setStoreAside(folder, clock.now())
  }
  dropSalvage(folder)
  dropSuspicion(folder, 'local.db')
}
