import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { say } from './progress.mjs'
import { childEnv, run } from './running.mjs'

const FETCH_LIMIT_MS = 60_000
const REMEMBER_MS = 24 * 60 * 60 * 1000

const programName = () =>
  process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'

/** @param {string} root @returns {string | null} */
export const findElectron = (root) => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist')
  const program = join(folder, programName())
  return existsSync(program) ? program : null
}

/** Where the download would go first: the proxy if there is one, else the mirror or GitHub. */
const downloadHost = () => {
  const env = process.env
  const url =
    env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com'
  try {
    const { hostname, port, protocol } = new URL(url)
    return { host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) }
  } catch {
    return { host: 'github.com', port: 443 }
  }
}

/**
 * A closed network answers at once or never: three seconds tell.
 * @param {{ host: string, port: number }} target
 * @returns {Promise<boolean>}
 */
const canReach = (target) =>
  new Promise((resolve) => {
    const socket = connect({ ...target, timeout: 3000 })
    const end = (/** @type {boolean} */ reached) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })

const failedLately = (/** @type {string} */ memory) => {
  try {
    const { at } = /** @type {{ at: number }} */ (JSON.parse(readFileSync(memory, 'utf8')))
    return Date.now() - at < REMEMBER_MS
  } catch {
    return false
  }
}

/**
 * Electron's program, fetched if need be for at most a minute; null = there is none to be had here. A failure is
 * remembered for a day, so that the next start does not wait again.
 * @param {string} root @param {string} node
 * @returns {Promise<string | null>}
 */
export const ensureElectron = async (root, node) => {
  const present = findElectron(root)
  const memory = join(root, 'node_modules', '.cache', 'partner-console', 'electron-fetch.json')
  if (present !== null || process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined || failedLately(memory)) return present
  if (await canReach(downloadHost())) {
    say('Fetching Electron (a minute at most)…')
    const script = join(root, 'node_modules', 'electron', 'install.js')
    await run(node, [script], { cwd: root, env: childEnv(node), quiet: true, timeoutMs: FETCH_LIMIT_MS })
  }
  const fetched = findElectron(root)
  if (fetched === null) {
    mkdirSync(join(memory, '..'), { recursive: true })
    writeFileSync(memory, JSON.stringify({ at: Date.now() }))
  }
  return fetched
}
