import { join } from 'node:path'
import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureChromium } from './bootstrap/chromium.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { say } from './bootstrap/progress.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'

const titles = { quick: 'Rules, store, sync and components', e2e: 'The whole program, end to end', deep: 'The long rounds' }

/** @param {string} node @param {string} chromium @param {keyof typeof titles} project */
const runProject = async (node, chromium, project) => {
  say(`\n${titles[project]} (${project})`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  return attend(node, [vitest, 'run', '--project', project], {
    cwd: root,
    env: childEnv(node, { PARTNER_CONSOLE_CHROMIUM: chromium }),
  })
}

/** Runs every project even after one failed: one run tells everything. */
const test = async () => {
  const projects = process.argv.includes('--deep') ? /** @type {const} */ (['deep']) : /** @type {const} */ (['quick', 'e2e'])
  const since = Date.now()
  await ensureDependencies(root)
  const node = chooseNode(root)
  const chromium = await ensureChromium(root)
  await ensureBuilt(root, node)
  const failed = []
  for (const project of projects) if ((await runProject(node, chromium, project)) !== 0) failed.push(project)
  const took = `${Math.round((Date.now() - since) / 1000)} s`
  say(failed.length === 0 ? `\nAll tests passed (${projects.join(', ')}) in ${took}.` : `\nFailed: ${failed.join(', ')} (${took}).`)
  return failed.length === 0 ? 0 : 1
}

await runCommand(test)
