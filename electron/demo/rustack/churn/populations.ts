import { newClient, newDisk, newProject, newServer, newVdc, networkOf, vdcOf, withClientBuilder } from '../changes/additions'
import type { Moment } from '../cloud'
import { removeRow } from '../changes/removals'
import type { DatasetName } from '../datasets'
import { addNetwork, addOrphanPort, addRouter } from '../seed/networks'
import { addEvent } from '../seed/events'
import { addPayment } from '../seed/payments'
import { addTicket } from '../seed/tickets'
import type { StoredRow } from '../store'

/** How one more of a dataset is made, and which of its rows may go. Undefined = there is no room for it now. */
export interface Population {
  readonly dataset: DatasetName
  readonly make: (moment: Moment) => string | undefined
  /** SQL over the dataset's own columns. */
  readonly removable: string
}

export type InVdc = (moment: Moment, vdc: StoredRow) => string | undefined

const inVdc =
  (make: InVdc): Population['make'] =>
  (moment) => {
    const vdc = anyRow(moment, 'vdc')
    return vdc === undefined ? undefined : make(moment, vdc)
  }

/** The last row of the dataset: what has just been made. */
function lastOf({ cloud }: Moment, dataset: DatasetName): string | undefined {
  return cloud.store.sql<[], { id: string }>(`SELECT id FROM "${dataset}" ORDER BY n DESC LIMIT 1`).get()?.id
}

export const newNetwork: InVdc = (moment, row) => {
  let id: string | undefined
  withClientBuilder(moment, Number(row['cn']), (builder) => {
    id = addNetwork(builder, vdcOf(row), moment.at, false).id
  })
  return id
}

export const newRouter: InVdc = (moment, row) => {
  const place = networkOf(moment.cloud, row.id)
  if (place === undefined || moment.cloud.store.rowsBy('router', 'vdc', row.id).length > 0) return undefined
  withClientBuilder(moment, Number(row['cn']), (builder) => {
    addRouter(builder, vdcOf(row), place, moment.at)
  })
  return lastOf(moment, 'router')
}

export const newPort: InVdc = (moment, row) => {
  const place = networkOf(moment.cloud, row.id)
  if (place === undefined) return undefined
  withClientBuilder(moment, Number(row['cn']), (builder) => {
    addOrphanPort(builder, vdcOf(row), place, moment.at)
  })
  return lastOf(moment, 'port')
}

const vdc: Population['make'] = (moment) => {
  const project = anyRow(moment, 'project')
  if (project === undefined) return undefined
  const hypervisor = moment.random.int(0, 1)
  const id = moment.random.uuid()
  newVdc(moment, project, { id, name: `ВЦОД ${moment.random.int(2, 99)}`, hypervisor })
  return id
}

const project: Population['make'] = (moment) => {
  const client = anyRow(moment, 'client')
  return client === undefined ? undefined : newProject(moment, client, { name: `Проект ${moment.random.int(2, 999)}`, tags: [] })
}

const ofClient =
  (make: (moment: Moment, cn: number) => string | undefined): Population['make'] =>
  (moment) => {
    const client = anyRow(moment, 'client')
    return client === undefined ? undefined : make(moment, client.n)
  }

export const SERVERS: Population = { dataset: 'vm', make: inVdc((moment, row) => newServer(moment, row)?.id), removable: '1' }

export const POPULATIONS: readonly (readonly [Population, number])[] = [
  [SERVERS, 14],
  [{ dataset: 'disk', make: inVdc(newDisk), removable: 'vm IS NULL' }, 10],
  [{ dataset: 'port', make: inVdc(newPort), removable: 'vm IS NOT NULL OR external = 1' }, 8],
  [{ dataset: 'network', make: inVdc(newNetwork), removable: 'standard = 0' }, 6],
  [{ dataset: 'router', make: inVdc(newRouter), removable: '1' }, 7],
  [{ dataset: 'client', make: newClient, removable: '1' }, 4],
  [{ dataset: 'project', make: project, removable: '1' }, 3],
  [{ dataset: 'vdc', make: vdc, removable: '1' }, 3],
  [{ dataset: 'ticket', make: ofClient(addTicket), removable: '1' }, 2],
  // What happened is never taken back.
  [
    { dataset: 'payment', make: ofClient((moment, cn) => addPayment(moment, cn, { kind: 'payment', kopecks: 100_000 })), removable: '0' },
    2,
  ],
  [{ dataset: 'event', make: (moment) => addEvent(moment), removable: '0' }, 2],
]

export function removeAny(moment: Moment, { dataset, removable }: Population): string | undefined {
  const row = anyRow(moment, dataset, `(${removable})`)
  if (row === undefined) return undefined
  removeRow(moment.cloud, dataset, row, moment.at)
  return row.id
}

/** Any row, found by number without counting: the same for the same dice and the same cloud. */
export function anyRow({ cloud, random }: Moment, dataset: DatasetName, where = '1'): StoredRow | undefined {
  const { store } = cloud
  const last = store.sql<[], { last: number | null }>(`SELECT max(n) AS last FROM "${dataset}" WHERE ${where}`).get()?.last ?? 0
  const from = random.int(1, Math.max(1, last))
  return store.sql<[number], StoredRow>(`SELECT * FROM "${dataset}" WHERE n >= ? AND ${where} ORDER BY n LIMIT 1`).get(from)
}

export function countOf({ cloud }: Pick<Moment, 'cloud'>, dataset: DatasetName): number {
  return cloud.store.sql<[], { count: number }>(`SELECT count(*) AS count FROM "${dataset}"`).get()?.count ?? 0
}
