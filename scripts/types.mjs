import { join } from 'node:path'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { say } from './bootstrap/progress.mjs'
import { root } from './bootstrap/root.mjs'
import { childEnv, run } from './bootstrap/running.mjs'

const rooms = ['shared', 'electron/core', 'electron/demo', 'electron', 'renderer', 'test', 'scripts']

/** Checks the types of each room by its own rules, and goes on after a failure. */
const main = async () => {
  await ensureDependencies(root)
  const node = chooseNode(root)
  const failed = []
  for (const room of process.argv[2] === undefined ? rooms : process.argv.slice(2)) {
    say(`types: ${room}`)
    const args = [join(root, 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'), '-p', room, '--noEmit']
    if ((await run(node, args, { cwd: root, env: childEnv(node) })).code !== 0) failed.push(room)
  }
  say(failed.length === 0 ? 'types: all rooms are right' : `types: wrong in ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

await runCommand(main)
