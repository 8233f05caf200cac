import { days } from './days.mjs'
import { runTests } from './run-tests.mjs'

/** The whole program takes minutes: these days only, one in each kind of zone. */
const wholeProgram = ['new-years-eve', 'leap-day', 'moscow-midnight']

/**
 * Runs the quick tests on each of the days and the whole program on some, all of them even after one failed.
 * @param {{ node: string, chromium: string }} tools
 * @param {{ names?: string[], projects?: ('quick' | 'e2e')[], only?: string[] }} [wish] The days by name; without, all.
 * @returns {Promise<string[]>} What failed.
 */
export const runEachDay = async (tools, { names = [], projects = ['quick', 'e2e'], only = [] } = {}) => {
  const chosen = days.filter((day) => names.length === 0 || names.includes(day.name))
  const failed = []
  for (const project of projects) {
    for (const day of chosen) {
      if (project === 'e2e' && names.length === 0 && !wholeProgram.includes(day.name)) continue
      if ((await runTests({ ...tools, project, day, only })) !== 0) failed.push(`${project} on ${day.name}`)
    }
  }
  return failed
}
