import { HELP, OptionError, readOptions } from './options'
import type { PlatformOptions } from './platform'

const LEAST_NODE = 22

/** The database driver does not fail on an older Node, it crashes the process: so the version is looked at before it is loaded. */
async function loadPlatform() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < LEAST_NODE) throw new Error(`it needs Node ${LEAST_NODE} or newer; this is ${process.versions.node}.`)
  return import('./platform')
}

/** Runs the demo platform alone: one line of JSON when it is ready, a clean stop on SIGTERM or SIGINT. */
async function run(options: PlatformOptions): Promise<void> {
  const { startPlatform } = await loadPlatform()
  const platform = await startPlatform(options)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void platform.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.stdout.write(`${JSON.stringify({ rustack: { url: platform.url, token: platform.token }, control: platform.control })}\n`)
}

function explain(error: unknown): string {
  if (error instanceof OptionError) return `${error.message}\nTry --help.`
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'The port is taken by another program. Choose another with --port.'
  return `The demo platform could not start: ${message}`
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') process.stdout.write(HELP)
  else await run(options)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(error instanceof OptionError ? 2 : 1)
})
