import type { Dataset } from '../../shared/domain/datasets'
import { startPlatform } from '../../electron/demo/platform'
import { rustackAdapter } from '../support/synced-console'
import { conformanceSuite } from './conformance'

/** What the demo platform calls its lists. */
const platformNames: Partial<Record<Dataset, string>> = {
  clients: 'client',
  contracts: 'contract',
  tariff_plans: 'billing_plan',
  projects: 'project',
  vdcs: 'vdc',
  servers: 'vm',
  disks: 'disk',
  networks: 'network',
  routers: 'router',
  ports: 'port',
  accounts: 'account',
  notes: 'note',
  payments: 'payment',
  tickets: 'ticket',
  events: 'event',
}

for (const knownOnly of [false, true])
  conformanceSuite({
    name: knownOnly ? 'РУСТЭК, published half only' : 'РУСТЭК',
    start: async () => {
      const platform = await startPlatform({ clients: 25, pageSize: 10, speed: 0, knownOnly })
      return {
        adapter: rustackAdapter(platform),
        stranger: rustackAdapter({ ...platform, token: 'f'.repeat(40) }),
        nowhere: rustackAdapter({ url: 'http://127.0.0.1:9', token: platform.token }),
        count: async (dataset) => {
          const name = platformNames[dataset]
          if (name === undefined) return null
          const answer = await fetch(`${platform.control.url}/state/${name}`, { headers: { 'x-control-secret': platform.control.secret } })
          return ((await answer.json()) as unknown[]).length
        },
        close: () => platform.close(),
      }
    },
  })
