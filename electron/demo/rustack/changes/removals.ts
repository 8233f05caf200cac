import type { Cloud } from '../cloud'
import type { DatasetName } from '../datasets'
import { planCounts } from './copies'
import { bodyOf, rewrite, type Body } from '../rows'
import type { StoredRow } from '../store'
import { countProjects } from './additions'
import { book, bookDisk, bookPlain, bookServer, patchServerOf } from './servers'

type Remove = (cloud: Cloud, row: StoredRow, at: number) => void

const without = (list: unknown, id: string) => (Array.isArray(list) ? (list as Body[]).filter((one) => one['id'] !== id) : [])

function hypervisorOf(cloud: Cloud, row: StoredRow): number {
  return Number(cloud.store.byId('vdc', String(row['vdc']))?.['hypervisor'] ?? 0)
}

const removeDisk: Remove = (cloud, row, at) => {
  bookDisk(cloud, row, -Number(row['size']), at)
  patchServerOf(cloud, row, (body) => ({ ...body, disks: without(body['disks'], row.id) }))
  cloud.store.remove('disk', row.n)
}

const removePort: Remove = (cloud, row, at) => {
  if (row['external'] === 1) bookPlain(cloud, row, { kind: 'ip', amount: -1, hypervisor: 0 }, at)
  const floating = (body: Body) => ((body['floating'] as Body | null)?.['id'] === row.id ? null : body['floating'])
  const change = (body: Body) => ({ ...body, ports: without(body['ports'], row.id), floating: floating(body) })
  patchServerOf(cloud, row, change)
  const { connected } = bodyOf(row) as { connected: Body | string }
  const router = typeof connected === 'string' ? undefined : cloud.store.byId('router', String(connected['id']))
  if (router !== undefined) rewrite(cloud, 'router', router, change(bodyOf(router)))
  cloud.store.remove('port', row.n)
}

const removeServer: Remove = (cloud, row, at) => {
  const { store } = cloud
  for (const disk of store.rowsBy('disk', 'vm', row.id)) removeDisk(cloud, disk, at)
  for (const port of store.rowsBy('port', 'vm', row.id)) removePort(cloud, port, at)
  bookServer(cloud, row, { servers: -1, cpu: -Number(row['cpu']), ram: -Number(row['ram']) }, at)
  store.remove('vm', row.n)
}

const removeNetwork: Remove = (cloud, row, at) => {
  for (const port of cloud.store.rowsBy('port', 'vdc', String(row['vdc'])))
    if ((bodyOf(port)['network'] as Body)['id'] === row.id) removePort(cloud, port, at)
  bookPlain(cloud, row, { kind: 'networks', amount: -1, hypervisor: hypervisorOf(cloud, row) }, at)
  cloud.store.remove('network', row.n)
}

const removeRouter: Remove = (cloud, row, at) => {
  bookPlain(cloud, row, { kind: 'routers', amount: -1, hypervisor: hypervisorOf(cloud, row) }, at)
  const own = new Set((bodyOf(row)['ports'] as Body[]).map((port) => port['id']))
  for (const port of cloud.store.rowsBy('port', 'vdc', String(row['vdc']))) if (own.has(port.id)) removePort(cloud, port, at)
  cloud.store.remove('router', row.n)
}

const removeVdc: Remove = (cloud, row, at) => {
  const { store } = cloud
  for (const vm of store.rowsBy('vm', 'vdc', row.id)) removeServer(cloud, vm, at)
  for (const disk of store.rowsBy('disk', 'vdc', row.id)) removeDisk(cloud, disk, at)
  for (const router of store.rowsBy('router', 'vdc', row.id)) removeRouter(cloud, router, at)
  for (const port of store.rowsBy('port', 'vdc', row.id)) removePort(cloud, port, at)
  for (const network of store.rowsBy('network', 'vdc', row.id)) removeNetwork(cloud, network, at)
  const project = store.byId('project', String(row['project']))
  if (project !== undefined) rewrite(cloud, 'project', project, { vdc: without(bodyOf(project)['vdc'], row.id) })
  store.remove('vdc', row.n)
}

const removeProject: Remove = (cloud, row, at) => {
  for (const vdc of cloud.store.rowsBy('vdc', 'project', row.id)) removeVdc(cloud, vdc, at)
  cloud.store.remove('project', row.n)
  countProjects(cloud, Number(row['cn']))
}

/** With everything that is the client's: its projects, users, notes, limits and contract. */
const removeClient: Remove = (cloud, row, at) => {
  const { store } = cloud
  for (const project of store.rowsBy('project', 'cn', row.n)) removeProject(cloud, project, at)
  for (const dataset of ['account', 'note', 'limit', 'ticket'] as const)
    for (const own of store.rowsBy(dataset, 'cn', row.n)) store.remove(dataset, own.n)
  book(cloud, row.n, { clients: -1 }, at)
  store.remove('contract', row.n)
  store.remove('client', row.n)
  planCounts(cloud)
}

const REMOVE: Partial<Record<DatasetName, Remove>> = {
  client: removeClient,
  project: removeProject,
  vdc: removeVdc,
  vm: removeServer,
  disk: removeDisk,
  port: removePort,
  network: removeNetwork,
  router: removeRouter,
}

/** Removes a row with all that hangs on it; figures and balances follow. */
export function removeRow(cloud: Cloud, dataset: DatasetName, row: StoredRow, at: number): void {
  const remove = REMOVE[dataset]
  if (remove === undefined) cloud.store.remove(dataset, row.n)
  else remove(cloud, row, at)
}
