import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureChromium } from './bootstrap/chromium.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { say } from './bootstrap/progress.mjs'
import { root } from './bootstrap/root.mjs'
import { dayNamed, days } from './tests/days.mjs'
import { runEachDay } from './tests/each-day.mjs'

/** `npm run test:days -- [day…] [--quick|--e2e] [path of a test…]`; without a day all of them, `--list` names them. */
const testDays = async () => {
  const args = process.argv.slice(2)
  if (args.includes('--list')) {
    for (const day of days) say(`${day.name.padEnd(16)} ${day.what}, ${day.zone}`)
    return 0
  }
  const [paths, names] = [args.filter((arg) => arg.includes('/')), args.filter((arg) => !arg.includes('/') && !arg.startsWith('--'))]
  names.forEach(dayNamed)
  const projects = /** @type {const} */ (['quick', 'e2e']).filter((name) => args.includes(`--${name}`))
  await ensureDependencies(root)
  const node = chooseNode(root)
  const chromium = await ensureChromium()
  await ensureBuilt(root, node)
  const failed = await runEachDay({ node, chromium }, { names, only: paths, ...(projects.length > 0 ? { projects } : {}) })
  say(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
}

await runCommand(testDays)
