import fc from 'fast-check'
import { it } from 'vitest'
import { exactlyOnce } from '../support/exactly-once'
import { jobsExactlyOnce } from '../support/exactly-once-jobs'

it('holds each note exactly once in 10,000 seeded runs', async () => {
  await fc.assert(exactlyOnce, { seed: 20260310, numRuns: 10_000 })
}, 3_600_000)

it('carries out each change once or never, with jobs that fail late, in 10,000 seeded runs', async () => {
  await fc.assert(jobsExactlyOnce, { seed: 20261121, numRuns: 10_000 })
}, 3_600_000)
