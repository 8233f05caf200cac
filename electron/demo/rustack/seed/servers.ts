import { diskName, machineName } from '../../words/machines'
import { isExternal, networkRef, portBody, type NetworkFacts, type PortFacts } from '../known/network-shapes'
import { diskBody, vmBody, vmDisk, type DiskFacts, type Vdc, type VmFacts } from '../known/shapes'
import { SYSTEMS } from '../catalogue'
import { prefixOf, type ClientBuilder } from './client-builder'

const SIZES = [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 4],
  [4, 4],
  [4, 8],
  [4, 16],
  [8, 16],
  [8, 32],
  [16, 64],
  [2, 1.5],
] as const
const WEIGHTS = [8, 14, 12, 22, 10, 16, 6, 8, 4, 1, 1] as const

function makeDisk(builder: ClientBuilder, vdc: Vdc, root: boolean, slot: number): DiskFacts {
  const { random } = builder
  const place =
    vdc.hypervisor * 3 +
    random.weighted([
      [0, 25],
      [1, 45],
      [2, 30],
    ])
  const size = root ? random.pick([10, 20, 30, 40, 50, 80]) : random.pick([20, 50, 100, 100, 200, 300, 500, 1000])
  return { id: random.uuid(), name: diskName(random, root), size, place, root, slot }
}

export function diskRate(builder: ClientBuilder, place: number, size: number): number {
  const profile = builder.cloud.catalogue.storage[place]
  return Math.round(builder.price(profile?.billing_class.id ?? '') * size)
}

export function putDisk(builder: ClientBuilder, vdc: Vdc, vm: VmFacts | null, disk: DiskFacts, at: number): void {
  const fields = { id: disk.id, vdc: vdc.id, vm: vm?.id ?? null, size: disk.size, class: disk.place }
  builder.put('disk', at, diskBody(disk, vdc, vm), { ...fields, name: disk.name })
  builder.book(at, { disk: { place: disk.place, size: disk.size }, rate: diskRate(builder, disk.place, disk.size) })
}

export function addLooseDisk(builder: ClientBuilder, vdc: Vdc, at: number): string {
  const disk = makeDisk(builder, vdc, false, 0)
  putDisk(builder, vdc, null, disk, at)
  return disk.id
}

export function putPort(builder: ClientBuilder, vdc: Vdc, port: PortFacts, at: number): void {
  const external = isExternal(port.type)
  const vm = port.device?.type === 'vm' ? port.device.id : null
  builder.put('port', at, portBody(port, vdc), { id: port.id, ctime: port.ctime, vdc: vdc.id, vm, external: external ? 1 : 0 })
  if (external) builder.book(at, { ip: 1, rate: builder.price('public_ip') })
}

/** Addresses from the ranges kept for examples (RFC 5737) and from 100.64/10: none belongs to anybody. */
export function publicAddress(builder: ClientBuilder): string {
  const { random } = builder
  return `100.${random.int(64, 127)}.${random.int(0, 255)}.${random.int(1, 254)}`
}

function machineOf(builder: ClientBuilder, vdc: Vdc): VmFacts {
  const { random, cloud } = builder
  const [cpu, ram] = random.weighted(SIZES.map((size, at) => [size, WEIGHTS[at]!] as const))
  const platform = vdc.hypervisor === 1 ? 1 : random.pick([0, 2])
  const platformId = cloud.catalogue.platforms[platform]!.id
  const template = vdc.hypervisor * SYSTEMS.length + random.int(0, SYSTEMS.length - 1)
  return { id: random.uuid(), name: machineName(random), cpu, ram, power: random.chance(0.88), platform, platformId, template }
}

export function serverRate(builder: ClientBuilder, vdc: Vdc, cpu: number, ram: number): number {
  const prefix = prefixOf(vdc)
  return Math.round(builder.price(`${prefix}_cpu`) * cpu + builder.price(`${prefix}_ram`) * ram)
}

export type Drawn = Omit<PortFacts, 'ctime'>

/** An address of the network's own range. */
export const innerAddress = ({ random }: ClientBuilder, { block }: NetworkFacts) => `10.${block[0]}.${block[1]}.${random.int(10, 254)}`

function drawPorts(builder: ClientBuilder, vm: VmFacts, network: NetworkFacts): Drawn[] {
  const { random } = builder
  const device = { id: vm.id, name: vm.name, type: 'vm' } as const
  const ip = innerAddress(builder, network)
  const inner: Drawn = { id: random.uuid(), ip, type: 'vm_int', network: networkRef(network), device }
  if (!random.chance(0.22)) return [inner]
  return [
    inner,
    { id: random.uuid(), ip: publicAddress(builder), type: 'vm_fip', network: builder.cloud.catalogue.externalNetwork, device },
  ]
}

export function putPorts(builder: ClientBuilder, vdc: Vdc, drawn: readonly Drawn[], at: number): PortFacts[] {
  const ports = drawn.map((port) => ({ ...port, ctime: builder.cloud.time.stamp(at, builder.random) }))
  for (const port of ports) putPort(builder, vdc, port, at)
  return ports
}

export function addServer(builder: ClientBuilder, vdc: Vdc, network: NetworkFacts, at: number): VmFacts {
  const { random } = builder
  const vm = machineOf(builder, vdc)
  const ctime = builder.cloud.time.stamp(at, random)
  const extra = random.weighted([
    [0, 66],
    [1, 27],
    [2, 6],
    [3, 1],
  ])
  const disks = Array.from({ length: 1 + extra }, (_, slot) => makeDisk(builder, vdc, slot === 0, slot))
  const drawn = drawPorts(builder, vm, network)
  const outside = drawn[1]
  const floating = outside === undefined ? null : { id: outside.id, ip_address: outside.ip }
  for (const disk of disks) putDisk(builder, vdc, vm, disk, at)
  const ports = putPorts(builder, vdc, drawn, at)
  const parts = { disks: disks.map(vmDisk), ports: ports.map((port) => portBody(port, vdc)), floating }
  const columns = {
    id: vm.id,
    ctime,
    name: vm.name,
    vdc: vdc.id,
    hypervisor: vdc.hypervisor,
    cpu: vm.cpu,
    ram: vm.ram,
    power: vm.power ? 1 : 0,
  }
  builder.put('vm', at, vmBody(vm, ctime, vdc, parts), columns)
  builder.book(at, { servers: 1, cpu: vm.cpu, ram: vm.ram, rate: serverRate(builder, vdc, vm.cpu, vm.ram) })
  return vm
}
