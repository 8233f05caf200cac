import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { AppError } from '@shared/errors'
import type { SecretBox } from './secret-box'

/** How a passphrase becomes a key: kept beside what it wraps, so that later versions may ask for more work. */
export interface PassphraseParams {
  /** Hex, random for each passphrase. */
  salt: string
  cost: number
  blockSize: number
  parallel: number
}

/** 128 MB and about half a second for each guess. */
const WORK = { cost: 2 ** 17, blockSize: 8, parallel: 1 }
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export const newPassphraseParams = (): PassphraseParams => ({ salt: randomBytes(16).toString('hex'), ...WORK })

/** The same letters give the same key, however a keyboard composes them. */
const deriveKey = (passphrase: string, { salt, cost, blockSize, parallel }: PassphraseParams): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize }
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), KEY_BYTES, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })

/** Wraps with a key that only the passphrase gives (AES-256-GCM): a wrong passphrase and a changed byte are both refused. */
export const openPassphraseBox = async (passphrase: string, params: PassphraseParams): Promise<SecretBox> => {
  const key = await deriveKey(passphrase, params)
  return {
    backend: 'passphrase',
    wrap: (plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64'))
    },
    unwrap: (wrapped) => {
      try {
        const bytes = Buffer.from(wrapped, 'base64')
        const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAuthTag(tag)
        const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
        return Promise.resolve(plain.toString('utf8'))
      } catch (error) {
        return Promise.reject(
          new AppError('storage', 'a secret cannot be read with this passphrase', { reason: 'key-lost' }, { cause: error }),
        )
      }
    },
  }
}
