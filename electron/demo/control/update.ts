import type { Cloud } from '../rustack/cloud'
import { DATASETS, type DatasetName } from '../rustack/datasets'
import { spread } from '../rustack/changes/copies'
import { moveProject, moveServer } from '../rustack/changes/moves'
import { resizeDisk, resizeServer, setPower } from '../rustack/changes/servers'
import { rewrite, type Body } from '../rustack/rows'
import type { StoredRow, Value } from '../rustack/store'
import { ControlError } from './parts'

/** Fields are the API's own names. What is priced or copied elsewhere takes its proper way; the rest is merged. */
type Special = (cloud: Cloud, row: StoredRow, fields: Body, at: number) => readonly string[]

/** A reference that is changed: the row that it leads to from now on. */
function target(cloud: Cloud, dataset: DatasetName, id: string): StoredRow {
  const found = cloud.store.byId(dataset, id)
  if (found === undefined) throw new ControlError(400, `fields.${dataset} must be the id of a ${dataset}`)
  return found
}

const server: Special = (cloud, row, fields, at) => {
  const { vdc } = fields
  // Anything but an id is no move: it is written as it is, however odd.
  const moves = typeof vdc === 'string'
  if (moves && vdc !== row['vdc'] && !moveServer(cloud, row, target(cloud, 'vdc', vdc), at))
    throw new ControlError(409, 'the server cannot go to a data centre of another hypervisor, or without a network')
  const here = cloud.store.byId('vm', row.id) ?? row
  const size = { cpu: Number(fields['cpu'] ?? here['cpu']), ram: Number(fields['ram'] ?? here['ram']) }
  if ('cpu' in fields || 'ram' in fields) resizeServer(cloud, here, size, at)
  if ('power' in fields) setPower(cloud, row.id, fields['power'] === true)
  return [...(moves ? ['vdc'] : []), 'cpu', 'ram', 'power']
}

const project: Special = (cloud, row, fields, at) => {
  if (typeof fields['client'] !== 'string') return []
  moveProject(cloud, row, target(cloud, 'client', fields['client']), at)
  return ['client']
}

const disk: Special = (cloud, row, fields, at) => {
  if ('size' in fields) resizeDisk(cloud, row, Number(fields['size']), at)
  return ['size']
}

/** The balance of a client is its contract's, in rubles. */
const account: Special = (cloud, row, fields) => {
  if ('balance' in fields) cloud.ledger.setBalance(row.n, Math.round(Number(fields['balance']) * 100))
  return ['balance']
}

const SPECIAL: Partial<Record<DatasetName, Special>> = { vm: server, project, disk, client: account, contract: account }

function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || typeof value === 'number'
}

/** Columns that carry a field's own name follow it; an alert is kept under a shorter one. */
function columnsFor(cloud: Cloud, dataset: DatasetName, fields: Body): Record<string, Value> {
  const names = new Set<string>([...DATASETS[dataset].refs, ...DATASETS[dataset].numbers, 'ctime'])
  const alert = cloud.profile.fields.note['alert'] ?? ''
  const entries = Object.entries(fields).map(
    ([key, value]) => [dataset === 'note' && key === alert ? 'alert' : key, typeof value === 'boolean' ? Number(value) : value] as const,
  )
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Value] => names.has(entry[0]) && isValue(entry[1])))
}

export function updateRow(cloud: Cloud, dataset: DatasetName, row: StoredRow, fields: Body, at: number): void {
  const done = SPECIAL[dataset]?.(cloud, row, fields, at) ?? []
  const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => !done.includes(key)))
  if (Object.keys(rest).length === 0) return
  const fresh = cloud.store.byId(dataset, row.id) ?? row
  rewrite(cloud, dataset, fresh, rest, columnsFor(cloud, dataset, rest))
  spread(cloud, dataset, fresh, rest)
}
