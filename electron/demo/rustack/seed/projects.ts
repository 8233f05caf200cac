import { DAY_MS } from '../../naive-time'
import { seededRandom } from '../../random'
import { projectName } from '../../words/machines'
import { projectBody, vdcBody, type ClientFacts, type ProjectFacts, type Vdc } from '../known/shapes'
import { addNetwork, addOrphanPort, addRouter } from './networks'
import type { Rig } from './rig'
import { addLooseDisk, addServer } from './servers'

/** A moment in the client's life, tending to its later part. */
export function momentIn(rig: Rig, from: number): number {
  return from + Math.pow(rig.random.next(), 0.8) * (rig.cloud.clock.now() - from)
}

function addVdc(rig: Rig, client: ClientFacts, at: number, project: { id: string; name: string }): Vdc {
  const { random, cloud } = rig
  const hypervisor = random.pick(client.hypervisors)
  const vdc: Vdc = { id: random.uuid(), name: `ВЦОД ${cloud.catalogue.hypervisors[hypervisor]?.name ?? ''}`, hypervisor }
  const ctime = cloud.time.stamp(at, random)
  rig.put('vdc', at, vdcBody(vdc, ctime, project), { id: vdc.id, ctime, name: vdc.name, project: project.id, hypervisor })
  rig.book(at, { rate: rig.price('vdc') })
  return vdc
}

function furnish(rig: Rig, vdc: Vdc, from: number, servers: number): void {
  const { random } = rig
  const start = from + random.next() * Math.min(DAY_MS, (rig.cloud.clock.now() - from) / 2)
  const network = addNetwork(rig, vdc, start, true)
  if (random.chance(0.08)) addNetwork(rig, vdc, momentIn(rig, start), false)
  if (servers > 0 ? random.chance(0.9) : random.chance(0.4)) addRouter(rig, vdc, network, start)
  for (let at = 0; at < servers; at++) addServer(rig, vdc, network, momentIn(rig, start))
  if (servers > 0 && random.chance(0.15)) addLooseDisk(rig, vdc, momentIn(rig, start))
  const own = seededRandom(vdc.id)
  if (own.chance(0.06)) addOrphanPort({ ...rig, random: own }, vdc, network, start)
}

/** What was ordered once and is no more: it shows only in the history. */
export function addDeparted(rig: Rig, from: number): void {
  const { random } = rig
  if (!random.chance(0.3)) return
  const first = momentIn(rig, from)
  const last = momentIn(rig, first)
  const [cpu, ram, size] = [random.pick([1, 2, 4]), random.pick([2, 4, 8]), random.pick([20, 50, 100])]
  const rate = Math.round(rig.price('kvm_cpu') * cpu + rig.price('kvm_ram') * ram + rig.price('kvm_hdd_fast') * size)
  rig.book(first, { servers: 1, cpu, ram, disk: { place: 1, size }, rate })
  rig.book(last, { servers: -1, cpu: -cpu, ram: -ram, disk: { place: 1, size: -size }, rate: -rate })
}

export interface ProjectPlan {
  readonly client: ClientFacts
  readonly contract: ProjectFacts['contract']
  readonly servers: number
  readonly first: boolean
}

export function addProject(rig: Rig, { client, contract, servers, first }: ProjectPlan, at: number): void {
  const { random } = rig
  const project = { id: random.uuid(), name: projectName(random, first) }
  const count = random.weighted([
    [1, 88],
    [2, 9],
    [0, 3],
  ])
  const vdcs = Array.from({ length: servers > 0 ? Math.max(1, count) : count }, () => addVdc(rig, client, at, project))
  const body = projectBody({ ...project, client, contract, vdcs, tags: [] })
  rig.put('project', at, body, { id: project.id, name: project.name, client: client.id })
  for (const [place, vdc] of vdcs.entries()) furnish(rig, vdc, at, Math.floor((servers + place) / vdcs.length))
}
