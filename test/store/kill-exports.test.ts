import { expect, it } from 'vitest'
import { killExports } from '../support/kill-exports'

it('killed in the middle of exports: what was cut off is told, nothing of it stays, and every kept file is whole', async () => {
  const { interrupted } = await killExports({ rounds: 3, clients: 20_000, random: Math.random })
  expect(interrupted).toBeGreaterThan(0)
}, 90_000)
