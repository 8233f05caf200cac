import { groups } from './figures/index'
import type { Context } from './support/context'

// Whatever a measurement started ends with it, also when it is given up: the handlers of `exit` see to that.
process.on('SIGTERM', () => process.exit(1))
process.on('disconnect', () => process.exit(1))

/** One group in its own process: told by arguments, answers over the channel. */
const run = async (): Promise<void> => {
  const [name = '', context = '{}'] = process.argv.slice(2)
  const group = groups[name]
  if (!group) throw new Error(`no such group: ${name}`)
  const { measure } = await group.load()
  const rows = await measure(JSON.parse(context) as Context)
  process.send?.(rows, () => process.exit(0))
}

await run()
