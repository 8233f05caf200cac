import { startPlatform, type PlatformOptions } from '../../electron/demo/platform'
import type { Store } from '../../electron/core/store/connection'
import type { ConnectionSync } from '../../electron/core/sync/connection-sync'
import { controlOf, type PlatformControl } from './platform-control'
import { never, rustackAdapter, syncOf } from './synced-console'
import { readCloud } from './truth/cloud'

/** A synced store over a platform that goes on changing, and what is needed to judge it. */
export interface MovingCloud {
  sync: ConnectionSync
  control: PlatformControl
  /** Servers that the store has. */
  stored: () => Set<string>
  /** Servers that the platform has. */
  present: () => Promise<Set<string>>
  /** Pages of servers asked for since the last call, and how many the list has now. */
  cost: () => Promise<{ asked: number; pages: number }>
  close: () => Promise<void>
}

export const startMovingCloud = async (store: Store, options: PlatformOptions & { pageSize: number }): Promise<MovingCloud> => {
  const platform = await startPlatform({ speed: 0.0001, ...options })
  const control = controlOf(platform)
  await control.tell('/clock')
  const adapter = rustackAdapter(platform)
  const { capabilities } = await adapter.probe(never)
  const sync = syncOf({ store, adapter, capabilities, intervalMs: 10_000 })
  const read = (): string[] => (store.cache.prepare('SELECT id FROM server').all() as { id: string }[]).map(({ id }) => id)
  const present = async () => new Set((await readCloud(control)).vm.map(({ id }) => id))
  const asked = async (): Promise<number> => {
    const { entries } = await control.read<{ entries: { method: string; path: string }[] }>('/log?path=/v1/vm')
    await fetch(`${platform.control.url}/log`, { method: 'DELETE', headers: { 'x-control-secret': platform.control.secret } })
    return entries.filter(({ method, path }) => method === 'GET' && path === '/v1/vm').length
  }
  return {
    sync,
    control,
    stored: () => new Set(read()),
    present,
    cost: async () => ({ asked: await asked(), pages: Math.ceil((await present()).size / options.pageSize) }),
    close: async () => {
      await sync.stop()
      await platform.close()
    },
  }
}

/** Does something again and again at its pace until it is told to stop; what went wrong comes out at the end. */
export const steadily = (everyMs: number, work: () => Promise<unknown>): (() => Promise<void>) => {
  const pace = { stopped: false }
  const running = (async () => {
    while (!pace.stopped) {
      const next = Date.now() + everyMs
      await work()
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - Date.now())))
    }
  })()
  return async () => {
    pace.stopped = true
    await running
  }
}
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
