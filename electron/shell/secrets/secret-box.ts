import type { SafeStorage } from 'electron'
import { AppError } from '@shared/errors'
import type { SecretBackend } from '@shared/ipc/shell'

/** Wraps secrets so that only this person on this machine can read them. */
export interface SecretBox {
  backend: SecretBackend
  wrap: (plain: string) => Promise<string>
  unwrap: (wrapped: string) => Promise<string>
}

const refused = () => Promise.reject(new AppError('storage', 'this system has no place for secrets', { reason: 'no-keyring' }))
const noBox: SecretBox = { backend: 'none', wrap: refused, unwrap: refused }

interface Setup {
  safeStorage: Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend'>
  platform: string
  /** The stand-in keeps its key in a file, and says so. */
  isStandin: boolean
}

/** On Linux without a keyring Electron would "encrypt" with a fixed password: that is no secret, and is not used as one. */
const backendOf = async ({ safeStorage, platform, isStandin }: Setup): Promise<SecretBackend> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable().catch(() => false))) return 'none'
  if (isStandin) return 'development-key-file'
  if (platform !== 'linux') return 'system'
  const selected = safeStorage.getSelectedStorageBackend()
  return selected === 'basic_text' || selected === 'unknown' ? 'none' : 'system'
}

export const openSecretBox = async (setup: Setup): Promise<SecretBox> => {
  const backend = await backendOf(setup)
  if (backend === 'none') return noBox
  const { safeStorage } = setup
  return {
    backend,
    wrap: async (plain) => (await safeStorage.encryptStringAsync(plain)).toString('base64'),
    unwrap: async (wrapped) => {
      const opened = await safeStorage.decryptStringAsync(Buffer.from(wrapped, 'base64')).catch((error: unknown) => {
        throw new AppError('storage', 'a secret cannot be read with the key that this system has', { reason: 'key-lost' }, { cause: error })
      })
      return opened.result
    },
  }
}
