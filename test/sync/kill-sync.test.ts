import { expect, it } from 'vitest'
import { killRounds } from '../support/kill-rounds'

it('a first sync that is killed at any moment ends like an undisturbed one at the next start', { timeout: 120_000 }, async () => {
  const { killedMidway } = await killRounds({ rounds: 2, kills: 5, clients: 12, pageSize: 5, statistics: false, random: Math.random })
  expect(killedMidway).toBeGreaterThan(0)
})
