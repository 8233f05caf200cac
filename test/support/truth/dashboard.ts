import type { LimitType } from '../../../shared/domain/limits'
import type { runCore } from '../core-running'
import { kopecks, sum, type Cloud } from './cloud'
import { compare } from './compare'
import { useOf, useOfClient, type Use } from './use'

type Run = Pick<ReturnType<typeof runCore>, 'call'>

const byClass = (use: Use): [string, number][] =>
  [...Map.groupBy(use.disks, ({ storage_profile: profile }) => profile.billing_class.id)]
    .map(([id, disks]): [string, number] => [id, sum(disks, ({ size }) => size)])
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** The dashboard's figures over all hypervisors and for each, against the platform's own rows. */
export const dashboardDifferences = async (run: Run, connectionId: string, cloud: Cloud): Promise<string[]> => {
  const { same, differences } = compare()
  const owing = cloud.clients.filter(({ contract }) => contract.balance < 0)
  const everywhere = await run.call('dashboard', 'summary', { connectionId, hypervisorId: null })
  same('clients', everywhere.clients.count, cloud.clients.length)
  same('clients in debt', everywhere.negative.clients, owing.length)
  same(
    'debts',
    everywhere.negative.totals[0]?.minor ?? 0,
    sum(owing, ({ contract }) => kopecks(contract.balance)),
  )
  const hypervisors = new Set(cloud.vdcs.map(({ hypervisor }) => hypervisor.id))
  for (const hypervisorId of [null, ...hypervisors]) {
    const at = hypervisorId ?? 'all hypervisors'
    const summary = await run.call('dashboard', 'summary', { connectionId, hypervisorId })
    const use = hypervisorId === null ? useOf(cloud, () => true, true) : useOf(cloud, ({ hypervisor }) => hypervisor.id === hypervisorId)
    same(`servers of ${at}`, summary.servers.count, use.servers.length)
    const tile = (type: LimitType) => summary.limits.find((one) => one.type === type)?.use
    same(`CPU of ${at}`, tile('cpu'), use.cpu)
    same(`RAM of ${at}`, tile('ram'), use.ramGb)
    same(`volume of ${at}`, summary.volume.use, use.volumeGb)
    const classes = summary.disks.filter(({ useGb }) => useGb > 0).map((disk): [string, number] => [disk.billingClassId, disk.useGb])
    same(
      `volume by class of ${at}`,
      classes.sort(([a], [b]) => (a < b ? -1 : 1)),
      byClass(use),
    )
    const perClient = cloud.clients.map(({ id }) => useOfClient(cloud, id).servers.filter((server) => use.servers.includes(server)).length)
    const { rows: top } = await run.call('dashboard', 'contributors', { connectionId, type: 'servers', hypervisorId })
    const most = perClient.filter((count) => count > 0).sort((a, b) => b - a)
    same(
      `who has servers of ${at}`,
      top.map((one) => one.use),
      most.slice(0, top.length),
    )
  }
  return differences
}
