import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactlyOnce } from '../support/exactly-once'
import { jobsExactlyOnce } from '../support/exactly-once-jobs'
import { limitsExactlyOnce } from '../support/limits-exactly-once'
import { powerExactlyOnce } from '../support/power-exactly-once'

/** `PARTNER_CONSOLE_SEEDS=300` runs fewer. */
const numRuns = Number(process.env['PARTNER_CONSOLE_SEEDS'] ?? 10_000)
const PATIENCE_MS = 3_600_000

const properties: [string, fc.IAsyncProperty<unknown>][] = [
  ['notes: each is held exactly once', exactlyOnce],
  ['limits, one console: the platform has what was set last', limitsExactlyOnce(1)],
  ['limits, two consoles: no value is lost without a word', limitsExactlyOnce(2)],
  ['server power: each order is taken once or never', powerExactlyOnce],
  ['a made-up kind with jobs that fail late: each change once or never', jobsExactlyOnce],
]

it.each(properties)(
  `%s, in ${numRuns.toLocaleString('en')} seeded runs`,
  async (_what, property) => {
    const result = await fc.check(property, { seed: 20261122, numRuns })
    expect(result.failed ? fc.defaultReportMessage(result) : result.numRuns).toBe(numRuns)
  },
  PATIENCE_MS,
)
