import { stamp } from '../../naive-time'
import { networkName } from '../../words/machines'
import { networkBody, routerBody, type NetworkFacts, type PortFacts } from '../known/network-shapes'
import type { Vdc } from '../known/shapes'
import { prefixOf, type Rig } from './rig'
import { publicAddress, putPort } from './servers'

export function addNetwork(rig: Rig, vdc: Vdc, at: number, standard: boolean): NetworkFacts {
  const { random } = rig
  const name = standard ? 'Сеть' : networkName(random)
  const network: NetworkFacts = {
    id: random.uuid(),
    name,
    standard,
    block: [random.int(0, 255), random.int(0, 255)],
    subnet: random.uuid(),
  }
  const ctime = stamp(at, random)
  rig.put('network', at, networkBody(network, ctime, vdc), { id: network.id, ctime, name, vdc: vdc.id, standard: standard ? 1 : 0 })
  rig.book(at, { networks: 1, rate: rig.price(`${prefixOf(vdc)}_network`) })
  return network
}

export function addRouter(rig: Rig, vdc: Vdc, network: NetworkFacts, at: number): void {
  const { random } = rig
  const router = { id: random.uuid(), name: 'Роутер' }
  const ctime = stamp(at, random)
  const connected = { ...router, type: 'router' }
  const inside = `10.${network.block[0]}.${network.block[1]}.1`
  const inner: PortFacts = { id: random.uuid(), ip: inside, type: 'router_int', network: { id: network.id, name: network.name }, connected }
  const outer: PortFacts = {
    id: random.uuid(),
    ip: publicAddress(rig),
    type: 'router_ext',
    network: rig.cloud.catalogue.externalNetwork,
    connected,
  }
  const ports = random.chance(0.7) ? [inner, outer] : [inner]
  rig.put('router', at, routerBody(router, ctime, vdc, ports), { id: router.id, ctime, name: router.name, vdc: vdc.id })
  rig.book(at, { routers: 1, rate: rig.price(`${prefixOf(vdc)}_router`) })
  for (const port of ports) putPort(rig, vdc, port, at, null)
}
