import { it } from 'vitest'
import { figuresAfterChanges } from '../support/figures-after-changes'

it.each([11, 12, 13].flatMap((seed) => [false, true].map((strict) => [seed, strict] as const)))(
  'after 200 changes (seed %i, strict: %s) every figure of the dashboard, the list and ten cards is the sum of its rows',
  (seed, strict) => figuresAfterChanges(seed, 200, { strict }),
)
