import { expect } from 'vitest'
import { startPlatform } from '../../electron/demo/platform'
import type { Dataset } from '../../shared/domain/datasets'
import type { SyncStatus } from '../../shared/ipc/sync'
import { BreakingFront, type Breakage } from './breaking-front'
import { createTestClock } from './core-clock'
import { dataFolder, dropFolder, runCore } from './core-running'
import { controlOf } from './platform-control'
import { overallFigures } from './overall-figures'
import { allClients } from './truth/clients'
import { readCloud } from './truth/cloud'

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
const withBrokenList = async ({ list, as }: { list: KnownList; as: Breakage }, look: (at: Looking) => Promise<void>): Promise<void> => {
  const clock = createTestClock(Date.parse('2026-03-10T06:00:00Z'))
  const platform = await startPlatform({ clients: 8, pageSize: 100, speed: 1, epoch: clock.now(), now: () => clock.now() })
  const front = await BreakingFront.start(platform.url)
  const folder = dataFolder()
  const run = runCore({
    folder,
    clock,
    start: { syncIntervalSeconds: INTERVAL_S, connect: { baseUrl: front.url, token: platform.token } },
  })
  /** Never faster than the platform answers. */
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
    await look({ run, control: controlOf(platform), passUntil, status })
  } finally {
    front.stop()
    await run.core.stop()
    await platform.close()
    dropFolder(folder)
  }
}

interface Looking {
  run: ReturnType<typeof runCore>
  control: ReturnType<typeof controlOf>
  /** Lets time pass until something holds. @returns after how long. */
  passUntil: (what: string, holds: () => Promise<boolean>) => Promise<number>
  status: () => Promise<SyncStatus | undefined>
}

/** A change that the broken list does not carry, and when it is seen: a client renamed, or a server where clients are broken. */
const renamed = async ({ run, control, passUntil }: Looking, list: KnownList, name: string): Promise<number> => {
  const connectionId = await connectionOf(run)
  const dataset = list === 'clients' ? 'vm' : 'client'
  const [row] = await control.state(dataset)
  await control.tell('/mutate', { op: 'update', dataset, id: row?.id, fields: { name } })
  return passUntil('the new name', async () => {
    if (dataset === 'client') return (await allClients(run, connectionId)).rows.some((one) => one.name === name)
    return (await run.call('search', 'find', { text: name, connectionId, limit: 20 })).rows.some((one) => one.title === name)
  })
}
const connectionOf = async (run: Looking['run']): Promise<string> => (await run.call('connections', 'list', {}))[0]?.id ?? ''

/** Figures that the broken list has no part in are right; the others say which list they go without. */
const figuresStand = async ({ run, control, passUntil }: Looking, list: KnownList): Promise<void> => {
  const connectionId = await connectionOf(run)
  const cloud = await readCloud(control)
  const figures = () => overallFigures(run, connectionId, cloud)
  const wrong = async () => (await figures()).filter(({ needs, shown, wanted }) => !needs.includes(list) && shown !== wanted)
  await passUntil('the other figures', async () => (await wrong()).length === 0)
  for (const { what, needs, asOf } of await figures())
    expect([what, asOf.missing?.dataset ?? null]).toEqual([what, needs.includes(list) ? list : null])
}

/** What must hold while one list is broken for ever, in one of its ways. */
export const oneListBroken = (list: KnownList, as: Breakage): Promise<void> =>
  withBrokenList({ list, as }, async (at) => {
    expect(await renamed(at, list, 'Новое имя')).toBeLessThanOrEqual(3 * INTERVAL_S * 1000)
    await at.control.tell('/churn', { count: 25, seed: 1 })
    expect(await renamed(at, list, 'Ещё одно')).toBeLessThanOrEqual(3 * INTERVAL_S * 1000)
    const broken = async () => ((await at.status())?.datasets ?? []).filter(({ error }) => error !== null).map(({ dataset }) => dataset)
    // What hangs is given up after half a minute of real time.
    const named = as !== 'hang'
    if (named) await at.passUntil('the broken list to be named', async () => (await broken()).length > 0)
    expect((await broken()).filter((dataset) => dataset !== list)).toEqual([])
    if (named) await figuresStand(at, list)
    expect(at.run.broken).toEqual([])
  })
