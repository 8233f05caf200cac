import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PlainError } from './plain-error.mjs'
import { step } from './progress.mjs'
import { run } from './running.mjs'

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

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const install = async (/** @type {string} */ root) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = { cwd: root, env, quiet: true }
  const updated = await run('apt-get', ['update'], quiet)
  const installed = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet)
  if (installed.code === 0) return
  const last = (installed.output || updated.output).trim().split('\n').at(-1) ?? ''
  throw new PlainError(`Chromium cannot be installed (${last}): install it by hand, or name one in PARTNER_CONSOLE_CHROMIUM.`)
}

/**
 * A Chromium to run on: named, installed, or (Debian, as root) installed now.
 * @param {string} root
 * @returns {Promise<string>}
 */
export const ensureChromium = async (root) => {
  const found = findChromium(process.env)
  if (found !== null) return found
  if (!isDebianRoot()) {
    throw new PlainError(
      'No Chromium was found: install Chromium or Google Chrome, or name one in PARTNER_CONSOLE_CHROMIUM, and try again.',
    )
  }
  await step('Installing Chromium with apt-get', () => install(root))
  const now = findChromium(process.env)
  if (now === null) throw new PlainError('Chromium was installed, but no program of that name can be found in PATH.')
  return now
}
