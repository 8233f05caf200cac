import fc from 'fast-check'
import { it } from 'vitest'
import { exactlyOnce } from '../support/exactly-once'

it('holds each note exactly once in 10,000 seeded runs', async () => {
  await fc.assert(exactlyOnce, { seed: 20260310, numRuns: 10_000 })
}, 3_600_000)
