import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempFolder {
  path: string
  remove: () => void
}

/** A folder of its own for every test. */
export const tempFolder = (name = 'console'): TempFolder => {
  const path = mkdtempSync(join(tmpdir(), `partner-console-e2e-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) }
}
