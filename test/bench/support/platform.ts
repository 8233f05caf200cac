import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { root } from './context'

/** The demo platform as a person starts it: the built program in its own process. */
export interface RunningPlatform {
  url: string
  token: string
  stop: () => Promise<void>
}

export const startPlatform = async (clients: number): Promise<RunningPlatform> => {
  const options = ['--port', '0', '--clients', String(clients), '--seed', '7', '--page-size', '500', '--speed', '0']
  const child = spawn(process.execPath, [join(root, 'out/main/platform.js'), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => null)])
  if (line === null) throw new Error('the demo platform ended before it was ready')
  const { rustack } = JSON.parse(line) as { rustack: { url: string; token: string } }
  return {
    ...rustack,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const firstLine = async (stream: NodeJS.ReadableStream): Promise<string> => {
  for await (const line of createInterface({ input: stream })) return line
  throw new Error('the demo platform said nothing')
}
