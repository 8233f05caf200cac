import { monitorEventLoopDelay } from 'node:perf_hooks'
import { systemClock } from '../../../electron/core/clock'
import type { PlatformAdapter } from '../../../electron/core/platforms/port/core'
import { createAdapter } from '../../../electron/core/platforms/registry'
import type { LimitWrites } from '../../../electron/core/platforms/port/writes'
import { addConnection, settingsAt } from '../../support/notes-console'
import { baselineLimits } from '../baseline/limits'
import { createCommandConsole } from '../support/command-console'
import { freshFolder, type Measure } from '../support/context'
import { startPlatform } from '../support/platform'
import { row } from '../support/row'
import { inTurn, largest, median, must, timedAsync } from '../support/sample'
import { openInFolder, storeClients } from '../support/store'

const COMMANDS = 1000
const ROUNDS = 5

/** P19: a limit of every client through the outbox, from the line's return to the last end, beside a baseline loop of as many requests. */
export const measure: Measure = async (context) => {
  const platform = await startPlatform(COMMANDS)
  const baseline = baselineLimits(platform)
  const clients = await baseline.clients()
  must(clients.length === COMMANDS, `${String(clients.length)} clients can be given limits`)
  const store = openInFolder(freshFolder(context, 'commands'))
  addConnection(store, systemClock)
  const adapter = createAdapter({
    settings: settingsAt(platform.url),
    secrets: { platform: 'rustack', token: platform.token, clientKeyPem: null },
    language: 'ru',
    pageSize: null,
    clock: systemClock,
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
  must((await storeClients(store, adapter)) === COMMANDS, 'not every client is in the cache: the answers have no place')
  const counted = countRequests(adapter)
  const app = createCommandConsole(store, counted.adapter)
  const blocks: number[] = []
  // Values that no other round writes: every command of every round has something to change.
  let value = 100
  await baseline.setAll(clients, { value, more: 0 })
  const { ours, baseline: loop } = await inTurn(ROUNDS, {
    ours: async () => {
      const base = value
      const batch = await app.give(clients, ++value, base)
      counted.reset()
      const delay = monitorEventLoopDelay({ resolution: 2 })
      delay.enable()
      const ms = await app.sendAll()
      delay.disable()
      blocks.push(delay.max / 1e6)
      counted.hold()
      await app.rest()
      const { done } = app.progress(batch)
      must(done === COMMANDS && counted.writes() === COMMANDS, `${String(done)} done by ${String(counted.writes())} writes`)
      return COMMANDS / (ms / 1000)
    },
    baseline: async () => {
      const more = counted.reads() - 2 * COMMANDS
      must(more >= 0, 'a command was not read before and after')
      const { ms } = await timedAsync(() => baseline.setAll(clients, { value: ++value, more }))
      return COMMANDS / (ms / 1000)
    },
  })
  await app.stop()
  counted.adapter.close()
  store.close()
  baseline.close()
  await platform.stop()
  const size = `${COMMANDS.toLocaleString('en')} clients, one limit each: read, written, read again`
  return [
    row({
      key: 'P19',
      what: 'commands through the outbox',
      unit: '/s',
      figure: median(ours),
      baseline: median(loop),
      ratioAtLeast: 0.6,
      size,
    }),
    row({ key: 'P19.block', what: 'longest block of the core meanwhile', unit: 'ms', figure: largest(blocks), atMost: 50, size }),
  ]
}

/** Counts what is asked of the platform until the last command's end, so that the baseline loop asks as much. */
const countRequests = (adapter: PlatformAdapter) => {
  const { limits } = adapter
  if (!limits) throw new Error('the adapter writes no limits')
  let reads = 0
  let writes = 0
  let held = false
  const counting: LimitWrites = {
    ofClient: (clientId, signal) => {
      if (!held) reads++
      return limits.ofClient(clientId, signal)
    },
    write: async (clientId, limit, signal) => {
      await limits.write(clientId, limit, signal)
      // One that did not get its turn was not sent, and comes again.
      writes++
    },
  }
  return {
    adapter: { ...adapter, limits: counting },
    reads: () => reads,
    writes: () => writes,
    hold: () => void (held = true),
    reset: () => {
      reads = writes = 0
      held = false
    },
  }
}
