import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { keyFits } from '../../sealed-page'

/** The files that the store's key opens, backups too. */
const storeFiles = (folder: string): string[] => {
  const backups = join(folder, 'backups')
  const copies = existsSync(backups) ? readdirSync(backups).filter((name) => /^local-.*\.db$/.test(name)) : []
  return [join(folder, 'local.db'), join(folder, 'cache.db'), ...copies.map((name) => join(backups, name))].filter(
    (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0,
  )
}

/** Whether data lie there already. */
export const hasStore = (folder: string): boolean => storeFiles(folder).length > 0

/** Whether a key is theirs. Any one file is enough: another's first page may be damaged. Where there is none, every key will do. */
export const opensStore = (folder: string, key: string): boolean => {
  const files = storeFiles(folder)
  return files.length === 0 || files.some((file) => keyFits(file, key))
}
