import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, client, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()

it('a round over the clients ends when the network fails, and goes on when it is back', async () => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = Array.from({ length: 9 }, (_, index) => client(`k${String(index)}`))
  const limits = { offered: true, certainty: 'inferred', reason: null, walk: 'per-owner' } as const
  const sync = syncOf({
    store: bench.memory(),
    adapter: platform.adapter,
    capabilities: capabilitiesWith(['clients'], { limits }),
    clock,
    random: () => 0.5,
  })
  const state = () => sync.status().datasets.find(({ dataset }) => dataset === 'limits')
  platform.before = ({ dataset, ownerId }) => {
    if (dataset === 'limits' && ownerId !== 'k0') throw new AppError('refused', 'nothing listens')
  }
  platform.ping = () => Promise.reject(new AppError('refused', 'nothing listens'))
  sync.start()
  await clock.advance(100)
  while (sync.online()) await clock.advance(100)
  await clock.settle()
  expect(state()).toMatchObject({ running: false, complete: false, asOf: null })
  platform.before = () => undefined
  platform.ping = () => Promise.resolve({ at: clock.now() })
  sync.now()
  await clock.advance(10_000)
  expect(state()).toMatchObject({ running: false, complete: true, done: 9 })
  await sync.stop()
})
