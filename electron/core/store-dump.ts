import { createDecipheriv } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openFile } from './store/open-file'
import { dumpLines } from './store/read/dump'

/** As the shell writes it: the store's key, wrapped. */
const KeyFile = z.object({ version: z.literal(1), wrapped: z.string() })

/** Only a development workspace keeps the wrapping key in a file beside it; any other one stays closed to this tool. */
const databaseKey = (folder: string): string => {
  const developmentKey = join(folder, 'development.key')
  if (!existsSync(developmentKey)) throw new Error(`${folder} is no development workspace: it has no development.key`)
  const { wrapped } = KeyFile.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')))
  const sealed = Buffer.from(wrapped, 'base64')
  const key = Buffer.from(readFileSync(developmentKey, 'utf8').trim(), 'hex')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}

const dump = (folder: string, write: (line: string) => void): void => {
  const cache = openFile({ path: join(folder, 'cache.db'), key: databaseKey(folder), cacheKib: 8000 })
  try {
    for (const line of dumpLines(cache)) write(line)
  } finally {
    cache.close()
  }
}

const main = (): void => {
  const { values } = parseArgs({ options: { 'user-data-dir': { type: 'string' }, help: { type: 'boolean' } } })
  const folder = values['user-data-dir']
  if (values.help === true || folder === undefined) {
    console.log('store:dump --user-data-dir DIR\n\nPrints every cached row of a development workspace as a line of JSON, in one order.')
    process.exitCode = values.help === true ? 0 : 2
    return
  }
  try {
    dump(resolve(folder), (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

main()
