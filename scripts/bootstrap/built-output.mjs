import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './plain-error.mjs'
import { step } from './progress.mjs'
import { childEnv, run } from './running.mjs'

const sourceFolders = ['electron', 'renderer', 'shared']
const sourceFiles = ['electron.vite.config.ts', 'package-lock.json', 'package.json', 'tsconfig.json', 'scripts/csp-hashes.mjs']

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/**
 * One hash over everything that goes into the build.
 * @param {string} root
 */
export const fingerprint = (root) => {
  const hash = createHash('sha256')
  const files = [
    ...sourceFolders.map((folder) => join(root, folder)).flatMap((folder) => (existsSync(folder) ? filesIn(folder) : [])),
    ...sourceFiles.map((file) => join(root, file)).filter((file) => existsSync(file)),
  ]
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

const must = async (/** @type {Promise<{ code: number, output: string }>} */ running, /** @type {string} */ what) => {
  const { code, output } = await running
  if (code !== 0) throw new PlainError(`${what} failed:\n${output.trim()}`)
}

const build = async (/** @type {string} */ root, /** @type {string} */ node) => {
  const options = { cwd: root, env: childEnv(node), quiet: true }
  await must(
    run(node, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], options),
    'The build',
  )
  await must(run(node, [join(root, 'scripts/csp-hashes.mjs')], options), 'The list of style hashes')
}

/**
 * Builds out/ when it is older than the sources.
 * @param {string} root @param {string} node
 */
export const ensureBuilt = async (root, node) => {
  const marker = join(root, 'out', '.fingerprint')
  const wanted = fingerprint(root)
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  rmSync(marker, { force: true })
  await step('Building the console', () => build(root, node))
  writeFileSync(marker, wanted)
}
