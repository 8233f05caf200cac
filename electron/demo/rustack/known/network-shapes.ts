import { hole } from '../fragments'
import type { Named, Vdc } from './shapes'
import { vdcRef } from './shapes'

export type PortType = 'vm_int' | 'vm_fip' | 'router_int' | 'router_ext' | 'orphan_int' | 'orphan_ext'

export interface NetworkRef extends Named {
  readonly external: boolean
}

export interface PortFacts {
  readonly id: string
  readonly ctime: string
  readonly ip: string
  readonly type: PortType
  readonly network: NetworkRef
  /** Null for a port that nothing is connected to. */
  readonly device: (Named & { readonly type: 'vm' | 'router' }) | null
}

export const isExternal = (type: PortType) => type === 'vm_fip' || type === 'router_ext' || type === 'orphan_ext'

/** What stands in the place of a reference that is not there: null, or `{}` on some deployments. */
const NOTHING = hole('none')

/**
 * A port has no `vdc` of its own: it is that of what it is connected to, otherwise that of its network. Only a free public
 * address, which has neither, carries one. The same shape stands in the list, in a server and in a router.
 */
export function portBody(port: PortFacts, vdc: Vdc): object {
  const { id, ctime, ip, type, network, device } = port
  return {
    id,
    ctime,
    network,
    ip_address: ip,
    fw_templates: [],
    connected: device === null ? NOTHING : { id: device.id, type: device.type, name: device.name, vdc: vdcRef(vdc) },
    router: device?.type === 'router' ? { id: device.id, name: device.name, is_default: true, locked: false } : NOTHING,
    locked: false,
    job_id: null,
    type,
    enable_security: device?.type === 'vm',
    ...(type === 'orphan_ext' ? { vdc: vdcRef(vdc) } : {}),
  }
}

export interface NetworkFacts extends Named {
  readonly standard: boolean
  /** The second and third number of 10.x.y.0/24. */
  readonly block: readonly [number, number]
  readonly subnet: string
}

export const networkRef = ({ id, name }: Named): NetworkRef => ({ id, name, external: false })

/** Numbers of virtual networks are the segment's own; two networks of the demo rarely share one. */
const vnidOf = ({ block: [second, third] }: NetworkFacts) => 4096 + second * 256 + third

export function networkBody(network: NetworkFacts, vdc: Vdc): object {
  const start = `10.${network.block[0]}.${network.block[1]}`
  const range = { cidr: `${start}.0/24`, ip_version: 4, gateway: `${start}.1`, start_ip: `${start}.10`, end_ip: `${start}.254` }
  const subnets = [{ id: network.subnet, ...range, enable_dhcp: true, subnet_routes: [], dns_servers: [] }]
  return {
    id: network.id,
    locked: false,
    job_id: null,
    vdc: vdcRef(vdc),
    name: network.name,
    external_name: null,
    external: false,
    is_default: network.standard,
    mtu: 1450,
    zone: hole('z'),
    vnid: vnidOf(network),
    subnets,
    tags: [],
  }
}

export function routerBody(router: Named, vdc: Vdc, ports: readonly PortFacts[]): object {
  const outside = ports.find((port) => isExternal(port.type))
  return {
    id: router.id,
    name: router.name,
    is_default: true,
    connlimit: 0,
    floating: outside === undefined ? null : { id: outside.id, ip_address: outside.ip },
    locked: false,
    job_id: null,
    port_forwardings: [],
    firewall_rules: [],
    routes: [],
    vdc: vdcRef(vdc),
    ports: ports.map((port) => portBody(port, vdc)),
    tags: [],
  }
}
