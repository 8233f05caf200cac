import type { Cloud } from '../cloud'
import type { DatasetName } from '../datasets'
import { networkRef } from '../known/network-shapes'
import { vdcRef } from '../known/shapes'
import { clientInProject } from '../nested-client'
import { bodyOf, rewrite, type Body } from '../rows'
import type { StoredRow } from '../store'
import { countProjects, networkOf, vdcOf } from './additions'
import { bookDisk, bookPlain, bookServer } from './servers'

/** What is charged to whom: everything that lies in some data centres, or one server with its parts. */
interface Load {
  readonly servers: readonly StoredRow[]
  readonly disks: readonly StoredRow[]
  readonly ports: readonly StoredRow[]
  readonly networks: readonly StoredRow[]
  readonly routers: readonly StoredRow[]
}

/** Books it all to the client number `cn`: sign +1 when it comes, −1 when it goes. */
function charge(cloud: Cloud, load: Load, { cn, sign, at }: { cn: number; sign: 1 | -1; at: number }): void {
  const of = (row: StoredRow): StoredRow => ({ ...row, cn })
  const plain = (kind: 'ip' | 'networks' | 'routers', rows: readonly StoredRow[]) => {
    for (const row of rows) {
      const hypervisor = Number(cloud.store.byId('vdc', String(row['vdc']))?.['hypervisor'] ?? 0)
      bookPlain(cloud, of(row), { kind, amount: sign, hypervisor }, at)
    }
  }
  for (const row of load.servers)
    bookServer(cloud, of(row), { servers: sign, cpu: sign * Number(row['cpu']), ram: sign * Number(row['ram']) }, at)
  for (const row of load.disks) bookDisk(cloud, of(row), sign * Number(row['size']), at)
  plain(
    'ip',
    load.ports.filter((row) => row['external'] === 1),
  )
  plain('networks', load.networks)
  plain('routers', load.routers)
}

/** The other network's own range, the same place in it. */
function addressIn(block: readonly [number, number], address: unknown): string {
  return `10.${block[0]}.${block[1]}.${String(address).split('.').at(-1) ?? '10'}`
}

/** The server goes to another data centre of its hypervisor, with its disks and ports. False = it cannot go there. */
export function moveServer(cloud: Cloud, row: StoredRow, target: StoredRow, at: number): boolean {
  const { store } = cloud
  const network = networkOf(cloud, target.id)
  if (network === undefined || target['hypervisor'] !== row['hypervisor'] || target.id === row['vdc']) return false
  const load = {
    ...{ servers: [row], disks: store.rowsBy('disk', 'vm', row.id), ports: store.rowsBy('port', 'vm', row.id) },
    ...{ networks: [], routers: [] },
  }
  const [vdc, columns] = [vdcRef(vdcOf(target)), { vdc: target.id, cn: Number(target['cn']) }]
  charge(cloud, load, { cn: Number(row['cn']), sign: -1, at })
  const ports = load.ports.map((port) => {
    const { connected, ip_address } = bodyOf(port)
    const inner = port['external'] === 1 ? {} : { network: networkRef(network), ip_address: addressIn(network.block, ip_address) }
    return rewrite(cloud, 'port', port, { connected: { ...(connected as Body), vdc }, ...inner }, columns)
  })
  for (const disk of load.disks) rewrite(cloud, 'disk', disk, { vdc }, columns)
  rewrite(cloud, 'vm', row, { vdc, ports }, columns)
  charge(cloud, load, { cn: columns.cn, sign: 1, at })
  return true
}

const INSIDE = ['vm', 'disk', 'port', 'network', 'router'] as const satisfies readonly DatasetName[]

/** The project goes to another client with all that is in it. */
export function moveProject(cloud: Cloud, row: StoredRow, client: StoredRow, at: number): boolean {
  const { store } = cloud
  const from = Number(row['cn'])
  if (client.n === from) return false
  const vdcs = store.rowsBy('vdc', 'project', row.id)
  const inside = (dataset: DatasetName) => vdcs.flatMap((vdc) => store.rowsBy(dataset, 'vdc', vdc.id))
  const rows = Object.fromEntries(INSIDE.map((dataset) => [dataset, inside(dataset)])) as Record<(typeof INSIDE)[number], StoredRow[]>
  const load = { servers: rows.vm, disks: rows.disk, ports: rows.port, networks: rows.network, routers: rows.router }
  charge(cloud, load, { cn: from, sign: -1, at })
  for (const vdc of vdcs) store.update('vdc', vdc.n, { cn: client.n })
  for (const dataset of INSIDE) for (const one of rows[dataset]) store.update(dataset, one.n, { cn: client.n })
  rewrite(cloud, 'project', row, { client: clientInProject(cloud, client) }, { client: client.id, cn: client.n })
  charge(cloud, load, { cn: client.n, sign: 1, at })
  for (const cn of [from, client.n]) countProjects(cloud, cn)
  return true
}
