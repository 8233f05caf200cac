import { copyFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CheckedStoreFile, JobResult } from '@shared/ipc/jobs'
import { keptState, readKept } from '../../files/sealed-file'
import { placeOf } from '../../files/shelf'
import { AppError } from '@shared/errors'
import { bytesOf, checkPages, hangsTogether } from '../../store/check-file'
import { everyKeptFile } from '../../store/local/kept-files'
import { openForReading } from '../../store/open-file'
import { storageFailure, storageReason } from '../../store/storage-error'
import { jobKind, type JobContext } from '../kind'

const CACHE_KIB = 4000
const COPY_TRIES = 20

/** Reads the store's files and the kept ones through: every page and piece against its seal, and how the pages hang together. */
export const checkStore = jobKind<Record<string, never>>({
  name: 'check-store',
  input: z.strictObject({}),
  resumable: false,
  writes: () => null,
  run: async (_input, context) => {
    const { shelf } = context
    if (shelf === null) throw new AppError('not-offered', 'a workspace in memory has no files')
    const paths = (['local.db', 'cache.db'] as const).map((name) => ({ name, path: join(shelf.dataFolder, name) }))
    const kept = everyKeptFile(context.local)
    const total = [...paths.map(({ path }) => bytesOf(path)), ...kept.map(({ size }) => size)].reduce((sum, size) => sum + size, 0)
    let before = 0
    const step = (bytes: number): Promise<void> => context.step(Math.min(total, before + bytes), total)
    const files: CheckedStoreFile[] = []
    for (const { name, path } of paths) {
      const checked = await checkPages({ path, key: shelf.key }, step)
      before += bytesOf(path)
      const together = (): Promise<void> => step(0)
      const sound = name === 'cache.db' ? await hangsTogether(context.cache, together) : await copyHangsTogether(path, context, together)
      files.push({ name, ...checked, sound })
    }
    const found: Extract<JobResult, { kind: 'check-store' }>['kept'] = { whole: 0, damaged: 0, missing: 0 }
    for (const { id, sha256, size } of kept) {
      found[await lookAt(context, { id, sha256, step })]++
      before += size
    }
    return { kind: 'check-store', files, kept: found }
  },
})

/**
 * A look into local.db itself would hold up what a person does meanwhile: its log cannot be folded in while somebody reads.
 * Between two folds the file is complete, so a copy of it (encrypted as it is) is looked into.
 */
const copyHangsTogether = async (path: string, { shelf, id }: JobContext, step: () => Promise<void>): Promise<boolean> => {
  const copy = join(shelf?.folder ?? '', `${id}.look`)
  try {
    await copyBetweenFolds(path, copy, step)
    const db = openForReading({ path: copy, key: shelf?.key ?? '', cacheKib: CACHE_KIB })
    try {
      return await hangsTogether(db, step)
    } finally {
      db.close()
    }
  } catch (error) {
    if (storageReason(error) === 'wrong-key-or-damaged') return false
    throw error
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  }
}

const copyBetweenFolds = async (path: string, copy: string, step: () => Promise<void>): Promise<void> => {
  const stand = (): string => {
    const { size, mtimeNs } = statSync(path, { bigint: true })
    return `${String(size)} ${String(mtimeNs)}`
  }
  for (let attempt = 1; attempt <= COPY_TRIES; attempt++) {
    await step()
    const before = stand()
    copyFileSync(path, copy)
    if (stand() === before) return
  }
  throw storageFailure('refused', 'local.db is written to all the time', { file: 'local.db' })
}

interface Look {
  id: string
  sha256: string
  step: (bytes: number) => Promise<void>
}
const lookAt = async (context: JobContext, { id, sha256, step }: Look): Promise<'whole' | 'damaged' | 'missing'> => {
  try {
    let bytes = 0
    for (const piece of readKept(placeOf(context.shelf ?? { folder: '', key: '' }, id), { sha256 })) await step((bytes += piece.length))
    return 'whole'
  } catch (error) {
    const state = keptState(error)
    if (state === null) throw error
    context.doubt(id, state)
    return state
  }
}
