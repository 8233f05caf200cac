import fc from 'fast-check'
import { it } from 'vitest'
import { exactlyOnce } from '../support/exactly-once'
import { jobsExactlyOnce } from '../support/exactly-once-jobs'

const inTime = { numRuns: 1000, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false }

it('holds each note exactly once, whatever is lost, killed or set back', async () => {
  await fc.assert(exactlyOnce, inTime)
}, 30_000)

it('carries out each change of a made-up kind once or never, with jobs that fail late', async () => {
  await fc.assert(jobsExactlyOnce, inTime)
}, 30_000)
