import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './plain-error.mjs'
import { step } from './progress.mjs'
import { run } from './running.mjs'

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Locked */

const readText = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)
const packagesOf = (/** @type {string} */ text) =>
  /** @type {Record<string, Locked>} */ (/** @type {{ packages?: object }} */ (JSON.parse(text)).packages ?? {})

/**
 * Whether what npm noted in node_modules is what the lock asks for: someone may have installed by hand.
 * @param {string} lock @param {string} installed
 */
export const sameInstall = (lock, installed) => {
  const present = packagesOf(installed)
  return Object.entries(packagesOf(lock)).every(
    ([path, wanted]) => path === '' || wanted.optional === true || wanted.devOptional === true || present[path]?.version === wanted.version,
  )
}

const npmCommand = () => {
  const script = process.env['npm_execpath']
  if (script?.endsWith('.js')) return { command: process.execPath, first: [script], shell: false }
  return { command: 'npm', first: [], shell: process.platform === 'win32' }
}

const explain = (/** @type {string} */ output) =>
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/i.test(output)
    ? 'The libraries cannot be installed without a network: connect to one, or point npm at a registry that can be reached, and try again.'
    : `The libraries cannot be installed; npm said:\n${output.trim().split('\n').slice(0, 12).join('\n')}`

/**
 * Installs the libraries when they are missing or the lock file changed since.
 * @param {string} root
 */
export const ensureDependencies = async (root) => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock).digest('hex')
  const marker = join(root, 'node_modules', '.cache', 'partner-console', 'lock')
  if (readText(marker) === hash) return
  const installed = readText(join(root, 'node_modules', '.package-lock.json'))
  if (installed === null || !sameInstall(lock, installed)) await install(root)
  mkdirSync(join(marker, '..'), { recursive: true })
  writeFileSync(marker, hash)
}

/**
 * A registry that carries only some platforms' builds makes `npm ci` refuse the whole lock over builds that nobody here
 * would install. `npm install --no-save` takes the same lock, leaves those out and changes no file of ours.
 */
const refusesOverPlatforms = (/** @type {string} */ output) => /EUSAGE/.test(output) && /Missing: \S+@ from lock file/.test(output)

const install = (/** @type {string} */ root) =>
  step('Installing the libraries (a few minutes the first time)', async () => {
    const { command, first, shell } = npmCommand()
    const npm = (/** @type {string[]} */ ...args) =>
      run(command, [...first, ...args, '--no-fund', '--no-audit', '--loglevel=error'], { cwd: root, quiet: true, shell })
    const clean = await npm('ci')
    const { code, output } = refusesOverPlatforms(clean.output) ? await npm('install', '--no-save') : clean
    if (code !== 0) throw new PlainError(explain(output))
  })
