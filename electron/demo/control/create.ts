import { newClient, newDisk, newProject, newServer, newVdc } from '../rustack/changes/additions'
import type { Moment } from '../rustack/cloud'
import { newNetwork, newPort, newRouter, type InVdc } from '../rustack/churn/populations'
import type { DatasetName } from '../rustack/datasets'
import { limitBody } from '../rustack/inferred/shapes'
import { bodyOf, type Body } from '../rustack/rows'
import { addEvent } from '../rustack/seed/events'
import { putNote, SYSTEM_AUTHOR } from '../rustack/seed/notes'
import { addPayment } from '../rustack/seed/payments'
import { addTicket } from '../rustack/seed/tickets'
import type { StoredRow } from '../rustack/store'
import { ControlError } from './parts'
import { updateRow } from './update'

type Create = (moment: Moment, fields: Body) => string

function parent(moment: Moment, dataset: DatasetName, fields: Body): StoredRow {
  const id = fields[dataset]
  const row = typeof id === 'string' ? moment.cloud.store.byId(dataset, id) : undefined
  if (row === undefined) throw new ControlError(400, `fields.${dataset} must be the id of a ${dataset}`)
  return row
}

/** The rest of the fields is applied as an update, so that a created row can look exactly as wanted. */
function applyRest(moment: Moment, dataset: DatasetName, id: string, fields: Body): string {
  const row = moment.cloud.store.byId(dataset, id)
  if (row !== undefined) updateRow(moment.cloud, dataset, row, fields, moment.at)
  return id
}

const client: Create = (moment, fields) => applyRest(moment, 'client', newClient(moment), fields)

const server: Create = (moment, { vdc, ...fields }) => {
  const made = newServer(moment, parent(moment, 'vdc', { vdc }))
  if (made === undefined) throw new ControlError(409, 'this data centre has no network')
  return applyRest(moment, 'vm', made.id, fields)
}

const disk: Create = (moment, { vdc: place, ...fields }) =>
  applyRest(moment, 'disk', newDisk(moment, parent(moment, 'vdc', { vdc: place })), fields)

/** `author`: me (default), colleague or system; `alert_time` as the API takes it. */
const note: Create = (moment, fields) => {
  const { cloud, random, at } = moment
  const row = parent(moment, 'client', fields)
  const system = fields['system'] === true || fields['author'] === 'system'
  const author = system ? SYSTEM_AUTHOR : fields['author'] === 'colleague' ? cloud.colleagues[0]! : cloud.me
  const wanted = typeof fields['alert_time'] === 'string' ? cloud.time.parse(fields['alert_time']) : undefined
  const alert = wanted === undefined ? null : cloud.time.minutes(wanted)
  const text = typeof fields['text'] === 'string' ? fields['text'] : 'Примечание'
  const facts = {
    id: random.uuid(),
    created: cloud.time.stamp(at, random),
    client: { id: row.id, name: String(bodyOf(row)['name']) },
    author,
    text,
    alert,
    system,
  }
  const put: Parameters<typeof putNote>[0]['put'] = (_, __, body, columns) => {
    cloud.store.insert('note', { ctime: facts.created, name: null, cn: row.n, ...columns, body: JSON.stringify(body) })
  }
  putNote({ cloud, put }, { ...facts, confirmed: fields['confirmed'] === true }, at)
  return facts.id
}

const limit: Create = (moment, fields) => {
  const { cloud, random, at } = moment
  const row = parent(moment, 'client', fields)
  const type = typeof fields['type'] === 'string' ? fields['type'] : (cloud.profile.limitTypes[0] ?? '')
  const value = Number(fields['value'] ?? 1)
  const id = random.uuid()
  const body = limitBody(cloud.profile, id, fields['hypervisor'] === 'vmware' ? 1 : 0, type, value)
  cloud.store.insert('limit', {
    id,
    ctime: cloud.time.stamp(at, random),
    name: null,
    client: row.id,
    cn: row.n,
    value,
    body: JSON.stringify(body),
  })
  return id
}

/** `at`: when it was made, as the API takes it; one that is told late stands deeper in its list. */
const ofClient =
  (dataset: 'payment' | 'ticket' | 'event', make: (moment: Moment, row: StoredRow) => string | undefined): Create =>
  (moment, fields) => {
    const { client, at, ...rest } = fields
    const then = typeof at === 'string' ? moment.cloud.time.parse(at) : undefined
    const id = make({ ...moment, at: then ?? moment.at }, parent(moment, 'client', { client }))
    if (id === undefined) throw new ControlError(409, `there is nobody for a ${dataset} at this client`)
    return applyRest(moment, dataset, id, rest)
  }
const payment = ofClient('payment', (moment, row) => addPayment(moment, row.n, { kind: 'correction', kopecks: 150_000 }))
const ticket = ofClient('ticket', (moment, row) => addTicket(moment, row.n))
const event = ofClient('event', (moment, row) => addEvent(moment, row))

const project: Create = (moment, fields) => {
  const id = newProject(moment, parent(moment, 'client', fields), { name: 'Новый проект', tags: [] })
  const { client: _, ...rest } = fields
  return applyRest(moment, 'project', id, rest)
}

/** `hypervisor`: kvm (default) or vmware. */
const vdc: Create = (moment, { project: owner, hypervisor, ...rest }) => {
  const facts = { id: moment.random.uuid(), name: 'Новый ВЦОД', hypervisor: hypervisor === 'vmware' ? 1 : 0 }
  newVdc(moment, parent(moment, 'project', { project: owner }), facts)
  return applyRest(moment, 'vdc', facts.id, rest)
}

/** What is made in a data centre, as the cloud itself makes it. */
const inVdc =
  (dataset: 'network' | 'router' | 'port', make: InVdc): Create =>
  (moment, { vdc: place, ...rest }) => {
    const id = make(moment, parent(moment, 'vdc', { vdc: place }))
    if (id === undefined) throw new ControlError(409, `there is no room for a ${dataset} in this data centre`)
    return applyRest(moment, dataset, id, rest)
  }

const CREATE: Partial<Record<DatasetName, Create>> = {
  ...{ client, project, vdc, vm: server, disk, note, limit, payment, ticket, event },
  ...{ network: inVdc('network', newNetwork), router: inVdc('router', newRouter), port: inVdc('port', newPort) },
}

export function createRow(moment: Moment, dataset: DatasetName, fields: Body): string {
  const create = CREATE[dataset]
  if (create === undefined) throw new ControlError(400, `${dataset} cannot be created here: use ${Object.keys(CREATE).join(', ')}`)
  return create(moment, fields)
}
