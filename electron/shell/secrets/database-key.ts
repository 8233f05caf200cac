import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SecretBox } from './secret-box'

/** `temporary`: nothing is kept. `lost`: a store is there, and the key to it is not. */
export type DatabaseKey = { state: 'ready'; key: string } | { state: 'temporary' } | { state: 'lost' }

interface Setup {
  file: string
  box: SecretBox
  randomKey: () => string
  /** The key from a recovery code that a person gave; it replaces whatever is there. */
  recovered: string | null
}
interface KeyFile {
  version: 1
  backend: string
  wrapped: string
}

const read = (file: string): KeyFile | null => {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeyFile>
  return content.version === 1 && typeof content.wrapped === 'string' ? (content as KeyFile) : null
}

const keep = async ({ file, box }: Setup, key: string): Promise<DatabaseKey> => {
  const content: KeyFile = { version: 1, backend: box.backend, wrapped: await box.wrap(key) }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return { state: 'ready', key }
}

/** The key of the local store: made once, kept wrapped, and never made anew over one that cannot be read. */
export const loadDatabaseKey = async (setup: Setup): Promise<DatabaseKey> => {
  const { file, box, recovered } = setup
  if (recovered !== null) return box.backend === 'none' ? { state: 'ready', key: recovered } : keep(setup, recovered)
  if (existsSync(file)) {
    try {
      const content = read(file)
      return content === null ? { state: 'lost' } : { state: 'ready', key: await box.unwrap(content.wrapped) }
    } catch {
      return { state: 'lost' }
    }
  }
  return box.backend === 'none' ? { state: 'temporary' } : keep(setup, setup.randomKey())
}
