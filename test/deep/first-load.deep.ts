import { it } from 'vitest'
import { watchFirstLoad } from '../support/first-load'

it('during a first load of 1,500 clients at 40 ms nothing is said to be nothing that the end contradicts', async () => {
  await watchFirstLoad({ clients: 1500, latencyMs: 40, pageSize: 10, limitMs: 1_800_000 })
})
