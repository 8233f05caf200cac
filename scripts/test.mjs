import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureChromium } from './bootstrap/chromium.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { say } from './bootstrap/progress.mjs'
import { root } from './bootstrap/root.mjs'
import { dayNamed, timeless } from './tests/days.mjs'
import { runEachDay } from './tests/each-day.mjs'
import { runTests } from './tests/run-tests.mjs'

/**
 * The quick tests run today and on one other day; the whole program and the long rounds come last. Everything runs even
 * after something failed: one run tells everything.
 */
const test = async () => {
  const deep = process.argv.includes('--deep')
  const since = Date.now()
  const day = dayNamed(process.env['PARTNER_CONSOLE_TEST_DAY'])
  await ensureDependencies(root)
  const node = chooseNode(root)
  const chromium = await ensureChromium()
  await ensureBuilt(root, node)
  const tools = { node, chromium }
  /** @type {string[]} */
  const failed = []
  if (deep) {
    failed.push(...(await runEachDay(tools)))
    if ((await runTests({ ...tools, project: 'deep' })) !== 0) failed.push('deep')
  } else {
    if ((await runTests({ ...tools, project: 'quick' })) !== 0) failed.push('quick')
    if ((await runTests({ ...tools, project: 'quick', day, without: timeless })) !== 0) failed.push(`quick on ${day.name}`)
    if ((await runTests({ ...tools, project: 'e2e' })) !== 0) failed.push('e2e')
  }
  const took = `${Math.round((Date.now() - since) / 1000)} s`
  const ran = deep ? 'each day, deep' : `quick, quick on ${day.name}, e2e`
  say(failed.length === 0 ? `\nAll tests passed (${ran}) in ${took}.` : `\nFailed: ${failed.join(', ')} (${took}).`)
  return failed.length === 0 ? 0 : 1
}

await runCommand(test)
