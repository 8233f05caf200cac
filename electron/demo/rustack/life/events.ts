import type { DatasetName } from '../datasets'
import { newClient, newDisk, newServer, withRig, type Moment } from '../changes/additions'
import { removeRow } from '../changes/removals'
import { resizeDisk, resizeServer, setPower } from '../changes/servers'
import { bodyOf } from '../rows'
import { addNote } from '../seed/notes'
import type { StoredRow } from '../store'

type Event = (moment: Moment) => void

/** Any row, found by number without counting. */
function anyRow({ cloud, random }: Moment, dataset: DatasetName): StoredRow | undefined {
  const { db } = cloud.store
  const last = Number(db.prepare(`SELECT max(n) FROM "${dataset}"`).pluck().get() ?? 0)
  return db.prepare<[number], StoredRow>(`SELECT * FROM "${dataset}" WHERE n >= ? ORDER BY n LIMIT 1`).get(random.int(1, Math.max(1, last)))
}

function onRow(dataset: DatasetName, work: (moment: Moment, row: StoredRow) => void): Event {
  return (moment) => {
    const row = anyRow(moment, dataset)
    if (row !== undefined) work(moment, row)
  }
}

const toggle = onRow('vm', ({ cloud }, row) => {
  if (bodyOf(row)['locked'] === false) setPower(cloud, row.id, row['power'] !== 1)
})

const grow = onRow('vm', ({ cloud, random, at }, row) => {
  const larger = random.chance(0.6)
  const change = (value: number, most: number) => (larger ? Math.min(most, value * 2) : Math.max(1, Math.floor(value / 2)))
  resizeServer(cloud, row, { cpu: change(Number(row['cpu']), 32), ram: change(Number(row['ram']), 128) }, at)
})

const growDisk = onRow('disk', ({ cloud, random, at }, row) => {
  resizeDisk(cloud, row, Number(row['size']) + random.pick([10, 20, 50, 100]), at)
})

const order = onRow('vdc', (moment, row) => {
  newServer(moment, row)
})
const orderDisk = onRow('vdc', newDisk)
const giveUp = onRow('vm', ({ cloud, at }, row) => {
  removeRow(cloud, 'vm', row, at)
})

const write = onRow('client', (moment, row) => {
  withRig(moment, row.n, (rig) => {
    addNote(rig, { id: row.id, name: String(bodyOf(row)['name']) }, moment.at)
  })
})

const arrive: Event = (moment) => {
  newClient(moment)
}

/** Out of a hundred: most of a day is switching and resizing; the cloud grows by a few percent a month. */
const EVENTS: readonly (readonly [Event, number])[] = [
  [toggle, 46], [grow, 24], [growDisk, 9], [order, 6], [giveUp, 4.5], [orderDisk, 2], [write, 8], [arrive, 0.5],
]

export function happen(moment: Moment): void {
  moment.random.weighted(EVENTS)(moment)
}
