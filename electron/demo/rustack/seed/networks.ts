import { networkName } from '../../words/machines'
import { networkBody, networkRef, routerBody, type NetworkFacts, type PortType } from '../known/network-shapes'
import type { Vdc } from '../known/shapes'
import { prefixOf, type ClientBuilder } from './client-builder'
import { innerAddress, publicAddress, putPorts, type Drawn } from './servers'

export function addNetwork(builder: ClientBuilder, vdc: Vdc, at: number, standard: boolean): NetworkFacts {
  const { random } = builder
  const name = standard ? 'Сеть' : networkName(random)
  const network: NetworkFacts = {
    id: random.uuid(),
    name,
    standard,
    block: [random.int(0, 255), random.int(0, 255)],
    subnet: random.uuid(),
  }
  const ctime = builder.cloud.time.stamp(at, random)
  builder.put('network', at, networkBody(network, vdc), { id: network.id, ctime, name, vdc: vdc.id, standard: standard ? 1 : 0 })
  builder.book(at, { networks: 1, rate: builder.price(`${prefixOf(vdc)}_network`) })
  return network
}

export function addRouter(builder: ClientBuilder, vdc: Vdc, network: NetworkFacts, at: number): void {
  const { random } = builder
  const router = { id: random.uuid(), name: 'Роутер' }
  const ctime = builder.cloud.time.stamp(at, random)
  const device = { ...router, type: 'router' } as const
  const inside = `10.${network.block[0]}.${network.block[1]}.1`
  const inner: Drawn = { id: random.uuid(), ip: inside, type: 'router_int', network: networkRef(network), device }
  const { externalNetwork } = builder.cloud.catalogue
  const outer: Drawn = { id: random.uuid(), ip: publicAddress(builder), type: 'router_ext', network: externalNetwork, device }
  const ports = putPorts(builder, vdc, random.chance(0.7) ? [inner, outer] : [inner], at)
  builder.put('router', at, routerBody(router, vdc, ports), { id: router.id, ctime, name: router.name, vdc: vdc.id })
  builder.book(at, { routers: 1, rate: builder.price(`${prefixOf(vdc)}_router`) })
}

/** A port that is kept though nothing is connected to it any more: in a network, or a free public address. */
export function addOrphanPort(builder: ClientBuilder, vdc: Vdc, network: NetworkFacts, at: number): void {
  const { random, cloud } = builder
  const type: PortType = random.chance(0.5) ? 'orphan_ext' : 'orphan_int'
  const outside = type === 'orphan_ext'
  const place = outside ? cloud.catalogue.externalNetwork : networkRef(network)
  const ip = outside ? publicAddress(builder) : innerAddress(builder, network)
  putPorts(builder, vdc, [{ id: random.uuid(), ip, type, network: place, device: null }], at)
}
