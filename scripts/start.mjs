import { ensureBuilt } from './bootstrap/built-output.mjs'
import { ensureChromium } from './bootstrap/chromium.mjs'
import { consoleCommand, hasDisplay } from './bootstrap/console-command.mjs'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { ensureElectron } from './bootstrap/electron-binary.mjs'
import { chooseNode } from './bootstrap/node-runtime.mjs'
import { runCommand } from './bootstrap/plain-error.mjs'
import { say } from './bootstrap/progress.mjs'
import { root } from './bootstrap/root.mjs'
import { attend, childEnv } from './bootstrap/running.mjs'
import { helpText, readStartOptions } from './bootstrap/start-options.mjs'

const start = async () => {
  const options = readStartOptions(process.argv.slice(2))
  if (options.help) return void process.stdout.write(`${helpText()}\n`)
  await ensureDependencies(root)
  const node = chooseNode(root)
  const electron = options.headless || !hasDisplay(process.env) ? null : await ensureElectron(root, node)
  const chromium = electron === null ? await ensureChromium() : null
  await ensureBuilt(root, node)
  const { command, args, env, standin } = consoleCommand({ root, node, electron, chromium, args: options.args })
  if (standin)
    say(
      `Electron's own program is not here: the console runs on ${chromium} instead${hasDisplay(process.env) && !options.headless ? '' : ', without a window on the screen'}.`,
    )
  return attend(command, args, { cwd: root, env: childEnv(node, env), ipc: standin })
}

await runCommand(start)
