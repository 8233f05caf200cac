import fc from 'fast-check'
import { it } from 'vitest'
import { limitsExactlyOnce } from '../support/limits-exactly-once'

it('limits, 10,000 seeds: one console', async () => {
  await fc.assert(limitsExactlyOnce(1), { numRuns: 10_000 })
}, 1_800_000)

it('limits, 10,000 seeds: two consoles', async () => {
  await fc.assert(limitsExactlyOnce(2), { numRuns: 10_000 })
}, 1_800_000)
