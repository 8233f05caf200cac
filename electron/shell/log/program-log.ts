import { join } from 'node:path'
import { inspect } from 'node:util'
import log from 'electron-log/node'
import { redact } from './redaction'

export interface ProgramLog {
  info: (what: string, details?: unknown) => void
  warn: (what: string, details?: unknown) => void
  error: (what: string, details?: unknown) => void
}

const LARGEST_FILE = 1024 * 1024

const line = (what: string, details: unknown): string =>
  redact(
    details === undefined
      ? what
      : `${what}: ${details instanceof Error ? (details.stack ?? details.message) : inspect(details, { depth: 4, breakLength: Infinity })}`,
  )

/** The program's log: one file and the one before it, with nothing personal and no secret in it. */
export const openProgramLog = (folder: string): ProgramLog => {
  const logger = log.create({ logId: 'console' })
  logger.transports.console.level = false
  logger.transports.file.resolvePathFn = () => join(folder, 'console.log')
  logger.transports.file.maxSize = LARGEST_FILE
  return {
    info: (what, details) => logger.info(line(what, details)),
    warn: (what, details) => logger.warn(line(what, details)),
    error: (what, details) => logger.error(line(what, details)),
  }
}

/** What another process prints, line by line, into the log. */
export const logLines = (stream: NodeJS.ReadableStream | null, write: (line: string) => void): void => {
  let rest = ''
  stream?.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = (lines.pop() ?? '').slice(-4000)
    for (const one of lines) if (one.trim() !== '') write(one)
  })
}
