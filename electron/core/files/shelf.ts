import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  dropKeptFile,
  everyKeptFile,
  insertKeptFile,
  keptFilesOf,
  keptFilesUntil,
  setKeptFileState,
  type KeptFile,
} from '../store/local/kept-files'
import type { Db } from '../store/sql'
import type { SealedPlace } from './sealed-file'

const ENDING = '.kept'
export const shelfFolder = (dataFolder: string): string => join(dataFolder, 'files')
export const placeOf = ({ folder, key }: { folder: string; key: string }, id: string): SealedPlace => ({
  path: join(folder, id + ENDING),
  key,
  id,
})

/** Looks after the kept files: a file has a row in local.db, a row has a file, and both go together. */
export interface KeptFiles {
  /** At the start, before anything writes here: what a kill left is removed, and a file that is gone is told. */
  tidy(): void
  /** The file is in its place already. */
  add(file: KeptFile): void
  remove(id: string): void
  /** With the connection go its files, and those over all connections. */
  forget(connectionId: string): void
  prune(now: number): void
  doubt(id: string, state: KeptFile['state']): void
}

/** What is still open in a thread that ends just now goes at the next start, where a system does not let it go at once. */
const removeFile = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // Without a row it is no kept file.
  }
}

/** @param dataFolder null in a workspace that keeps nothing. */
export const createKeptFiles = ({ local, dataFolder }: { local: Db; dataFolder: string | null }): KeptFiles => {
  const folder = dataFolder === null ? null : shelfFolder(dataFolder)
  const drop = (id: string): void => {
    // The row first: a file without one is removed at the next start, a row without a file would be told as missing.
    dropKeptFile(local, id)
    if (folder === null) return
    for (const name of readdirSync(folder)) if (name.startsWith(id)) removeFile(join(folder, name))
  }
  return {
    tidy: () => {
      if (folder === null) return
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const rows = new Map(everyKeptFile(local).map((row) => [row.id + ENDING, row]))
      for (const name of readdirSync(folder)) if (!rows.has(name)) removeFile(join(folder, name))
      for (const [name, { id, state }] of rows) {
        if (!existsSync(join(folder, name))) setKeptFileState(local, id, 'missing')
        else if (state === 'missing') setKeptFileState(local, id, 'whole')
      }
    },
    add: (file) => {
      insertKeptFile(local, file)
    },
    remove: drop,
    forget: (connectionId) => {
      for (const { id } of keptFilesOf(local, connectionId)) drop(id)
    },
    prune: (now) => {
      for (const { id } of keptFilesUntil(local, now)) drop(id)
    },
    doubt: (id, state) => {
      setKeptFileState(local, id, state)
    },
  }
}
