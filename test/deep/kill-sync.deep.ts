import { expect, it } from 'vitest'
import { killRounds } from '../support/kill-rounds'

it('fifty first syncs killed at random moments, each once to three times, end like an undisturbed one', async () => {
  const once = await killRounds({ rounds: 40, kills: 1, clients: 60, pageSize: 10, statistics: true, random: Math.random })
  const thrice = await killRounds({ rounds: 10, kills: 3, clients: 60, pageSize: 10, statistics: true, random: Math.random })
  expect(once.killedMidway + thrice.killedMidway).toBeGreaterThan(30)
})
