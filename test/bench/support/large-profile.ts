import { createCipheriv, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { insertSample } from '../../../electron/core/store/local/samples'
import { inTransaction } from '../../../electron/core/store/sql'
import { fillLargeStore, LARGE } from './large-store'
import { CONNECTION, KEY } from './store'

/** A day and a half of the dashboard's own history. */
const SAMPLES = 432
const EVERY_MS = 300_000
const sample = {
  ...{ clients: LARGE, servers: 3 * LARGE, ramGb: 24 * LARGE, volumeGb: 240 * LARGE, diskGb: null, ip: 0, networks: 0, routers: 0 },
  ...{ negativeClients: 0, hypervisors: null },
}

/** A development workspace that the program opens by itself: a large store without a line to any platform, and its key. */
export const fillLargeProfile = async (folder: string): Promise<void> => {
  const store = await fillLargeStore(folder)
  inTransaction(store.local, () => {
    for (let n = 0; n < SAMPLES; n++)
      insertSample(store.local, CONNECTION, { ...sample, at: Date.now() - n * EVERY_MS, cpu: 5000 + (n % 40) })
  })
  store.close()
  const developmentKey = randomBytes(32)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', developmentKey, iv)
  const sealed = Buffer.concat([cipher.update(KEY, 'utf8'), cipher.final()])
  const wrapped = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
  writeFileSync(join(folder, 'development.key'), developmentKey.toString('hex'), { mode: 0o600 })
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ version: 1, backend: 'development-key-file', wrapped }))
}
