import { startPlatform } from '../../electron/demo/platform'
import type { Dataset } from '../../shared/domain/datasets'
import type { SyncStatus } from '../../shared/ipc/sync'
import { BreakingFront, type Breakage } from './breaking-front'
import { createTestClock } from './core-clock'
import { dataFolder, dropFolder, runCore } from './core-running'
import { controlOf } from './platform-control'
import { allClients } from './truth/clients'

/** The lists that the vendor states, by their addresses. */
export const knownLists = {
  clients: '/v1/client',
  projects: '/v1/project',
  vdcs: '/v1/vdc',
  servers: '/v1/vm',
  disks: '/v1/disk',
  networks: '/v1/network',
  routers: '/v1/router',
  ports: '/v1/port',
  storage_profiles: '/v1/storage_profile',
} as const satisfies Partial<Record<Dataset, string>>
export type KnownList = keyof typeof knownLists

const INTERVAL_S = 10
const STEP_MS = 500
const PATIENCE_MS = 60_000

/** A console that runs over a platform one of whose lists is broken, on a clock that runs as fast as the answers come. */
export const withBrokenList = async (
  { list, as }: { list: KnownList; as: Breakage },
  look: (at: Looking) => Promise<void>,
): Promise<void> => {
  const clock = createTestClock(Date.parse('2026-03-10T06:00:00Z'))
  const platform = await startPlatform({ clients: 8, pageSize: 100, speed: 1, epoch: clock.now(), now: () => clock.now() })
  const front = await BreakingFront.start(platform.url)
  const folder = dataFolder()
  const run = runCore({
    folder,
    clock,
    start: { syncIntervalSeconds: INTERVAL_S, connect: { baseUrl: front.url, token: platform.token } },
  })
  /** Lets time pass, never faster than the platform answers, until something holds. @returns after how long. */
  const passUntil = async (what: string, holds: () => Promise<boolean>): Promise<number> => {
    const since = clock.now()
    while (!(await holds())) {
      if (clock.now() - since > PATIENCE_MS) throw new Error(`${list} as ${as}: ${what} not within ${String(PATIENCE_MS)} ms`)
      await front.quiet()
      await clock.advance(STEP_MS)
    }
    return clock.now() - since
  }
  try {
    const status = async (): Promise<SyncStatus | undefined> => (await run.call('sync', 'status', {}))[0]
    await passUntil('the first sync', async () => {
      const known = (await status())?.datasets ?? []
      return known.length > 0 && known.every((one) => !one.offered || one.complete)
    })
    front.broken = { path: knownLists[list], as }
    await look({ run, front, control: controlOf(platform), passUntil, status, intervalMs: INTERVAL_S * 1000 })
  } finally {
    front.stop()
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  }
}

export interface Looking {
  run: ReturnType<typeof runCore>
  front: BreakingFront
  control: ReturnType<typeof controlOf>
  passUntil: (what: string, holds: () => Promise<boolean>) => Promise<number>
  status: () => Promise<SyncStatus | undefined>
  intervalMs: number
}

/** A change that the broken list does not carry, and whether it is seen: a client renamed, or a server where clients are broken. */
export const renamed = async ({ run, control, passUntil }: Looking, list: KnownList, name: string): Promise<number> => {
  const connectionId = (await run.call('connections', 'list', {}))[0]?.id ?? ''
  const dataset = list === 'clients' ? 'vm' : 'client'
  const [row] = await control.state(dataset)
  await control.tell('/mutate', { op: 'update', dataset, id: row?.id, fields: { name } })
  return passUntil('the new name', async () => {
    if (dataset === 'client') return (await allClients(run, connectionId)).rows.some((one) => one.name === name)
    return (await run.call('search', 'find', { text: name, connectionId, limit: 20 })).rows.some((one) => one.title === name)
  })
}
