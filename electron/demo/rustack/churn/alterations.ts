import type { Moment } from '../cloud'
import { moveProject, moveServer } from '../changes/moves'
import { rename } from '../changes/copies'
import { resizeDisk, resizeServer, setPower } from '../changes/servers'
import type { DatasetName } from '../datasets'
import { wire } from '../profile'
import { bodyOf, rewrite } from '../rows'
import { addPayment } from '../seed/payments'
import { changeTicket } from '../seed/tickets'
import type { StoredRow } from '../store'
import { anyRow } from './populations'

/** A change of a row that stays. False = this row cannot be changed so. */
export interface Alteration {
  readonly op: string
  readonly dataset: DatasetName
  readonly work: (moment: Moment, row: StoredRow) => boolean
}

const NAMED = ['client', 'project', 'vdc', 'vm', 'disk', 'network', 'router', 'contract'] as const satisfies readonly DatasetName[]

function renaming(dataset: DatasetName): Alteration {
  const work = (moment: Moment, row: StoredRow) => {
    const name = String(bodyOf(row)['name']).replace(/ · \d+$/, '')
    rename(moment.cloud, dataset, row, `${name} · ${moment.random.int(100, 999)}`)
    return true
  }
  return { op: 'rename', dataset, work }
}

const resize: Alteration['work'] = ({ cloud, random, at }, row) => {
  resizeServer(cloud, row, { cpu: random.pick([1, 2, 4, 8]), ram: random.pick([1, 1.5, 2, 4, 8, 16]) }, at)
  return true
}

const grow: Alteration['work'] = ({ cloud, random, at }, row) => {
  resizeDisk(cloud, row, random.pick([10, 20, 40, 80, 120, 200, 300]), at)
  return true
}

const toggle: Alteration['work'] = ({ cloud }, row) => {
  if (bodyOf(row)['locked'] === true) return false
  setPower(cloud, row.id, row['power'] !== 1)
  return true
}

const toVdc: Alteration['work'] = (moment, row) => {
  const target = anyRow(moment, 'vdc', `hypervisor = ${Number(row['hypervisor'])}`)
  return target !== undefined && moveServer(moment.cloud, row, target, moment.at)
}

const toClient: Alteration['work'] = (moment, row) => {
  const client = anyRow(moment, 'client')
  return client !== undefined && moveProject(moment.cloud, row, client, moment.at)
}

const pay: Alteration['work'] = (moment, row) => {
  const kopecks = moment.random.int(-200_000, 200_000)
  moment.cloud.ledger.pay(row.n, kopecks)
  addPayment(moment, row.n, { kind: 'correction', kopecks })
  return true
}

const answer: Alteration['work'] = (moment, row) => {
  changeTicket(moment, row)
  return true
}

const relimit: Alteration['work'] = ({ cloud, random }, row) => {
  const value = Math.max(1, Math.round(Number(row['value']) * random.pick([0.5, 0.9, 1.1, 2])) + 1)
  rewrite(cloud, 'limit', row, wire(cloud.profile, 'limit', { value }), { value })
  return true
}

export const ALTERATIONS: readonly (readonly [Alteration, number])[] = [
  ...NAMED.map((dataset) => [renaming(dataset), 2] as const),
  [{ op: 'resize', dataset: 'vm', work: resize }, 8],
  [{ op: 'resize', dataset: 'disk', work: grow }, 6],
  [{ op: 'power', dataset: 'vm', work: toggle }, 8],
  [{ op: 'move', dataset: 'vm', work: toVdc }, 5],
  [{ op: 'move', dataset: 'project', work: toClient }, 3],
  [{ op: 'pay', dataset: 'contract', work: pay }, 4],
  [{ op: 'set', dataset: 'limit', work: relimit }, 3],
  [{ op: 'answer', dataset: 'ticket', work: answer }, 3],
]

export function alter(moment: Moment, { dataset, work }: Alteration): string | undefined {
  const row = anyRow(moment, dataset)
  return row !== undefined && work(moment, row) ? row.id : undefined
}
