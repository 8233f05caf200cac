import { AppError, type AppErrorData } from '@shared/errors'

/** Why a file of the store could not be used; `details.reason` of a `storage` error. */
export type StorageReason =
  | 'wrong-key-or-damaged'
  | 'damaged'
  | 'missing'
  | 'file-gone'
  /** It is still being read through: nothing is written to it before that ends. */
  | 'being-checked'
  | 'newer-schema'
  | 'migration-failed'
  | 'old-node'
  | 'not-readable'
  | 'refused'
  /** Of a kept file, not of the store's own. */
  | 'kept-missing'
  | 'kept-damaged'

const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/
const UNREADABLE = /^SQLITE_(IOERR|CANTOPEN|PERM|READONLY|BUSY|LOCKED)/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

export const isDamage = (error: unknown): boolean => DAMAGED.test(codeOf(error)) || codeOf(error) === 'SQLITE_IOERR_DATA'

/** Turns what the driver or the file system throws into a coded error; coded errors pass as they are. */
export const storageError = (error: unknown, file?: string): AppError => {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const details = { code, ...(file === undefined ? {} : { file }) }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('disk-full', 'the disk is full', details, { cause: error })
  const reason = reasonOf(error, code)
  if (reason === null) return AppError.from(error)
  return new AppError('storage', `the local store failed: ${code}`, { ...details, reason }, { cause: error })
}

const reasonOf = (error: unknown, code: string): StorageReason | null => {
  if (isDamage(error)) return 'damaged'
  if (UNREADABLE.test(code) || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'not-readable'
  return code.startsWith('SQLITE_') ? 'refused' : null
}

export const storageFailure = (reason: StorageReason, message: string, details: Record<string, unknown> = {}, cause?: unknown): AppError =>
  new AppError('storage', message, { reason, ...details }, cause === undefined ? undefined : { cause })

/** Why the store failed; null for any other error. */
export const storageReason = (error: unknown): string | null =>
  error instanceof AppError && error.code === 'storage' && typeof error.details['reason'] === 'string' ? error.details['reason'] : null

export const isBeingChecked = (error: AppErrorData): boolean => error.code === 'storage' && error.details['reason'] === 'being-checked'

/** Whether reading this file failed because of what is in it. */
export const isDamaged = (error: unknown, file: string): boolean =>
  storageReason(error) === 'damaged' && (error as AppError).details['file'] === file
