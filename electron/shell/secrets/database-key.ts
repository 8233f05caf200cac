import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { PassphraseParams } from './passphrase-box'
import type { SecretBox } from './secret-box'

/**
 * `none`: there is no key yet and no place for one. `lost`: a store is there, and the key to it is not. `passphrase`: the
 * key is there, and a person has what opens it.
 */
export type DatabaseKey =
  | { state: 'ready'; key: string }
  | { state: 'none' }
  | { state: 'lost' }
  | { state: 'passphrase'; wrapped: string; params: PassphraseParams }

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
  params?: PassphraseParams
}

const read = (file: string): KeyFile | null => {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeyFile>
  return content.version === 1 && typeof content.wrapped === 'string' ? (content as KeyFile) : null
}

/** Keeps the key wrapped. What stood there before may still be opened one day: it is put beside, never thrown away. */
export const keepDatabaseKey = async (
  file: string,
  key: string,
  { box, params }: { box: SecretBox; params?: PassphraseParams },
): Promise<void> => {
  const content: KeyFile = { version: 1, backend: box.backend, wrapped: await box.wrap(key), ...(params ? { params } : {}) }
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file)) copyFileSync(file, `${file}.before`)
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The key of the local store: made once, kept wrapped, and never made anew over one that cannot be read. */
export const loadDatabaseKey = async ({ file, box, randomKey, recovered }: Setup): Promise<DatabaseKey> => {
  const keep = async (key: string): Promise<DatabaseKey> => {
    await keepDatabaseKey(file, key, { box })
    return { state: 'ready', key }
  }
  if (recovered !== null) return box.backend === 'none' ? { state: 'ready', key: recovered } : keep(recovered)
  if (!existsSync(file)) return box.backend === 'none' ? { state: 'none' } : keep(randomKey())
  try {
    const content = read(file)
    if (content === null) return { state: 'lost' }
    const { wrapped, params } = content
    if (content.backend === 'passphrase' && params) return { state: 'passphrase', wrapped, params }
    return { state: 'ready', key: await box.unwrap(wrapped) }
  } catch {
    return { state: 'lost' }
  }
}
