import { idOf, sum, type Cloud, type DiskRow, type NetworkRow, type PortRow, type ServerRow, type VdcRow } from './cloud'

/** What hangs on some data centres, and what it comes to. */
export interface Use {
  vdcs: VdcRow[]
  servers: ServerRow[]
  disks: DiskRow[]
  networks: NetworkRow[]
  routers: NetworkRow[]
  /** Public addresses. */
  addresses: PortRow[]
  cpu: number
  ramGb: number
  volumeGb: number
}

const PUBLIC = new Set(['vm_fip', 'router_ext', 'orphan_ext'])

/** Where a port is: it says so itself, or what it is connected to does. */
const vdcOfPort = (cloud: Cloud, { vdc, connected }: PortRow): string | null => {
  const said = idOf(vdc) ?? idOf(connected?.vdc)
  if (said !== null) return said
  const owner = [...cloud.servers, ...cloud.routers].find(({ id }) => id === connected?.id)
  return idOf(owner?.vdc)
}

/** Over the data centres that are wanted; `elsewhere` takes what is in none that is known too. */
export const useOf = (cloud: Cloud, wanted: (vdc: VdcRow) => boolean, elsewhere = false): Use => {
  const vdcs = cloud.vdcs.filter(wanted)
  const inside = new Set(vdcs.map(({ id }) => id))
  const here = (id: string | null): boolean => elsewhere || (id !== null && inside.has(id))
  const placed = <T extends { vdc: Parameters<typeof idOf>[0] }>(rows: readonly T[]): T[] => rows.filter(({ vdc }) => here(idOf(vdc)))
  const [servers, disks] = [placed(cloud.servers), placed(cloud.disks)]
  return {
    vdcs,
    servers,
    disks,
    networks: placed(cloud.networks),
    routers: placed(cloud.routers),
    addresses: cloud.ports.filter((port) => PUBLIC.has(port.type) && here(vdcOfPort(cloud, port))),
    cpu: sum(servers, ({ cpu }) => cpu),
    ramGb: sum(servers, ({ ram }) => ram),
    volumeGb: sum(disks, ({ size }) => size),
  }
}

export const useOfClient = (cloud: Cloud, clientId: string): Use => {
  const projects = new Set(cloud.projects.filter(({ client }) => idOf(client) === clientId).map(({ id }) => id))
  return useOf(cloud, ({ project }) => projects.has(idOf(project) ?? ''))
}

/** Against a limit, by the platform's names of the types. */
export const counted = (use: Use, type: string): number | null => {
  const amounts: Record<string, number> = {
    vm: use.servers.length,
    disk: use.disks.length,
    volume: use.volumeGb,
    ip: use.addresses.length,
    network: use.networks.length,
    router: use.routers.length,
    ram: use.ramGb,
    cpu: use.cpu,
  }
  return amounts[type] ?? null
}
