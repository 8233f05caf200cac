import { describe, expect, it } from 'vitest'
import type { Store } from '../../electron/core/store/connection'
import { createTestClock } from '../support/core-clock'
import { capabilitiesWith, project, scriptedPlatform } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { syncOf } from '../support/synced-console'

const bench = storeBench()
const grows = { offered: true, certainty: 'known', reason: null, walk: 'append' } as const
const count = (store: Store): unknown => store.cache.prepare('SELECT count(*) FROM project').pluck().get()

/** A list that only grows, newest first. */
const setUp = async (rows: number) => {
  const clock = createTestClock()
  const platform = scriptedPlatform(10)
  platform.now = () => clock.now()
  const store = bench.memory()
  const add = (more: number): void => {
    const known = platform.lists.projects?.length ?? 0
    const fresh = Array.from({ length: more }, (_, index) => project(`p${String(known + index)}`, 'k')).reverse()
    platform.lists.projects = [...fresh, ...(platform.lists.projects ?? [])]
  }
  add(rows)
  const sync = syncOf({
    store,
    adapter: platform.adapter,
    capabilities: capabilitiesWith([], { projects: grows }),
    clock,
    random: () => 0.5,
  })
  sync.start()
  await clock.advance(1_000)
  const again = async (): Promise<number> => {
    const before = platform.asked
    sync.now()
    await clock.advance(1_000)
    return platform.asked - before
  }
  return { platform, store, sync, add, again }
}

describe('a list that only grows', () => {
  it('is read whole once, then only back to rows that are known', async () => {
    const { platform, store, sync, add, again } = await setUp(200)
    expect(count(store)).toBe(200)
    expect(platform.asked).toBeLessThanOrEqual(21)
    expect(await again()).toBe(2)
    add(35)
    expect(await again()).toBeLessThanOrEqual(6)
    expect(count(store)).toBe(235)
    expect(sync.status().datasets.find(({ dataset }) => dataset === 'projects')).toMatchObject({ complete: true, rows: 235, error: null })
    await sync.stop()
  })

  it('loses nothing that the platform no longer tells', async () => {
    const { platform, store, sync, again } = await setUp(40)
    platform.lists.projects = platform.lists.projects?.slice(0, 30) ?? []
    await again()
    expect(count(store)).toBe(40)
    await sync.stop()
  })
})
