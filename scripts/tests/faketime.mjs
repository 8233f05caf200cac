import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDebianRoot, installPackage } from '../bootstrap/debian.mjs'
import { say, step } from '../bootstrap/progress.mjs'

const library = 'libfaketimeMT.so.1'

/** Debian keeps it by architecture. @returns {string | null} */
const findLibrary = () => {
  if (process.platform !== 'linux' || !existsSync('/usr/lib')) return null
  const folders = ['/usr/lib', ...readdirSync('/usr/lib').map((name) => join('/usr/lib', name))]
  return folders.map((folder) => join(folder, 'faketime', library)).find((file) => existsSync(file)) ?? null
}

/**
 * The library that gives a process another time of the system: there, or (Debian, as root) installed now.
 * @returns {Promise<string | null>}
 */
export const ensureFaketime = async () => {
  const found = findLibrary()
  if (found !== null || !isDebianRoot()) return found
  const failed = await step('Installing faketime with apt-get', () => installPackage('faketime'))
  if (failed !== null) say(`faketime cannot be installed (${failed}).`)
  return findLibrary()
}
