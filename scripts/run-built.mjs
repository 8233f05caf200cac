import { join } from 'node:path'
import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { PlainError, runCommand } from './bootstrap/plain-error.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'

/** Runs one of the built programs (`platform`, `store-dump`), building first; `build` only builds. */
const main = async () => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined || !/^[a-z-]+$/.test(name)) throw new PlainError('Usage: node scripts/run-built.mjs <program> [arguments]', 2)
  await ensureDependencies(root)
  const node = chooseNode(root)
  await ensureBuilt(root, node)
  if (name === 'build') return 0
  return attend(node, [join(root, 'out', 'main', `${name}.js`), ...args], { cwd: process.cwd(), env: childEnv(node) })
}

await runCommand(main)
