import { expect } from 'vitest'
import { startPlatform, type PlatformOptions } from '../../electron/demo/platform'
import { seededRandom } from '../../electron/demo/random'
import { dataFolder, dropFolder, runCore } from './core-running'
import { controlOf } from './platform-control'
import { cardDifferences, limitDifferences, listDifferences } from './truth/clients'
import { readCloud, type LimitRow } from './truth/cloud'
import { dashboardDifferences } from './truth/dashboard'
import { changeAtRandom } from './truth/random-changes'

const CARDS = 10

/** Changes a synced platform at random, syncs once more, and holds every figure to the sum over the platform's own rows. */
export const figuresAfterChanges = async (seed: number, count: number, options: PlatformOptions = {}): Promise<void> => {
  const platform = await startPlatform({ clients: 24, pageSize: 50, seed, speed: 0.0001, ...options })
  const folder = dataFolder()
  const run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  try {
    await run.core.whenStarted
    const connectionId = (await run.call('connections', 'list', {}))[0]?.id ?? ''
    const ended = () => run.until(async () => (await run.call('sync', 'status', {})).every((one) => one.complete && one.phase === 'idle'))
    await ended()
    const control = controlOf(platform)
    await changeAtRandom({ control, random: seededRandom(seed, 'changes') }, count)
    await run.call('sync', 'now', { connectionId })
    await ended()
    const cloud = await readCloud(control)
    const cards = cloud.clients.slice(0, CARDS)
    const differences = [
      ...(await dashboardDifferences(run, connectionId, cloud)),
      ...(await listDifferences(run, connectionId, cloud)),
      ...(await Promise.all(cards.map(({ id }) => cardDifferences(run, connectionId, cloud, id)))).flat(),
    ]
    for (const { id: clientId } of cards) {
      const limits = await limitsOf(platform, clientId)
      await run.call('clients', 'opened', { connectionId, clientId })
      await run.until(async () => (await run.call('clients', 'limits', { connectionId, clientId })).rows.length === limits.length)
      differences.push(...(await limitDifferences(run, { connectionId, clientId }, { cloud, limits })))
    }
    expect(differences).toEqual([])
    expect(run.broken).toEqual([])
  } finally {
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  }
}

const limitsOf = async ({ url, token }: { url: string; token: string }, clientId: string): Promise<LimitRow[]> => {
  const rows: LimitRow[] = []
  for (let page = 1; ; page++) {
    const response = await fetch(`${url}/v1/client/${clientId}/limit?page=${String(page)}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { items, total } = (await response.json()) as { items: LimitRow[]; total: number }
    rows.push(...items)
    if (items.length === 0 || rows.length >= total) return rows
  }
}
