import type { ClientQuery } from '../../../shared/ipc/clients'
import type { TreeRow } from '../../../shared/ipc/project-tree'
import type { ClientRow as Shown } from '../../../shared/ipc/rows'
import type { runCore } from '../core-running'
import { idOf, kopecks, sum, type Cloud, type LimitRow } from './cloud'
import { compare } from './compare'
import { counted, useOfClient } from './use'

type Run = Pick<ReturnType<typeof runCore>, 'call'>

export const allClients = async (run: Run, connectionId: string, view: ClientQuery['view'] = 'all') => {
  const query: ClientQuery = { connectionId, view, text: '', filters: [], sort: { by: 'name', desc: false } }
  const rows: Shown[] = []
  for (;;) {
    const list = await run.call('clients', 'list', { query, offset: rows.length, limit: 200 })
    rows.push(...list.rows)
    if (list.rows.length === 0 || rows.length >= list.total) return { ...list, rows }
  }
}

/** Every row of the clients list and its sums. */
export const listDifferences = async (run: Run, connectionId: string, cloud: Cloud): Promise<string[]> => {
  const { same, differences } = compare()
  const list = await allClients(run, connectionId)
  const shown = new Map(list.rows.map((row) => [row.id, row]))
  same('clients in the list', [...shown.keys()].sort(), cloud.clients.map(({ id }) => id).sort())
  for (const client of cloud.clients) {
    const row = shown.get(client.id)
    if (!row) continue
    const use = useOfClient(cloud, client.id)
    const { contract, partner, projects } = client
    same(`row of ${client.name}`, figuresOf(row), {
      ...{ name: client.name, partner: partner.name, contract: contract.name, plan: contract.billing_plan.name },
      ...{ balance: kopecks(contract.balance), projects, servers: use.servers.length },
      ...{ cpu: use.cpu, ramGb: use.ramGb, volumeGb: use.volumeGb },
    })
  }
  const { totals } = list
  const uses = cloud.clients.map(({ id }) => useOfClient(cloud, id))
  same(
    'projects under the list',
    totals.projects,
    sum(cloud.clients, ({ projects }) => projects),
  )
  same(
    'servers under the list',
    totals.servers,
    sum(uses, ({ servers }) => servers.length),
  )
  same(
    'CPU under the list',
    totals.cpu,
    sum(uses, ({ cpu }) => cpu),
  )
  same(
    'RAM under the list',
    totals.ramGb,
    sum(uses, ({ ramGb }) => ramGb),
  )
  same(
    'volume under the list',
    totals.volumeGb,
    sum(uses, ({ volumeGb }) => volumeGb),
  )
  same(
    'balance under the list',
    totals.balance[0]?.minor ?? 0,
    sum(cloud.clients, ({ contract }) => kopecks(contract.balance)),
  )
  return differences
}

const figuresOf = (row: Shown) => ({
  ...{ name: row.name, partner: row.partnerName, contract: row.contractName, plan: row.planName },
  ...{ balance: row.balance?.minor ?? null, projects: row.projects, servers: row.servers },
  ...{ cpu: row.cpu, ramGb: row.ramGb, volumeGb: row.volumeGb },
})

/** A client's tree with everything unfolded, read window by window. */
const wholeTree = async (run: Run, key: { connectionId: string; clientId: string }) => {
  const rows: TreeRow[] = []
  for (;;) {
    const asked = { ...key, text: '', folds: { base: 'open' as const, turned: [] } }
    const answer = await run.call('clients', 'projects', { ...asked, offset: rows.length, limit: 200 })
    rows.push(...answer.rows)
    if (answer.rows.length === 0 || rows.length >= answer.total) return { ...answer, rows }
  }
}

/** One client's card: its figures, its projects to the last disk, its limits with their use. */
export const cardDifferences = async (run: Run, connectionId: string, cloud: Cloud, clientId: string): Promise<string[]> => {
  const { same, differences } = compare()
  const key = { connectionId, clientId }
  const of = `card of ${cloud.clients.find(({ id }) => id === clientId)?.name ?? clientId}`
  const use = useOfClient(cloud, clientId)
  const details = await run.call('clients', 'get', key)
  same(
    `${of}: figures`,
    [details.servers, details.cpu, details.ramGb, details.disks, details.volumeGb],
    [...[use.servers.length, use.cpu, use.ramGb, use.disks.length, use.volumeGb]],
  )
  const { rows, totals } = await wholeTree(run, key)
  const keys = (kind: TreeRow['kind']): string[] => rows.filter((row) => row.kind === kind).map((row) => row.key.slice(kind.length + 1))
  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id).sort()
  same(`${of}: projects`, keys('project').sort(), ids(cloud.projects.filter(({ client }) => idOf(client) === clientId)))
  same(`${of}: data centres`, keys('vdc').sort(), ids(use.vdcs))
  const facts = (one: { name: string; cpu: number | null; power: boolean | null }, id: string) => ({
    ...{ id, name: one.name, cpu: one.cpu, power: one.power },
  })
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
  const servers = rows.flatMap((row) => (row.kind === 'server' ? [facts(row, row.key.slice('server '.length))] : []))
  same(`${of}: servers`, servers.sort(byId), use.servers.map((server) => facts(server, server.id)).sort(byId))
  same(`${of}: disks`, keys('disk').sort(), ids(use.disks))
  same(
    `${of}: under the tree`,
    [totals.servers, totals.cpu, totals.ramGb, totals.disks, totals.diskGb, totals.networks, totals.routers, totals.ips],
    [
      ...[
        use.servers.length,
        use.cpu,
        use.ramGb,
        use.disks.length,
        use.volumeGb,
        use.networks.length,
        use.routers.length,
        use.addresses.length,
      ],
    ],
  )
  return differences
}

/** A client's limits, each with the use of its own hypervisor; `limits` as the platform's API gives them. */
export const limitDifferences = async (
  run: Run,
  { connectionId, clientId }: { connectionId: string; clientId: string },
  { cloud, limits }: { cloud: Cloud; limits: readonly LimitRow[] },
): Promise<string[]> => {
  const { same, differences } = compare()
  const { rows } = await run.call('clients', 'limits', { connectionId, clientId })
  const vdcs = useOfClient(cloud, clientId).vdcs
  const used = ({ hypervisor, type }: LimitRow) =>
    counted(useOfClient({ ...cloud, vdcs: vdcs.filter((vdc) => vdc.hypervisor.id === hypervisor.id) }, clientId), type)
  const lines = (of: readonly (string | number | null)[][]) => of.map((row) => row.join(' ')).sort()
  same(
    `limits of ${clientId}`,
    lines(rows.map((row) => [row.hypervisorId, row.typeCode, row.limit, row.use])),
    lines(limits.map((row) => [row.hypervisor.id, row.type, row.value, used(row)])),
  )
  return differences
}
