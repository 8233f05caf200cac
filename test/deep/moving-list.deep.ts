import { expect, it } from 'vitest'
import { pause, startMovingCloud, steadily, type MovingCloud } from '../support/moving-cloud'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const MINUTE = 60_000
const missing = (wanted: ReadonlySet<string>, held: ReadonlySet<string>): string[] => [...wanted].filter((id) => !held.has(id))

/** Until the list of servers was walked to its end once more; the walk may have begun before. */
const walked = async ({ sync }: MovingCloud, times: number, limitMs: number): Promise<void> => {
  const servers = () => sync.status().datasets.find(({ dataset }) => dataset === 'servers')
  const end = Date.now() + limitMs
  let seen = 0
  for (let was = servers()?.running ?? false; seen < times;) {
    if (Date.now() > end) throw new Error(`the list of servers was not walked ${String(times)} times in ${String(limitMs)} ms`)
    await pause(20)
    const now = servers()
    if (was && now?.running === false && now.complete) seen++
    was = now?.running ?? false
  }
}

it('ten rows a page, 40 ms, a server made every 400 ms: what existed a minute ago is here, what was removed is gone', async () => {
  const cloud = await startMovingCloud(bench.open(), { clients: 150, pageSize: 10, latencyMs: 40 })
  const servers = await cloud.control.state('vm')
  const vdcs = [...new Set(servers.map((row) => (row['vdc'] as { id: string }).id))]
  let made = 0
  const stop = steadily(400, () =>
    cloud.control.tell('/mutate', { op: 'create', dataset: 'vm', fields: { vdc: vdcs[made++ % vdcs.length] } }),
  )
  try {
    cloud.sync.start()
    await pause(5000)
    const [gone] = servers
    await cloud.control.tell('/mutate', { op: 'delete', dataset: 'vm', id: gone?.id })
    const atStart = await cloud.present()
    await pause(MINUTE)
    expect(missing(atStart, cloud.stored())).toEqual([])
    expect(cloud.stored().has(gone?.id ?? '')).toBe(false)
    await cloud.cost()
    await walked(cloud, 1, MINUTE)
    await cloud.cost()
    await walked(cloud, 2, 2 * MINUTE)
    const { asked, pages } = await cloud.cost()
    expect(asked / 2).toBeGreaterThanOrEqual(pages - 1)
    expect(asked / 2).toBeLessThanOrEqual(2.5 * pages)
    const later = await cloud.present()
    await pause(MINUTE)
    expect(missing(later, cloud.stored())).toEqual([])
  } finally {
    await stop()
    await cloud.close()
  }
})

it('20,000 servers at a hundred a page, one change a second: complete while it goes on, at no more than 2.5 times its pages', async () => {
  const cloud = await startMovingCloud(bench.open(), { clients: 7000, pageSize: 100 })
  try {
    await cloud.control.tell('/churn', { rate: 1 })
    cloud.sync.start()
    await walked(cloud, 1, 10 * MINUTE)
    const first = await cloud.present()
    expect(first.size).toBeGreaterThan(19_000)
    await cloud.cost()
    await walked(cloud, 2, 10 * MINUTE)
    const { asked, pages } = await cloud.cost()
    expect(asked / 2).toBeGreaterThanOrEqual(pages - 1)
    expect(asked / 2).toBeLessThanOrEqual(2.5 * pages)
    const now = await cloud.present()
    const lived = new Set([...first].filter((id) => now.has(id)))
    expect(missing(lived, cloud.stored())).toEqual([])
    // What went before two walks began is here no more.
    const before = new Set(cloud.stored())
    await walked(cloud, 3, 10 * MINUTE)
    const still = await cloud.present()
    expect([...before].filter((id) => !still.has(id) && !now.has(id) && cloud.stored().has(id))).toEqual([])
  } finally {
    await cloud.close()
  }
})
