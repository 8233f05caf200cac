import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { AppError } from '@shared/errors'

/** The only place where content is written in plain: where the person said. It appears there whole, or not at all. */
export interface PlainWriter {
  write(content: string | Buffer): void
  finish(): void
  abort(): void
}

/** A name that nobody else has, and by which what a kill left unfinished is found. */
export const unfinishedPlain = (path: string, jobId: string): string => `${path}.${jobId}.part`

export const writePlain = (path: string, jobId: string): PlainWriter => {
  const part = unfinishedPlain(path, jobId)
  const handle = at(() => openSync(part, 'w', 0o600))
  let open = true
  const close = (): void => {
    if (open) closeSync(handle)
    open = false
  }
  return {
    write: (content) => {
      const bytes = Buffer.from(content)
      for (let done = 0; done < bytes.length;) done += at(() => writeSync(handle, bytes, done))
    },
    finish: () => {
      at(() => {
        fsyncSync(handle)
        close()
        renameSync(part, path)
      })
    },
    abort: () => {
      close()
      rmSync(part, { force: true })
    },
  }
}

/** What goes wrong there is the place's fault, not the store's. */
const at = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('disk-full', 'no space left where the file goes', {}, { cause: error })
    throw new AppError('storage', 'the file could not be written there', { reason: 'cannot-write' }, { cause: error })
  }
}
