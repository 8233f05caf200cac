import type { Cloud, Moment } from '../cloud'
import type { NetworkFacts } from '../known/network-shapes'
import { vdcBody, vdcRef, type Vdc, type VmFacts } from '../known/shapes'
import { clientInProject } from '../nested-client'
import { planCounts } from './copies'
import { bodyOf, rewrite } from '../rows'
import { addClient } from '../seed/client'
import { LOOSE_CONTRACTS } from '../seed/partners'
import { addNetwork } from '../seed/networks'
import { clientBuilder, type ClientBuilder } from '../seed/client-builder'
import { addLooseDisk, addServer } from '../seed/servers'
import type { StoredRow } from '../store'

/** A number is never given twice, not even when its client is gone: it would be the same client again. */
function nextClient({ store }: Cloud): number {
  const last = store.sql<[number], { last: number | null }>('SELECT max(n) AS last FROM contract WHERE n < ?').get(LOOSE_CONTRACTS)
  const next = Math.max(last?.last ?? 0, Number(store.meta('last client') ?? 0)) + 1
  store.setMeta('last client', String(next))
  return next
}

export function newClient({ cloud, at }: Moment): string {
  const { id } = addClient(cloud, nextClient(cloud), at)
  planCounts(cloud)
  return id
}

export function withClientBuilder({ cloud, random, at }: Moment, cn: number, work: (builder: ClientBuilder) => void): void {
  const plan = Number(cloud.store.rowsBy('contract', 'n', cn)[0]?.['plan'] ?? 0)
  const builder = clientBuilder(cloud, cn, cloud.rates[plan]!, random)
  work(builder)
  cloud.ledger.changeRate(cn, builder.rate(), at)
}

export function countProjects({ store }: Cloud, cn: number): void {
  const [row] = store.rowsBy('client', 'n', cn)
  const projects = store.rowsBy('project', 'cn', cn).length
  if (row !== undefined) store.update('client', row.n, { body: JSON.stringify({ ...bodyOf(row), projects }) })
}

export interface NewProject {
  readonly name: string
  readonly tags: readonly { readonly id: string; readonly name: string }[]
}

export function newProject({ cloud, random, at }: Moment, client: StoredRow, { name, tags }: NewProject): string {
  const id = random.uuid()
  const body = { id, name, locked: false, tags, client: clientInProject(cloud, client), vdc: [], s3_storages: [], dns: [] }
  const columns = { id, ctime: cloud.time.stamp(at, random), name: name.toLowerCase(), client: client.id, cn: client.n }
  cloud.store.insert('project', { ...columns, body: JSON.stringify(body) })
  countProjects(cloud, client.n)
  return id
}

/** A data centre comes with its default network. */
export function newVdc(moment: Moment, project: StoredRow, vdc: Vdc): void {
  const { cloud, random, at } = moment
  withClientBuilder(moment, Number(project['cn']), (builder) => {
    const ctime = cloud.time.stamp(at, random)
    const body = vdcBody(vdc, ctime, { id: project.id, name: String(bodyOf(project)['name']) })
    builder.put('vdc', at, body, { id: vdc.id, ctime, name: vdc.name, project: project.id, hypervisor: vdc.hypervisor })
    addNetwork(builder, vdc, at, true)
  })
  rewrite(cloud, 'project', project, { vdc: [...(bodyOf(project)['vdc'] as unknown[]), vdcRef(vdc)] })
}

export function vdcOf(row: StoredRow): Vdc {
  return { id: row.id, name: String(bodyOf(row)['name']), hypervisor: Number(row['hypervisor']) }
}

export function networkOf(cloud: Cloud, vdc: string): NetworkFacts | undefined {
  const row = cloud.store.rowsBy('network', 'vdc', vdc)[0]
  if (row === undefined) return undefined
  const body = bodyOf(row) as { name: string; subnets: { id: string; cidr: string }[] }
  const [, first, second] = (body.subnets[0]?.cidr ?? '10.0.0.0/24').split('.').map(Number)
  return {
    id: row.id,
    name: body.name,
    standard: row['standard'] === 1,
    block: [first ?? 0, second ?? 0],
    subnet: body.subnets[0]?.id ?? '',
  }
}

/** Undefined when the data centre has no network to put a server into. */
export function newServer(moment: Moment, row: StoredRow): VmFacts | undefined {
  const network = networkOf(moment.cloud, row.id)
  if (network === undefined) return undefined
  let made: VmFacts | undefined
  withClientBuilder(moment, Number(row['cn']), (builder) => {
    made = addServer(builder, vdcOf(row), network, moment.at)
  })
  return made
}

export function newDisk(moment: Moment, row: StoredRow): string {
  let id = ''
  withClientBuilder(moment, Number(row['cn']), (builder) => {
    id = addLooseDisk(builder, vdcOf(row), moment.at)
  })
  return id
}
