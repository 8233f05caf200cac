import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from './row'

export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What a group of measurements is given. */
export interface Context {
  /** Shared by all groups of one run, removed at its end. */
  folder: string
  chromium: string
  /** Clients of the runs against the program and the demo platform. */
  clients: number
}
export type Measure = (context: Context) => Promise<Row[]>

let count = 0
/** A new empty folder below the run's own. */
export const freshFolder = (context: Context, name: string): string =>
  mkdtempSync(join(context.folder, `${name}-${String(process.pid)}-${String(count++)}-`))

export const runFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'partner-console-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) }
}
