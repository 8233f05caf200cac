import { basename, join } from 'node:path'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { setAside, sizeOf } from './files'
import { losesFrames } from './lost-frames'
import { migrate } from './migrate'
import { cacheMigrations } from './migrations'
import type { NoticeText } from './notices'
import { openFile } from './open-file'
import type { Db } from './sql'
import { storageFailure } from './storage-error'
import { dropSuspicion, suspicionOf } from './suspect'
import { damagedPages, isCutShort, isSound, matter, type SealedFile } from './verify'

const CACHE_KIB = 64_000
/** Up to here the whole cache is read while opening: about 45 ms. A larger one is read in another thread. */
const CHECKED_AT_ONCE = 8_000_000

interface OpenCache {
  folder: string
  key: string | null
  clock: Pick<Clock, 'now'>
}
export interface CacheFile {
  db: Db
  notice: NoticeText | null
  /** It was too large to be read through while opening. `thorough`: how its pages hang together is in doubt too. */
  unchecked: { thorough: boolean } | null
}

/** Opens the cache. One that is damaged or newer than the program is put aside: it can be read from the platforms again. */
export const openCache = (options: OpenCache): CacheFile => {
  const { folder, key, clock } = options
  try {
    const opened = tryCache(options)
    if (key !== null && opened.unchecked === null) dropSuspicion(folder, 'cache.db')
    return { ...opened, notice: null }
  } catch (error) {
    const reason = rebuildReason(error)
    if (reason === null || key === null) throw error
    const aside = setAside(join(folder, 'cache.db'), clock.now())
    dropSuspicion(folder, 'cache.db')
    return { ...tryCache(options), notice: { kind: 'cache-set-aside', reason, file: basename(aside) } }
  }
}

const isWhole = (db: Db, file: SealedFile, thorough: boolean): boolean =>
  !matter(db, file, damagedPages(file)) && (!thorough || isSound(db))

const rebuildReason = (error: unknown): 'damaged' | 'newer-schema' | null => {
  if (!(error instanceof AppError) || error.code !== 'storage') return null
  const reason = error.details['reason']
  if (reason === 'damaged' || reason === 'wrong-key-or-damaged') return 'damaged'
  return reason === 'newer-schema' ? reason : null
}

const tryCache = ({ folder, key }: OpenCache): Omit<CacheFile, 'notice'> => {
  const path = key === null ? ':memory:' : join(folder, 'cache.db')
  const db = openFile({ path, key, cacheKib: CACHE_KIB })
  try {
    let unchecked: CacheFile['unchecked'] = null
    if (key !== null) {
      if (losesFrames(db, path)) throw storageFailure('damaged', 'the log of cache.db is damaged', { file: 'cache.db' })
      db.pragma('wal_checkpoint(TRUNCATE)')
      const suspicion = suspicionOf({ folder, name: 'cache.db' }, key)
      unchecked = sizeOf(path) > CHECKED_AT_ONCE ? { thorough: suspicion !== null } : null
      const known = isCutShort(db, path) || suspicion === 'damaged'
      if (known || (unchecked === null && !isWhole(db, { path, key }, suspicion !== null)))
        throw storageFailure('damaged', 'cache.db is damaged', { file: 'cache.db' })
    }
    // Fewer, larger checkpoints: a pull rewrites the same index pages again and again.
    db.pragma('wal_autocheckpoint = 3000')
    migrate(db, { steps: cacheMigrations, file: 'cache.db', backup: () => undefined })
    return { db, unchecked }
  } catch (error) {
    db.close()
    throw error
  }
}
