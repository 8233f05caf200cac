import fc from 'fast-check'
import { it } from 'vitest'
import { exactlyOnce } from '../support/exactly-once'

it('holds each note exactly once, whatever is lost, killed or set back', async () => {
  await fc.assert(exactlyOnce, { numRuns: 1000, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false })
}, 30_000)
