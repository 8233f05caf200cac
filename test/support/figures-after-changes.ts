import { expect } from 'vitest'
import { startPlatform, type PlatformOptions } from '../../electron/demo/platform'
import type { SyncStatus } from '../../shared/ipc/sync'
import { dataFolder, dropFolder, runCore } from './core-running'
import { controlOf } from './platform-control'
import { cardDifferences, listDifferences } from './truth/clients'
import { readCloud } from './truth/cloud'
import { dashboardDifferences } from './truth/dashboard'

const CARDS = 10

/** Changes a synced platform at random, syncs once more, and holds every figure to the sum over the platform's own rows. */
export const figuresAfterChanges = async (seed: number, count: number, options: PlatformOptions = {}): Promise<void> => {
  const platform = await startPlatform({ clients: 60, pageSize: 100, seed, speed: 0.0001, ...options })
  const folder = dataFolder()
  const run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  try {
    await run.core.whenStarted
    const connectionId = (await run.call('connections', 'list', {}))[0]?.id ?? ''
    // An answer by which most of a list would go is asked for again a minute later: until then the sync has not ended.
    const settled = ({ complete, phase, datasets }: SyncStatus) =>
      complete && phase === 'idle' && datasets.every((one) => one.suspect === 0)
    const ended = () => run.until(async () => (await run.call('sync', 'status', {})).every(settled), 150_000)
    await ended()
    const control = controlOf(platform)
    await control.tell('/churn', { count, seed })
    await run.call('sync', 'now', { connectionId })
    await ended()
    const cloud = await readCloud(control)
    const cards = cloud.client.slice(0, CARDS).map(({ id }) => id)
    // Limits are a client's own list: an open card asks for them.
    for (const clientId of cards) await run.call('clients', 'opened', { connectionId, clientId })
    const differences = async () => [
      ...(await dashboardDifferences(run, connectionId, cloud)),
      ...(await listDifferences(run, connectionId, cloud)),
      ...(await Promise.all(cards.map((id) => cardDifferences(run, connectionId, cloud, id)))).flat(),
    ]
    // Figures are counted right after the lists, an open card's limits are asked for by themselves.
    await expect.poll(differences, { timeout: 20_000 }).toEqual([])
    expect(run.broken).toEqual([])
  } finally {
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  }
}
