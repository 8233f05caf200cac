import { it } from 'vitest'
import { figuresAfterChanges } from '../support/figures-after-changes'

it.each([
  [3, false],
  [4, true],
] as const)(
  'after 200 changes (seed %i, strict: %s) every figure of the dashboard, the list and ten cards is the sum of its rows',
  { timeout: 60_000 },
  (seed, strict) => figuresAfterChanges(seed, 200, { strict }),
)
