import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'

/**
 * Wraps secrets with a key in a file of the data folder: good for development, and called by that name wherever a
 * person looks. The system's keyring is Electron's to reach.
 */
export class StandinSafeStorage implements Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable'> {
  private readonly folder: () => string
  private key: Buffer | null = null

  private readonly available: boolean

  /** `available` false: as on a Linux without a keyring. */
  constructor(folder: () => string, available: boolean) {
    this.folder = folder
    this.available = available
  }
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(this.available)
  }
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.ownKey(), nonce)
    const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), body]))
  }
  async decryptStringAsync(encrypted: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    const decipher = createDecipheriv('aes-256-gcm', this.ownKey(), encrypted.subarray(0, 12)).setAuthTag(encrypted.subarray(12, 28))
    const plain = Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()])
    return Promise.resolve({ shouldReEncrypt: false, result: plain.toString('utf8') })
  }
  private ownKey(): Buffer {
    const file = join(this.folder(), 'development.key')
    if (this.key === null && !existsSync(file)) {
      mkdirSync(this.folder(), { recursive: true })
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    }
    this.key ??= Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    return this.key
  }
}
