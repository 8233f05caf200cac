import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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
  /** There are data that a key was made for. */
  hasStore: boolean
  /** Whether a key is theirs. */
  opens: (key: string) => boolean
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
  if (existsSync(file)) writeDurably(copyOf(file), readFileSync(file, 'utf8'))
  writeDurably(file, JSON.stringify(content))
}

/** None of the copies is written over: which of them is needed one day nobody knows. */
const copyOf = (file: string): string => {
  const text = readFileSync(file, 'utf8')
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${file}.before` : `${file}.before-${String(count)}`
    if (!existsSync(name) || readFileSync(name, 'utf8') === text) return name
  }
}

/** After a power cut there is the old one or the whole new one. */
const writeDurably = (file: string, text: string): void => {
  const handle = openSync(`${file}.new`, 'w', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${file}.new`, file)
}

/** The key of the local store: made once, kept wrapped, and never made anew over one that cannot be read. */
export const loadDatabaseKey = async ({ file, box, randomKey, recovered, hasStore, opens }: Setup): Promise<DatabaseKey> => {
  const keep = async (key: string): Promise<DatabaseKey> => {
    await keepDatabaseKey(file, key, { box })
    return { state: 'ready', key }
  }
  if (recovered !== null && opens(recovered)) return box.backend === 'none' ? { state: 'ready', key: recovered } : keep(recovered)
  if (!existsSync(file) && hasStore) return { state: 'lost' }
  if (!existsSync(file)) return box.backend === 'none' ? { state: 'none' } : keep(randomKey())
  try {
    const content = read(file)
    if (content === null) return { state: 'lost' }
    const { wrapped, params } = content
    if (content.backend === 'passphrase' && params) return { state: 'passphrase', wrapped, params }
    const key = await box.unwrap(wrapped)
    return opens(key) ? { state: 'ready', key } : { state: 'lost' }
  } catch {
    return { state: 'lost' }
  }
}
