import type { DatasetName } from '../datasets'
import type { Moment } from '../cloud'
import { newClient, newDisk, newServer, withClientBuilder } from '../changes/additions'
import { removeRow } from '../changes/removals'
import { resizeDisk, resizeServer, setPower } from '../changes/servers'
import { wire } from '../profile'
import { bodyOf, rewrite } from '../rows'
import { addEvent } from '../seed/events'
import { addNote } from '../seed/notes'
import { addTicket, changeTicket } from '../seed/tickets'
import type { StoredRow } from '../store'
import { anyRow } from '../churn/populations'

type Event = (moment: Moment) => void

function onRow(dataset: DatasetName, work: (moment: Moment, row: StoredRow) => void): Event {
  return (moment) => {
    const row = anyRow(moment, dataset)
    if (row !== undefined) work(moment, row)
  }
}

const toggle = onRow('vm', ({ cloud }, row) => {
  if (bodyOf(row)['locked'] === false) setPower(cloud, row.id, row['power'] !== 1)
})

/** Small servers rather grow, large ones rather shrink, so that the cloud does not swell without end. */
const resize = onRow('vm', ({ cloud, random, at }, row) => {
  const [cpu, ram] = [Number(row['cpu']), Number(row['ram'])]
  if (random.chance(cpu <= 2 ? 0.5 : cpu <= 4 ? 0.35 : 0.2)) resizeServer(cloud, row, { cpu: cpu * 2, ram: ram * 2 }, at)
  else if (cpu > 1) resizeServer(cloud, row, { cpu: Math.ceil(cpu / 2), ram: Math.max(1, ram / 2) }, at)
})

const growDisk = onRow('disk', ({ cloud, random, at }, row) => {
  resizeDisk(cloud, row, Number(row['size']) + random.pick([5, 10, 10, 20]), at)
})

const discard = onRow('disk', ({ cloud, at }, row) => {
  if (row['vm'] === null) removeRow(cloud, 'disk', row, at)
})

const order = onRow('vdc', (moment, row) => {
  newServer(moment, row)
})
const orderDisk = onRow('vdc', (moment, row) => {
  newDisk(moment, row)
})
const giveUp = onRow('vm', ({ cloud, at }, row) => {
  removeRow(cloud, 'vm', row, at)
})

const write = onRow('client', (moment, row) => {
  withClientBuilder(moment, row.n, (builder) => {
    addNote(builder, { id: row.id, name: String(bodyOf(row)['name']) }, moment.at)
  })
})

/** A colleague has dealt with it. */
const finish = onRow('note', ({ cloud }, row) => {
  if (row['system'] !== 1) rewrite(cloud, 'note', row, wire(cloud.profile, 'note', { confirmed: true }), { confirmed: 1 })
})

const ask = onRow('client', (moment, row) => {
  addTicket(moment, row.n)
})
const answer = onRow('ticket', changeTicket)
const act: Event = (moment) => {
  addEvent(moment)
}

const arrive: Event = (moment) => {
  newClient(moment)
}

/** Out of a hundred: most of a day is switching on and off; the cloud grows by a few percent a month. */
const EVENTS: readonly (readonly [Event, number])[] = [
  [toggle, 60],
  [resize, 14],
  [growDisk, 5],
  [order, 5],
  [giveUp, 4],
  [orderDisk, 1.5],
  [discard, 4],
  [write, 4],
  [finish, 2],
  [arrive, 0.5],
  [ask, 2],
  [answer, 3],
  [act, 5],
]

export function happen(moment: Moment): void {
  moment.random.weighted(EVENTS)(moment)
}
