import type { ClientQuery } from '../../../shared/ipc/clients'
import type { ClientRow } from '../../../shared/ipc/rows'
import type { runCore } from '../core-running'
import { kopecks, sum, type Cloud } from './cloud'
import { compare } from './compare'
import { counted, useOfClient } from './use'

type Run = Pick<ReturnType<typeof runCore>, 'call'>

export const allClients = async (run: Run, connectionId: string, view: ClientQuery['view'] = 'all') => {
  const query: ClientQuery = { connectionId, view, text: '', filters: [], sort: { by: 'name', desc: false } }
  const rows: ClientRow[] = []
  for (;;) {
    const list = await run.call('clients', 'list', { query, offset: rows.length, limit: 200 })
    rows.push(...list.rows)
    if (list.rows.length === 0 || rows.length >= list.total) return { ...list, rows }
  }
}

const figuresOf = ({ name, partnerName, contractName, planName, balance, projects, servers, cpu, ramGb, volumeGb }: ClientRow) => ({
  ...{ name, partner: partnerName, contract: contractName, plan: planName, balance: balance?.minor ?? null },
  ...{ projects, servers, cpu, ramGb, volumeGb },
})

/** What the list should show of each client. */
const wantedOf = (cloud: Cloud) => {
  const nameIn = (rows: readonly { id: string; name: string }[], id: string | null | undefined) =>
    rows.find((row) => row.id === id)?.name ?? null
  return new Map(
    cloud.client.map(({ id, name, partner, contract: contractId }) => {
      const contract = cloud.contract.find((row) => row.id === contractId)
      const use = useOfClient(cloud, id)
      return [
        id,
        {
          ...{ name, partner: nameIn(cloud.partner, partner), contract: contract?.name ?? null },
          ...{ plan: nameIn(cloud.billing_plan, contract?.plan), balance: kopecks(contract?.balance ?? 0) },
          ...{ projects: cloud.project.filter(({ client }) => client === id).length, servers: use.vm.length },
          ...{ cpu: use.cpu, ramGb: use.ramGb, volumeGb: use.volumeGb },
        },
      ]
    }),
  )
}

/** Every row of the clients list and its sums. */
export const listDifferences = async (run: Run, connectionId: string, cloud: Cloud): Promise<string[]> => {
  const { same, differences } = compare()
  const { rows, totals } = await allClients(run, connectionId)
  const wanted = wantedOf(cloud)
  same('clients in the list', rows.map(({ id }) => id).sort(), [...wanted.keys()].sort())
  for (const row of rows) same(`row of ${row.name}`, figuresOf(row), wanted.get(row.id))
  const all = [...wanted.values()]
  same(
    'balance under the list',
    totals?.balance[0]?.minor ?? 0,
    sum(all, ({ balance }) => balance),
  )
  for (const figure of ['projects', 'servers', 'cpu', 'ramGb', 'volumeGb'] as const)
    same(
      `${figure} under the list`,
      totals?.[figure],
      sum(all, (row) => row[figure]),
    )
  return differences
}

/** One client's card: its figures, its projects to the last disk, its limits each with the use of its own hypervisor. */
export const cardDifferences = async (run: Run, connectionId: string, cloud: Cloud, clientId: string): Promise<string[]> => {
  const { same, differences } = compare()
  const key = { connectionId, clientId }
  const card = `card of ${cloud.client.find(({ id }) => id === clientId)?.name ?? clientId}`
  const use = useOfClient(cloud, clientId)
  const { servers, cpu, ramGb, disks, volumeGb } = await run.call('clients', 'get', key)
  const figures = { servers: use.vm.length, cpu: use.cpu, ramGb: use.ramGb, disks: use.disk.length, volumeGb: use.volumeGb }
  same(`${card}: figures`, { servers, cpu, ramGb, disks, volumeGb }, figures)
  const tree = { ...key, text: '', folds: { base: 'open' as const, turned: [] }, offset: 0, limit: 200 }
  const { totals, rows, total } = await run.call('clients', 'projects', tree)
  const projects = cloud.project.filter(({ client }) => client === clientId).length
  same(`${card}: under its projects`, totals, {
    ...{ projects, vdcs: use.vdc.length, servers: use.vm.length, cpu: use.cpu, ramGb: use.ramGb, disks: use.disk.length },
    ...{ diskGb: use.volumeGb, networks: use.network.length, routers: use.router.length, ips: use.ip.length },
  })
  const names = (of: readonly { name: string | null }[]) => of.map(({ name }) => name ?? '').sort()
  // All of it stands in one window, or only its sums are compared.
  if (total <= rows.length) {
    same(`${card}: each server`, names(rows.filter((row) => row.kind === 'server')), names(use.vm))
    same(`${card}: each disk`, names(rows.filter((row) => row.kind === 'disk')), names(use.disk))
  }
  const limits = await run.call('clients', 'limits', key)
  const line = (row: readonly (string | number | null)[]) => row.join(' ')
  same(
    `${card}: limits`,
    limits.rows.map((row) => line([row.hypervisorId, row.typeCode, row.limit, row.use])).sort(),
    cloud.limit
      .filter(({ client }) => client === clientId)
      .map(({ hypervisor, type, value }) => line([hypervisor, type, value, counted(useOfClient(cloud, clientId, hypervisor), type)]))
      .sort(),
  )
  return differences
}
