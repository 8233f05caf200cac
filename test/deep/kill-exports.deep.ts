import { expect, it } from 'vitest'
import { killExports } from '../support/kill-exports'

it('200 kills in the middle of exports', async () => {
  const { interrupted, kept } = await killExports({ rounds: 200, clients: 20_000, random: Math.random })
  expect(interrupted).toBeGreaterThan(20)
  expect(kept).toBeGreaterThan(20)
})
