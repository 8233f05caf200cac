import { DAY_MS } from '../../naive-time'
import { seededRandom } from '../../random'
import { projectName } from '../../words/machines'
import { projectBody, vdcBody, type ClientFacts, type ProjectFacts, type Vdc } from '../known/shapes'
import { addNetwork, addOrphanPort, addRouter } from './networks'
import type { ClientBuilder } from './client-builder'
import { addLooseDisk, addServer } from './servers'

/** A moment in the client's life, tending to its later part. */
export function momentIn(builder: ClientBuilder, from: number): number {
  return from + Math.pow(builder.random.next(), 0.8) * (builder.cloud.clock.now() - from)
}

function addVdc(builder: ClientBuilder, client: ClientFacts, at: number, project: { id: string; name: string }): Vdc {
  const { random, cloud } = builder
  const hypervisor = random.pick(client.hypervisors)
  const vdc: Vdc = { id: random.uuid(), name: `ВЦОД ${cloud.catalogue.hypervisors[hypervisor]?.name ?? ''}`, hypervisor }
  const ctime = cloud.time.stamp(at, random)
  builder.put('vdc', at, vdcBody(vdc, ctime, project), { id: vdc.id, ctime, name: vdc.name, project: project.id, hypervisor })
  builder.book(at, { rate: builder.price('vdc') })
  return vdc
}

function furnish(builder: ClientBuilder, vdc: Vdc, from: number, servers: number): void {
  const { random } = builder
  const start = from + random.next() * Math.min(DAY_MS, (builder.cloud.clock.now() - from) / 2)
  const network = addNetwork(builder, vdc, start, true)
  if (random.chance(0.08)) addNetwork(builder, vdc, momentIn(builder, start), false)
  if (servers > 0 ? random.chance(0.9) : random.chance(0.4)) addRouter(builder, vdc, network, start)
  for (let at = 0; at < servers; at++) addServer(builder, vdc, network, momentIn(builder, start))
  if (servers > 0 && random.chance(0.15)) addLooseDisk(builder, vdc, momentIn(builder, start))
  const own = seededRandom(vdc.id)
  if (own.chance(0.06)) addOrphanPort({ ...builder, random: own }, vdc, network, start)
}

/** What was ordered once and is no more: it shows only in the history. */
export function addDeparted(builder: ClientBuilder, from: number): void {
  const { random } = builder
  if (!random.chance(0.3)) return
  const first = momentIn(builder, from)
  const last = momentIn(builder, first)
  const [cpu, ram, size] = [random.pick([1, 2, 4]), random.pick([2, 4, 8]), random.pick([20, 50, 100])]
  const rate = Math.round(builder.price('kvm_cpu') * cpu + builder.price('kvm_ram') * ram + builder.price('kvm_hdd_fast') * size)
  builder.book(first, { servers: 1, cpu, ram, disk: { place: 1, size }, rate })
  builder.book(last, { servers: -1, cpu: -cpu, ram: -ram, disk: { place: 1, size: -size }, rate: -rate })
}

export interface ProjectPlan {
  readonly client: ClientFacts
  readonly contract: ProjectFacts['contract']
  readonly servers: number
  readonly first: boolean
}

export function addProject(builder: ClientBuilder, { client, contract, servers, first }: ProjectPlan, at: number): void {
  const { random } = builder
  const project = { id: random.uuid(), name: projectName(random, first) }
  const count = random.weighted([
    [1, 88],
    [2, 9],
    [0, 3],
  ])
  const vdcs = Array.from({ length: servers > 0 ? Math.max(1, count) : count }, () => addVdc(builder, client, at, project))
  const body = projectBody({ ...project, client, contract, vdcs, tags: [] })
  builder.put('project', at, body, { id: project.id, name: project.name, client: client.id })
  for (const [place, vdc] of vdcs.entries()) furnish(builder, vdc, at, Math.floor((servers + place) / vdcs.length))
}
