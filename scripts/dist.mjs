import { join } from 'node:path'
import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'

/** Builds the installers. Needs a network: electron-builder fetches Electron and its own tools. */
const main = async () => {
  await ensureDependencies(root)
  const node = chooseNode(root)
  await ensureBuilt(root, node)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  return attend(node, [builder, '--config', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)], {
    cwd: root,
    env: childEnv(node),
  })
}

await runCommand(main)
