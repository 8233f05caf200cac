import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { PlainError, runCommand } from './bootstrap/plain-error.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'

/**
 * The script behind a tool's name: a file of ours, or what the package of that name says it runs.
 * @param {string} name `eslint`, `package:tool` where the two differ, or a path.
 */
const scriptOf = (name) => {
  if (/\.m?js$/.test(name)) return resolve(root, name)
  const [packageName = name, tool = packageName] = name.split(':')
  const folder = join(root, 'node_modules', packageName)
  if (!existsSync(folder)) throw new PlainError(`There is no package ${packageName} to run.`)
  const { bin } = /** @type {{ bin?: string | Record<string, string> }} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const file = typeof bin === 'string' ? bin : bin?.[tool]
  if (file === undefined) throw new PlainError(`The package ${packageName} has no program ${tool}.`)
  return join(folder, file)
}

/** Runs a tool on the Node that the console needs, whatever Node the person has. */
const main = async () => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined) throw new PlainError('Usage: node scripts/with-node.mjs <tool> [arguments]', 2)
  await ensureDependencies(root)
  const node = chooseNode(root)
  return attend(node, [scriptOf(name), ...args], { cwd: root, env: childEnv(node) })
}

await runCommand(main)
