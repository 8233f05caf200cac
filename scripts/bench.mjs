import { join } from 'node:path'
import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureChromium } from './bootstrap/chromium.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'

/** Prints the figures that the console is held to, with the baselines beside them: docs/bench.md says what each means. */
const bench = async () => {
  await ensureDependencies(root)
  const node = chooseNode(root)
  const chromium = await ensureChromium()
  await ensureBuilt(root, node)
  const folder = join(root, 'test', 'bench')
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    join(folder, 'resolve.mjs'),
    join(folder, 'main.ts'),
    ...process.argv.slice(2),
  ]
  return attend(node, args, { cwd: root, env: childEnv(node, { PARTNER_CONSOLE_CHROMIUM: chromium }) })
}

await runCommand(bench)
