import { systemClock } from '../../electron/core/clock'
import type { Capabilities } from '../../electron/core/platforms/port/core'
import { openStore } from '../../electron/core/store/connection'
import { rustackAdapter, syncOf } from './synced-console'

/** A console that only syncs, in a process of its own, so that it can be killed. Says `begun` and `done`. */
interface Order {
  folder: string
  key: string
  platform: { url: string; token: string }
  capabilities: Capabilities
}
const order = JSON.parse(process.argv[2] ?? '{}') as Order
const store = openStore({ folder: order.folder, key: order.key, clock: systemClock })
const sync = syncOf({ store, adapter: rustackAdapter(order.platform), capabilities: order.capabilities })
sync.start()
process.stdout.write('begun\n')
await sync.whenIdle()
process.stdout.write(sync.status().complete ? 'done\n' : 'incomplete\n')
await sync.stop()
store.close()
