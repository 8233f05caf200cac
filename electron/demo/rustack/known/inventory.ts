import type { DatasetName } from '../datasets'
import { arrayPage } from '../http/listing'
import { missingItem } from '../http/errors'
import { byColumn, byName, idOf, itemHandler, listHandler, type Api, type Filters } from '../http/api'
import type { Call, Resource } from '../http/resource'

/** Lists with a vdc= filter, and the provider's directories. */
const FILTERS: readonly (readonly [DatasetName, string, Filters])[] = [
  ['vm', 'Vm', { vdc: byColumn('vdc'), name: byName }],
  ['disk', 'Disk', { vdc: byColumn('vdc'), vm: byColumn('vm') }],
  ['network', 'Network', { vdc: byColumn('vdc'), defaults_only: (value) => ({ sql: value === 'true' ? 'standard = 1' : '1' }) }],
  ['router', 'Router', { vdc: byColumn('vdc'), name: byName }],
  [
    'port',
    'Port',
    { vdc: byColumn('vdc'), vm: byColumn('vm'), filter_type: (value) => ({ sql: value === 'external' ? 'external = 1' : '1' }) },
  ],
]

/** A data centre has the profiles of its own hypervisor. */
function storageOf(api: Api, call: Call): readonly object[] {
  const vdc = call.query.get('vdc')
  const { storage } = api.cloud.catalogue
  if (vdc === null) return storage
  const row = api.cloud.store.byId('vdc', vdc)
  return row === undefined ? [] : storage.slice(Number(row['hypervisor']) * 3, Number(row['hypervisor']) * 3 + 3)
}

function one(list: readonly { readonly id: string }[], call: Call): { body: object } {
  const found = list.find((entry) => entry.id === idOf(call))
  if (found === undefined) throw missingItem()
  return { body: found }
}

function directories(api: Api): Resource[] {
  const { storage, platforms, templates } = api.cloud.catalogue
  const profiles = (call: Call) => ({ body: arrayPage(storageOf(api, call), call.query, api.pageSize) })
  return [
    { path: '/v1/storage_profile', name: 'Storage Profile List', kind: 'read', handlers: { GET: profiles } },
    { path: '/v1/storage_profile/:id', name: 'Storage Profile Instance', kind: 'read', handlers: { GET: (call) => one(storage, call) } },
    { path: '/v1/platform', name: 'Platform List', kind: 'read', handlers: { GET: () => ({ body: platforms }) } },
    { path: '/v1/platform/:id', name: 'Platform Instance', kind: 'read', handlers: { GET: (call) => one(platforms, call) } },
    { path: '/v1/template', name: 'Template List', kind: 'read', handlers: { GET: () => ({ body: templates }) } },
    { path: '/v1/template/:id', name: 'Template Instance', kind: 'read', handlers: { GET: (call) => one(templates, call) } },
  ]
}

export function inventoryRoutes(api: Api): Resource[] {
  const tables = FILTERS.flatMap(([dataset, name, filters]): Resource[] => [
    { path: `/v1/${dataset}`, name: `${name} List`, kind: 'list', handlers: { GET: listHandler(api, dataset, filters) } },
    { path: `/v1/${dataset}/:id`, name: `${name} Instance`, kind: 'item', handlers: { GET: itemHandler(api, dataset) } },
  ])
  return [...tables, ...directories(api)]
}
