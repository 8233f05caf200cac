import { join } from 'node:path'
import { say } from '../bootstrap/progress.mjs'
import { root } from '../bootstrap/root.mjs'
import { attend, childEnv } from '../bootstrap/running.mjs'
import { injectedClock, systemClock } from './clock.mjs'

const titles = { quick: 'Rules, store, sync and components', e2e: 'The whole program, end to end', deep: 'The long rounds' }

/**
 * Runs one project of the tests, today or on another day, and names the day.
 * @param {{ node: string, chromium: string, project: keyof typeof titles, day?: import('./days.mjs').Day, only?: string[], without?: readonly string[] }} wish
 */
export const runTests = async ({ node, chromium, project, day, only = [], without = [] }) => {
  say(`\n${titles[project]} (${project})`)
  /** @type {Record<string, string>} */
  let env = {}
  if (day) {
    const clock = project === 'e2e' ? { by: 'injected clock', env: injectedClock(day) } : await systemClock(day)
    say(`Day: ${day.name} (${day.what}, ${day.zone}), by ${clock.by}; again: npm run test:days -- ${day.name} --${project}`)
    env = clock.env
  }
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  return attend(node, [vitest, 'run', '--project', project, ...only, ...without.flatMap((file) => ['--exclude', file])], {
    cwd: root,
    env: childEnv(node, { ...env, PARTNER_CONSOLE_CHROMIUM: chromium }),
  })
}
