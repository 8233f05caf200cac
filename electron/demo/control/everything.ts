import type { Cloud } from '../rustack/cloud'
import { isExternal, type PortType } from '../rustack/known/network-shapes'
import { billingClass } from '../rustack/nomenclature'
import { wireName } from '../rustack/profile'
import { bodyOf, type Body } from '../rustack/rows'
import type { DatasetName } from '../rustack/datasets'
import type { StoredRow } from '../rustack/store'

/**
 * The whole cloud in flat rows with the ids of their parents, of one moment: enough to compute every figure of a dashboard
 * without the API. Not in the API's shapes, and the same whatever the API is made to answer.
 */
type Flat = (row: StoredRow, body: Body) => object

const named = (row: StoredRow, body: Body) => ({ id: row.id, name: body['name'] ?? null })
const idOf = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Body)['id'] : undefined) ?? null

function shapes(cloud: Cloud): Readonly<Record<Exclude<DatasetName, 'key'>, Flat>> {
  const { profile, catalogue, plans, ledger } = cloud
  const hypervisor = (row: StoredRow) => catalogue.hypervisors[Number(row['hypervisor'])]?.id ?? null
  const own = (entity: 'note' | 'limit' | 'account', body: Body, name: string) => body[wireName(profile, entity, name)] ?? null
  const limit: Flat = (row, body) => {
    const place = own('limit', body, 'hypervisor')
    const owner = 'partner' in row ? { partner: row['partner'] } : { client: row['client'] }
    const [type, value] = [own('limit', body, 'type'), own('limit', body, 'value')]
    return {
      id: row.id,
      ...owner,
      hypervisor: catalogue.hypervisors[typeof place === 'string' ? Number(place.slice(-1)) : -1]?.id ?? null,
      type,
      value,
    }
  }
  return {
    partner: named,
    partner_limit: limit,
    billing_plan: named,
    contract: (row, body) => ({
      ...named(row, body),
      client: row['client'],
      plan: plans[Number(row['plan'])]?.id ?? null,
      balance: ledger.balance({ balance: Number(row['balance']), rate: Number(row['rate']), settled: Number(row['settled']) }) / 100,
    }),
    client: (row, body) => ({ ...named(row, body), ctime: row.ctime, partner: row['partner'], contract: row['contract'] }),
    project: (row, body) => ({ ...named(row, body), client: row['client'] }),
    vdc: (row, body) => ({ ...named(row, body), project: row['project'], hypervisor: hypervisor(row) }),
    vm: (row, body) => {
      const { cpu, ram, power } = body
      return { ...named(row, body), ctime: row.ctime, vdc: row['vdc'], hypervisor: hypervisor(row), cpu, ram, power }
    },
    disk: (row, body) => {
      const profileOf = catalogue.storage[Number(row['class'])]
      const kind = { storage_profile: profileOf?.id ?? null, billing_class: profileOf?.billing_class.id ?? null }
      return { ...named(row, body), vdc: row['vdc'], vm: row['vm'], size: body['size'], ...kind }
    },
    network: (row, body) => ({ ...named(row, body), vdc: row['vdc'], is_default: row['standard'] === 1 }),
    router: (row, body) => ({ ...named(row, body), vdc: row['vdc'] }),
    port: (row, body) => {
      const { type, ip_address: ip, network } = body
      const external = isExternal(type as PortType)
      return { id: row.id, type, ip, external, vdc: row['vdc'], vm: row['vm'], network: idOf(network) }
    },
    account: (row, body) => {
      const access = own('account', body, 'objects')
      return { id: row.id, login: row['login'], name: body['username'] ?? null, access }
    },
    note: (row, body) => ({
      id: row.id,
      client: row['client'],
      author: row['author'],
      text: own('note', body, 'text'),
      alert: row['alert'],
      confirmed: row['confirmed'] === 1,
      system: row['system'] === 1,
    }),
    limit,
    ticket: (row, body) => ({
      id: row.id,
      ctime: row.ctime,
      topic: row['topic'],
      account: row['account'],
      project: row['project'],
      text: body[wireName(profile, 'ticket', 'text')] ?? null,
    }),
    event: (row, body) => ({
      id: row.id,
      ctime: row.ctime,
      account: row['account'],
      action: body[wireName(profile, 'event', 'action')] ?? null,
    }),
    payment: (row) => ({ id: row.id, ctime: row.ctime, contract: row['contract'], amount: row['amount'] }),
  }
}

/** `only`: names of datasets; a large cloud takes seconds to be told whole. */
export function everything(cloud: Cloud, only?: readonly string[]): string {
  const rows = (dataset: DatasetName) => cloud.store.sql<[], StoredRow>(`SELECT * FROM "${dataset}" ORDER BY n`).all()
  const wanted = Object.entries(shapes(cloud)).filter(([dataset]) => only?.includes(dataset) !== false)
  const flat = wanted.map(([dataset, shape]) => {
    return [dataset, rows(dataset as DatasetName).map((row) => shape(row, bodyOf(row)))] as const
  })
  const { hypervisors, storage } = cloud.catalogue
  const profiles = storage.map(({ id, name, billing_class }) => ({ id, name, billing_class: billingClass(billing_class.id) }))
  const now = new Date(cloud.clock.now()).toISOString()
  return JSON.stringify({ now, ...Object.fromEntries(flat), hypervisor: hypervisors, storage_profile: profiles })
}
