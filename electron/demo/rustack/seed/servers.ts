import { diskName, machineName } from '../../words/machines'
import { isExternal, networkRef, portBody, type NetworkFacts, type PortFacts } from '../known/network-shapes'
import { diskBody, vmBody, vmDisk, type DiskFacts, type Vdc, type VmFacts } from '../known/shapes'
import { SYSTEMS } from '../catalogue'
import { prefixOf, type Rig } from './rig'

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

function makeDisk(rig: Rig, vdc: Vdc, root: boolean, slot: number): DiskFacts {
  const { random } = rig
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

export function diskRate(rig: Rig, place: number, size: number): number {
  const profile = rig.cloud.catalogue.storage[place]
  return Math.round(rig.price(profile?.billing_class.id ?? '') * size)
}

export function putDisk(rig: Rig, vdc: Vdc, vm: VmFacts | null, disk: DiskFacts, at: number): void {
  const fields = { id: disk.id, vdc: vdc.id, vm: vm?.id ?? null, size: disk.size, class: disk.place }
  rig.put('disk', at, diskBody(disk, vdc, vm), { ...fields, name: disk.name })
  rig.book(at, { disk: { place: disk.place, size: disk.size }, rate: diskRate(rig, disk.place, disk.size) })
}

export function addLooseDisk(rig: Rig, vdc: Vdc, at: number): string {
  const disk = makeDisk(rig, vdc, false, 0)
  putDisk(rig, vdc, null, disk, at)
  return disk.id
}

export function putPort(rig: Rig, vdc: Vdc, port: PortFacts, at: number): void {
  const external = isExternal(port.type)
  const vm = port.device?.type === 'vm' ? port.device.id : null
  rig.put('port', at, portBody(port, vdc), { id: port.id, ctime: port.ctime, vdc: vdc.id, vm, external: external ? 1 : 0 })
  if (external) rig.book(at, { ip: 1, rate: rig.price('public_ip') })
}

/** Addresses from the ranges kept for examples (RFC 5737) and from 100.64/10: none belongs to anybody. */
export function publicAddress(rig: Rig): string {
  const { random } = rig
  return `100.${random.int(64, 127)}.${random.int(0, 255)}.${random.int(1, 254)}`
}

function machineOf(rig: Rig, vdc: Vdc): VmFacts {
  const { random, cloud } = rig
  const [cpu, ram] = random.weighted(SIZES.map((size, at) => [size, WEIGHTS[at]!] as const))
  const platform = vdc.hypervisor === 1 ? 1 : random.pick([0, 2])
  const platformId = cloud.catalogue.platforms[platform]!.id
  const template = vdc.hypervisor * SYSTEMS.length + random.int(0, SYSTEMS.length - 1)
  return { id: random.uuid(), name: machineName(random), cpu, ram, power: random.chance(0.88), platform, platformId, template }
}

export function serverRate(rig: Rig, vdc: Vdc, cpu: number, ram: number): number {
  const prefix = prefixOf(vdc)
  return Math.round(rig.price(`${prefix}_cpu`) * cpu + rig.price(`${prefix}_ram`) * ram)
}

export type Drawn = Omit<PortFacts, 'ctime'>

/** An address of the network's own range. */
export const innerAddress = ({ random }: Rig, { block }: NetworkFacts) => `10.${block[0]}.${block[1]}.${random.int(10, 254)}`

function drawPorts(rig: Rig, vm: VmFacts, network: NetworkFacts): Drawn[] {
  const { random } = rig
  const device = { id: vm.id, name: vm.name, type: 'vm' } as const
  const ip = innerAddress(rig, network)
  const inner: Drawn = { id: random.uuid(), ip, type: 'vm_int', network: networkRef(network), device }
  if (!random.chance(0.22)) return [inner]
  return [inner, { id: random.uuid(), ip: publicAddress(rig), type: 'vm_fip', network: rig.cloud.catalogue.externalNetwork, device }]
}

export function putPorts(rig: Rig, vdc: Vdc, drawn: readonly Drawn[], at: number): PortFacts[] {
  const ports = drawn.map((port) => ({ ...port, ctime: rig.cloud.time.stamp(at, rig.random) }))
  for (const port of ports) putPort(rig, vdc, port, at)
  return ports
}

export function addServer(rig: Rig, vdc: Vdc, network: NetworkFacts, at: number): VmFacts {
  const { random } = rig
  const vm = machineOf(rig, vdc)
  const ctime = rig.cloud.time.stamp(at, random)
  const extra = random.weighted([
    [0, 66],
    [1, 27],
    [2, 6],
    [3, 1],
  ])
  const disks = Array.from({ length: 1 + extra }, (_, slot) => makeDisk(rig, vdc, slot === 0, slot))
  const drawn = drawPorts(rig, vm, network)
  const outside = drawn[1]
  const floating = outside === undefined ? null : { id: outside.id, ip_address: outside.ip }
  for (const disk of disks) putDisk(rig, vdc, vm, disk, at)
  const ports = putPorts(rig, vdc, drawn, at)
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
  rig.put('vm', at, vmBody(vm, ctime, vdc, parts), columns)
  rig.book(at, { servers: 1, cpu: vm.cpu, ram: vm.ram, rate: serverRate(rig, vdc, vm.cpu, vm.ram) })
  return vm
}
