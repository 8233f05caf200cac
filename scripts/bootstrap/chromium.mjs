import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage, isDebianRoot } from './debian.mjs'
import { PlainError } from './plain-error.mjs'
import { step } from './progress.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const canRun = (/** @type {string} */ file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {NodeJS.ProcessEnv} env @returns {string | null} */
export const findChromium = (env) => {
  const named = env['PARTNER_CONSOLE_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (!canRun(named)) throw new PlainError(`PARTNER_CONSOLE_CHROMIUM names a program that cannot be run: ${named}.`)
    return named
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).find(canRun)
  return found ?? fixedPlaces.find(canRun) ?? null
}

/**
 * A Chromium to run on: named, installed, or (Debian, as root) installed now.
 * @returns {Promise<string>}
 */
export const ensureChromium = async () => {
  const found = findChromium(process.env)
  if (found !== null) return found
  if (!isDebianRoot()) {
    throw new PlainError(
      'No Chromium was found: install Chromium or Google Chrome, or name one in PARTNER_CONSOLE_CHROMIUM, and try again.',
    )
  }
  const failed = await step('Installing Chromium with apt-get', () => installPackage('chromium'))
  if (failed !== null)
    throw new PlainError(`Chromium cannot be installed (${failed}): install it by hand, or name one in PARTNER_CONSOLE_CHROMIUM.`)
  const now = findChromium(process.env)
  if (now === null) throw new PlainError('Chromium was installed, but no program of that name can be found in PATH.')
  return now
}
