import { faultNumbers } from '@shared/fault-numbers'
import { AppError, type AppErrorData } from '@shared/errors'

/** One line of the program's log, which the shell keeps: without secrets, in a file of its own. */
export interface LogLine {
  what: string
  details: string
}
export type Log = (what: string, error: unknown) => void

const MOST_CAUSES = 5
const MOST_LETTERS = 8000

/** An error whole: its stack, its code and details, and what caused it. */
export const describe = (error: unknown): string => {
  const parts: string[] = []
  for (let one = error, depth = 0; one !== undefined && one !== null && depth < MOST_CAUSES; depth++) {
    parts.push((depth === 0 ? '' : 'caused by ') + describeOne(one))
    one = one instanceof Error ? one.cause : undefined
  }
  return parts.join('\n').slice(0, MOST_LETTERS)
}
const describeOne = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : String(JSON.stringify(error))
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : ''
  const details = error instanceof AppError && Object.keys(error.details).length > 0 ? ` ${JSON.stringify(error.details)}` : ''
  return `${error.stack ?? error.message}${code}${details}`
}

export const createLog =
  (write: (line: LogLine) => void): Log =>
  (what, error) => {
    write({ what, details: describe(error) })
  }

/** Tells the page about an error. What is our own fault is logged whole and told by a number only: no path, no SQL, no raw message. */
export type TellFault = (where: string, error: AppError) => AppErrorData

export const createFaults = (log: Log, run: string): TellFault => {
  const next = faultNumbers(run)
  return (where, error) => {
    switch (error.code) {
      case 'internal': {
        const number = next()
        log(`fault ${number} in ${where}`, error)
        return new AppError('internal', 'something went wrong inside the program', { number }).toData()
      }
      case 'storage':
      case 'disk-full':
        log(`the local file failed in ${where}`, error)
        return { ...error.toData(), message: 'the local file could not be read or written' }
      default:
        return error.toData()
    }
  }
}
