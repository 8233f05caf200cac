import type { Named, Vdc } from './shapes'
import { vdcRef } from './shapes'

export type PortType = 'vm_int' | 'vm_fip' | 'router_int' | 'router_ext' | 'orphan_int' | 'orphan_ext'

export interface PortFacts {
  readonly id: string
  readonly ip: string
  readonly type: PortType
  readonly network: Named | null
  readonly connected: { readonly id: string; readonly name: string; readonly type: string } | null
}

export const isExternal = (type: PortType) => type === 'vm_fip' || type === 'router_ext' || type === 'orphan_ext'

/** The port as a server or a router carries it. */
export const portRef = (port: PortFacts) => ({ id: port.id, ip_address: port.ip, type: port.type, network: port.network, locked: false })

export function portBody(port: PortFacts, vdc: Vdc): object {
  const { id, ip, type, network, connected } = port
  return { id, ip_address: ip, type, network, connected, firewall_templates: [], vdc: vdcRef(vdc), locked: false, job_id: null, tags: [] }
}

export interface NetworkFacts extends Named {
  readonly standard: boolean
  /** The third number of 10.x.y.0/24. */
  readonly block: readonly [number, number]
  readonly subnet: string
}

export function networkBody(network: NetworkFacts, ctime: string, vdc: Vdc): object {
  const start = `10.${network.block[0]}.${network.block[1]}`
  const range = { cidr: `${start}.0/24`, gateway: `${start}.1`, start_ip: `${start}.10`, end_ip: `${start}.254`, is_dhcp: true }
  const subnets = [{ id: network.subnet, ...range }]
  return {
    id: network.id,
    ctime,
    name: network.name,
    is_default: network.standard,
    subnets,
    vdc: vdcRef(vdc),
    locked: false,
    job_id: null,
    tags: [],
  }
}

export function routerBody(router: Named, ctime: string, vdc: Vdc, ports: readonly PortFacts[]): object {
  const outside = ports.find((port) => isExternal(port.type))
  const floating = outside === undefined ? null : { id: outside.id, ip_address: outside.ip }
  const inner = ports.map(portRef)
  return {
    id: router.id,
    ctime,
    name: router.name,
    is_default: true,
    ports: inner,
    floating,
    vdc: vdcRef(vdc),
    locked: false,
    job_id: null,
    tags: [],
  }
}
