import type { runCore } from '../core-running'
import { kopecks, sum, type Cloud } from './cloud'
import { compare } from './compare'
import { counted, useOfClient, useWhere, wholeUse, type Use } from './use'

type Run = Pick<ReturnType<typeof runCore>, 'call'>

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
const byClass = ({ disk }: Use): [string, number][] =>
  [...Map.groupBy(disk, (row) => row.billing_class)].map(([id, rows]): [string, number] => [id, sum(rows, ({ size }) => size)]).sort(byName)

/** The console's names of the limit types, and the platform's. */
const types = {
  ...{ servers: 'vm', disks: 'disk', volume: 'volume', ip: 'ip' },
  ...{ networks: 'network', routers: 'router', ram: 'ram', cpu: 'cpu' },
} as const

/** The dashboard's figures over all hypervisors and for each, against the platform's own rows. */
export const dashboardDifferences = async (run: Run, connectionId: string, cloud: Cloud): Promise<string[]> => {
  const { same, differences } = compare()
  const balances = new Map(cloud.contract.map(({ id, balance }) => [id, kopecks(balance)]))
  const owing = cloud.client.map(({ contract }) => balances.get(contract) ?? 0).filter((minor) => minor < 0)
  const { clients, negative } = await run.call('dashboard', 'summary', { connectionId, hypervisorId: null })
  same('clients', clients.count, cloud.client.length)
  same('clients in debt', negative.clients, owing.length)
  same(
    'debts',
    negative.totals[0]?.minor ?? 0,
    sum(owing, (minor) => minor),
  )
  for (const hypervisorId of [null, ...new Set(cloud.vdc.map(({ hypervisor }) => hypervisor))]) {
    const at = hypervisorId ?? 'all hypervisors'
    const summary = await run.call('dashboard', 'summary', { connectionId, hypervisorId })
    const use = hypervisorId === null ? wholeUse(cloud) : useWhere(cloud, ({ hypervisor }) => hypervisor === hypervisorId)
    same(`servers at ${at}`, summary.servers.count, use.vm.length)
    for (const tile of [...summary.limits, summary.volume]) {
      same(`${tile.type} at ${at}`, tile.use, counted(use, types[tile.type]))
      const parts = tile.parts.filter(({ limit }) => limit !== null)
      const line = (id: string, limit: number | null, used: number | null) => `${id}: ${String(used)} of ${String(limit)}`
      const limits = cloud.partner_limit.filter(
        ({ type, hypervisor }) => type === types[tile.type] && (hypervisorId ?? hypervisor) === hypervisor,
      )
      const used = (hypervisor: string) =>
        counted(
          useWhere(cloud, (vdc) => vdc.hypervisor === hypervisor),
          types[tile.type],
        )
      same(
        `limits of ${tile.type} at ${at}`,
        parts.map((part) => line(part.hypervisorId, part.limit, part.use)).sort(),
        limits.map(({ hypervisor, value }) => line(hypervisor, value, used(hypervisor))).sort(),
      )
    }
    const classes = summary.disks.filter(({ useGb }) => useGb > 0).map((disk): [string, number] => [disk.billingClassId, disk.useGb])
    same(`volume by class at ${at}`, classes.sort(byName), byClass(use))
    const top = await run.call('dashboard', 'contributors', { connectionId, type: 'servers', hypervisorId })
    const most = cloud.client.map(({ id }) => useOfClient(cloud, id, hypervisorId).vm.length).filter((count) => count > 0)
    same(
      `who has servers at ${at}`,
      top.rows.map((row) => row.use),
      most.sort((a, b) => b - a).slice(0, top.rows.length),
    )
  }
  return differences
}
