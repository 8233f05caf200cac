import { it } from 'vitest'
import { watchFirstLoad } from '../support/first-load'

it('during a first load nothing is said to be nothing that the end contradicts', { timeout: 60_000 }, async () => {
  await watchFirstLoad({ clients: 40, latencyMs: 15, pageSize: 10, limitMs: 50_000 })
})
