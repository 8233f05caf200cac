import { expect, it } from 'vitest'
import type { SyncStatus } from '../../shared/ipc/sync'
import { systemClock } from '../../electron/core/clock'
import { parseFaults } from '../../electron/demo/faults'
import { startPlatform } from '../../electron/demo/platform'
import { canonicalRows, derivedRows } from '../support/canonical-rows'
import { storeBench } from '../support/store-in-folder'
import { never, rustackAdapter, syncOf, until } from '../support/synced-console'

const bench = storeBench()
/** Waits pass ten times as fast. */
const hasty = { ...systemClock, after: (ms: number, run: () => void) => systemClock.after(ms / 10, run) }
const settled = ({ phase, datasets }: SyncStatus): boolean =>
  phase === 'idle' && datasets.every(({ offered, complete, error }) => !offered || complete || error !== null)

it(
  'through crashes, cut lines, throttling and garbage the sync ends complete, or says what is incomplete',
  { timeout: 120_000 },
  async () => {
    const platform = await startPlatform({ clients: 12, pageSize: 10, speed: 0 })
    const adapter = rustackAdapter(platform)
    const { capabilities } = await adapter.probe(never)
    const [calm, rough] = [bench.memory(), bench.memory()]
    const control = (faults: string) =>
      fetch(`${platform.control.url}/faults`, {
        method: 'POST',
        headers: { 'x-control-secret': platform.control.secret, 'content-type': 'application/json' },
        body: JSON.stringify({ faults }),
      })
    try {
      const first = syncOf({ store: calm, adapter, capabilities })
      first.start()
      await first.whenIdle()
      await first.stop()
      const faults = '500:0.1,drop:0.05,429:0.05,slow:0.02,garbage:0.02'
      expect(parseFaults(faults)).toBeTruthy()
      expect((await control(faults)).ok).toBe(true)
      // The probe itself must get through, or a person could not even connect.
      const rougher = await adapter.probe(never)
      expect(Object.values(rougher.capabilities.datasets).every(({ offered }) => offered)).toBe(true)
      const sync = syncOf({ store: rough, adapter, capabilities, clock: hasty })
      sync.start()
      await until('every list was walked', () => settled(sync.status()), 60_000)
      await sync.whenIdle()
      const { datasets } = sync.status()
      await sync.stop()
      for (const { dataset, complete, error } of datasets) if (!complete) expect(error, dataset).not.toBeNull()
      const incomplete = datasets.filter(({ complete }) => !complete).map(({ dataset }) => dataset as string)
      expect(canonicalRows(rough, incomplete)).toEqual(canonicalRows(calm, incomplete))
      if (incomplete.length === 0) expect(derivedRows(rough)).toEqual(derivedRows(calm))
    } finally {
      await platform.close()
    }
  },
)
