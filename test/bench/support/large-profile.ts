import { createCipheriv, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillLargeStore } from './large-store'
import { KEY } from './store'

/** A development workspace that the program opens by itself: a large store without a line to any platform, and its key. */
export const fillLargeProfile = async (folder: string): Promise<void> => {
  const store = await fillLargeStore(folder)
  store.close()
  const developmentKey = randomBytes(32)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', developmentKey, iv)
  const sealed = Buffer.concat([cipher.update(KEY, 'utf8'), cipher.final()])
  const wrapped = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
  writeFileSync(join(folder, 'development.key'), developmentKey.toString('hex'), { mode: 0o600 })
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ version: 1, backend: 'development-key-file', wrapped }))
}
