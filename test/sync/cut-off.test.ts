import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { Dataset } from '../../shared/domain/datasets'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, client, project, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const MINUTE = 60_000
const limits = { offered: true, certainty: 'inferred', reason: null, walk: 'per-owner' } as const

const setUp = (offered: readonly Dataset[], clients = 7) => {
  const clock = createTestClock()
  const platform = scriptedPlatform()
  platform.now = () => clock.now()
  platform.lists.clients = Array.from({ length: clients }, (_, index) => client(`k${String(index)}`))
  platform.lists.projects = [project('p', 'k0')]
  const store = bench.memory()
  const capabilities = capabilitiesWith(offered, { limits })
  const complete: number[] = []
  const events = { onListsComplete: (at: number) => void complete.push(at) }
  const sync = syncOf({ store, adapter: platform.adapter, capabilities, clock, random: () => 0.5, events })
  const of = (name: string) => sync.status().datasets.find(({ dataset }) => dataset === name)!
  return { clock, platform, sync, of, complete, capabilities, store }
}

describe('a cancel', () => {
  it('while no list is read does not end the refreshing', async () => {
    const { clock, sync, of } = setUp(['clients'])
    sync.start()
    await clock.advance(MINUTE)
    const { asOf } = of('clients')
    sync.cancel()
    await clock.advance(20 * MINUTE)
    expect(of('clients').asOf).toBeGreaterThan((asOf ?? 0) + 10 * MINUTE)
    await sync.stop()
  })

  it('begins nothing else instead: neither the lists that wait for a lane nor a round over the clients', async () => {
    const { clock, platform, sync, of, complete } = setUp(['clients', 'partners', 'contracts', 'projects', 'vdcs', 'servers'], 40)
    let asked = 0
    platform.before = ({ cursor, dataset }) => {
      asked++
      if (dataset === 'clients' && cursor === '1') {
        sync.cancel()
        asked = 0
      }
    }
    sync.start()
    await clock.advance(2_000)
    // What was under way may have asked once more before it heard.
    expect(asked).toBeLessThanOrEqual(2)
    expect(complete).toEqual([])
    expect(of('limits').running).toBe(false)
    platform.before = () => undefined
    await clock.advance(10 * MINUTE)
    expect(sync.status()).toMatchObject({ complete: true, error: null })
    expect(of('limits')).toMatchObject({ complete: true })
    await sync.stop()
  })

  it('in the second walk of a suspicious answer loses nothing of the suspicion, and it can be asked for again', async () => {
    const { clock, platform, sync, of } = setUp(['clients'], 90)
    sync.start()
    await clock.advance(1_000)
    platform.lists.clients = platform.lists.clients?.slice(0, 9) ?? []
    sync.now()
    await clock.advance(1_000)
    expect(of('clients').suspect).toBe(81)
    platform.before = ({ dataset }) => {
      if (dataset !== 'clients') return
      sync.cancel()
      throw new AppError('timeout', 'no answer')
    }
    await clock.advance(MINUTE)
    expect(of('clients').suspect).toBe(81)
    platform.before = () => undefined
    await clock.advance(6 * MINUTE)
    expect(of('clients')).toMatchObject({ suspect: 0, rows: 9, complete: true, error: null })
    await sync.stop()
  })
})

it('a list that fails is still named after its next attempt was cut off', async () => {
  const { clock, platform, sync, of } = setUp(['clients', 'projects'])
  platform.before = ({ dataset }) => {
    if (dataset === 'projects') throw new AppError('not-found', '404')
  }
  sync.start()
  await clock.advance(1_000)
  platform.before = ({ dataset }) => {
    if (dataset !== 'projects') return
    sync.pause()
    throw new AppError('timeout', 'no answer')
  }
  sync.now()
  await clock.advance(1_000)
  expect(sync.status().phase).toBe('paused')
  expect(of('projects').error?.code).toBe('not-found')
  await sync.stop()
})

it('what is no longer offered leaves no error of its own behind', async () => {
  const { clock, platform, sync } = setUp(['clients', 'projects'])
  platform.before = ({ dataset }) => {
    if (dataset === 'projects') throw new AppError('not-found', '404')
  }
  sync.start()
  await clock.advance(MINUTE)
  expect(sync.status().error?.code).toBe('not-found')
  sync.setCapabilities(capabilitiesWith(['clients'], { limits }))
  expect(sync.status().error).toBeNull()
  await clock.advance(MINUTE)
  expect(sync.status()).toMatchObject({ error: null, complete: true })
  await sync.stop()
})

it('what is asked for before the start has ended waits for it: a suspicious answer keeps its minute', async () => {
  const { clock, platform, sync, of, store, capabilities } = setUp(['clients'], 90)
  sync.start()
  await clock.advance(1_000)
  platform.lists.clients = platform.lists.clients?.slice(0, 9) ?? []
  sync.now()
  await clock.advance(1_000)
  expect(of('clients').suspect).toBe(81)
  await sync.stop()
  let asked = 0
  platform.before = ({ dataset }) => void (asked += dataset === 'clients' ? 1 : 0)
  const next = syncOf({ store, adapter: platform.adapter, capabilities, clock, random: () => 0.5 })
  next.start()
  next.pause()
  next.resume()
  next.now()
  await clock.advance(30_000)
  expect(asked).toBe(0)
  await clock.advance(40_000)
  expect(asked).toBeGreaterThan(0)
  expect(next.status()).toMatchObject({ complete: true, error: null })
  await next.stop()
})
